"""Short reads of SQLite, done where they are asked for."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from touchline.domain.kernel.short_reads import ShortReads

COUNT = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?) SELECT max(n)"
COUNT += " AS n FROM c"
SHORT, ENDLESS = 1_000, 2_000_000_000
PATIENT, LATE = 60.0, -1.0


@pytest.fixture
def reads(tmp_path: Path) -> Iterator[ShortReads]:
    """Short reads of an empty file, where time stands."""
    reads = ShortReads(str(tmp_path / "short.db"), ["journal_mode=WAL"], PATIENT, lambda: 1_000.0)
    yield reads
    reads.close()


def counted(reads: ShortReads, query: str = COUNT, to: int = SHORT) -> int | None:
    rows = reads.rows(query, (to,))
    return None if rows is None else rows[0]["n"]


def test_a_short_read_is_answered(reads: ShortReads) -> None:
    assert [counted(reads), counted(reads)] == [SHORT, SHORT]


def test_a_read_that_works_for_too_long_is_stopped_and_left_for_a_while(reads: ShortReads) -> None:
    assert counted(reads, to=ENDLESS) is None
    assert counted(reads) is None
    assert counted(reads, COUNT + " -- another") == SHORT


def test_a_read_that_had_to_wait_once_is_asked_again(reads: ShortReads) -> None:
    reads.wait_s = LATE
    assert counted(reads) is None
    reads.wait_s = PATIENT
    assert counted(reads) == SHORT


def test_a_read_that_had_to_wait_twice_is_left_for_a_while(reads: ShortReads) -> None:
    reads.wait_s = LATE
    assert [counted(reads), counted(reads)] == [None, None]
    reads.wait_s = PATIENT
    assert counted(reads) is None


def test_nothing_is_written(reads: ShortReads) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reads.rows("CREATE TABLE made (id)", ())
