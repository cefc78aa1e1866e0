"""``touchline jobs`` as an operator uses it."""

from pathlib import Path

from tests.support.cli import touchline
from tests.support.database_file import run_sql

DEAD = """INSERT INTO dead_job (kind, payload, attempts, error, created_at, died_at)
VALUES ('greet', '{"name": "Ada"}', 8, 'ValueError: no', 0, 1000)"""


def test_dead_jobs_are_listed_with_their_error(tmp_path: Path) -> None:
    touchline("migrate", "--data-dir", tmp_path)
    assert touchline("jobs", "dead", "--data-dir", tmp_path).out == "No dead jobs.\n"
    run_sql(tmp_path, DEAD)

    (letter,) = touchline("jobs", "dead", "--data-dir", tmp_path, "--json").json()

    assert letter == {
        "id": 1,
        "kind": "greet",
        "payload": {"name": "Ada"},
        "attempts": 8,
        "error": "ValueError: no",
        "createdAt": "1970-01-01T00:00:00.000Z",
        "diedAt": "1970-01-01T00:00:01.000Z",
    }


def test_a_dead_job_is_queued_again_by_hand(tmp_path: Path) -> None:
    touchline("migrate", "--data-dir", tmp_path)
    run_sql(tmp_path, DEAD)

    assert touchline("jobs", "retry", "1", "--data-dir", tmp_path).code == 0

    counts = touchline("jobs", "depth", "--data-dir", tmp_path, "--json").json()
    assert (counts["waiting"], counts["due"], counts["dead"]) == (1, 1, 0)


def test_a_dead_job_is_forgotten_by_hand(tmp_path: Path) -> None:
    touchline("migrate", "--data-dir", tmp_path)
    run_sql(tmp_path, DEAD)

    assert touchline("jobs", "discard", "1", "--data-dir", tmp_path).code == 0

    again = touchline("jobs", "discard", "1", "--data-dir", tmp_path)
    assert (again.code, again.err) == (1, "touchline: There is no such dead job.\n")
