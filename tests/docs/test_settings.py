"""Each setting is documented, and what is documented is a setting."""

import re

from tests.support.documents import ROOT, pages
from touchline.settings import Settings

SETTINGS = {f"TOUCHLINE_{name.upper()}" for name in Settings.model_fields}


def test_the_settings_page_names_every_setting() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    assert set(re.findall(r"^\| `(TOUCHLINE_\w+)`", page, re.MULTILINE)) == SETTINGS


def test_no_page_names_a_setting_that_does_not_exist() -> None:
    named = {name for page in pages() for name in re.findall(r"TOUCHLINE_\w+", page.read_text())}
    assert named - SETTINGS == set()
