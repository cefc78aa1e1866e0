"""The page on collecting says what the code does."""

import re

from tests.support.documents import ROOT
from touchline.domain.collect.errors import CollectCode
from touchline.domain.collect.taking import PROCESSING_FAILED

PAGE = (ROOT / "docs" / "guides" / "collecting.md").read_text()


def test_every_code_is_explained_and_every_explained_code_exists() -> None:
    explained = re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE)
    known = {code.value for code in CollectCode} | {PROCESSING_FAILED}
    assert set(explained) - {"CORRECTED", "ORIGINAL", "RECEIVED", "UNTRUSTED"} == known
