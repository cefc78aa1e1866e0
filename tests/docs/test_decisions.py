"""Decision records are one page each, numbered, and name the check that holds them."""

import re

from tests.support.documents import ROOT

PARTS = ["Context", "Decision", "Consequences", "Check"]
RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_records_are_numbered_without_gaps() -> None:
    numbers = [int(record.name[:4]) for record in RECORDS]
    assert numbers == list(range(1, len(RECORDS) + 1))


def test_a_record_has_its_parts_in_order() -> None:
    parts = {
        record.name: re.findall(r"^## (.+)$", record.read_text(), re.MULTILINE)
        for record in RECORDS
    }
    assert parts == {record.name: PARTS for record in RECORDS}


def test_a_record_fits_on_a_page() -> None:
    long = [record.name for record in RECORDS if len(record.read_text().splitlines()) > 60]
    assert long == []
