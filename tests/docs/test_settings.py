"""Each setting is documented, and what is documented is a setting."""

import re

from tests.support.documents import ROOT, pages
from touchline.settings import Settings

SETTINGS = {f"TOUCHLINE_{name.upper()}" for name in Settings.model_fields}


def test_the_settings_page_tells_of_every_setting_its_default_and_its_meaning() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    rows = re.findall(r"^\| `(TOUCHLINE_\w+)` \| (.*?) ?\| (.+) \|$", page, re.MULTILINE)
    assert sorted(rows) == sorted(_row(name) for name in Settings.model_fields)


def test_no_page_names_a_setting_that_does_not_exist() -> None:
    named = {name for page in pages() for name in re.findall(r"TOUCHLINE_\w+", page.read_text())}
    assert named - SETTINGS == set()


def _row(name: str) -> tuple[str, str, str]:
    field = Settings.model_fields[name]
    default = "" if field.default in (None, "") else f"`{field.default}`"
    shown = default.replace("True", "true").replace("False", "false")
    return f"TOUCHLINE_{name.upper()}", shown, str(field.description)
