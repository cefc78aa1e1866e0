"""The page on collecting says what the code does."""

import re

from tests.support.documents import ROOT
from touchline.domain.collect.clock_correction import Clock
from touchline.domain.collect.errors import CollectCode
from touchline.domain.collect.taking import PROCESSING_FAILED
from touchline.domain.identity.errors import WarningCode

PAGE = (ROOT / "docs" / "guides" / "collect.md").read_text()


def _explained(column: str) -> set[str]:
    """The words of the first column of the table that is headed so."""
    _, _, table = PAGE.partition(f"| {column} |")
    rows, _, _ = table.partition("\n\n")
    return set(re.findall(r"^\| `([A-Z_]+)` \|", rows, re.MULTILINE))


def test_every_code_is_explained_and_every_explained_code_exists() -> None:
    assert _explained("Code") == {code.value for code in CollectCode} | {PROCESSING_FAILED}


def test_every_warning_is_explained_and_every_explained_warning_exists() -> None:
    assert _explained("Warning") == {code.value for code in WarningCode}


def test_every_way_to_find_the_time_is_explained() -> None:
    assert _explained("The touchpoint's `clock`") == {clock.value for clock in Clock}
