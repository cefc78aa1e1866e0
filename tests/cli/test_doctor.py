"""``touchline doctor`` says of each part whether it is well, and what is to be done."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import touchline
from tests.support.database_file import run_sql


def _parts(told: Any) -> dict[str, tuple[bool, str]]:
    return {part["part"]: (part["well"], part["state"]) for part in told["parts"]}


def test_a_sound_installation_is_well(tmp_path: Path) -> None:
    touchline("migrate", "--data-dir", tmp_path)

    told = touchline("doctor", "--data-dir", tmp_path, "--json").json()

    parts = _parts(told)
    assert told["well"]
    assert list(parts) == [
        "disk",
        "database",
        "migrations",
        "landing",
        "outbox",
        "judging",
        "jobs",
        "dead jobs",
    ]
    assert parts["landing"] == (True, "0 events wait to be identified, of 1,000,000 at most")
    assert "ok  database    SQLite" in touchline("doctor", "--data-dir", tmp_path).out


def test_a_folder_without_a_database_is_told_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "typo"

    told = touchline("doctor", "--data-dir", folder)

    assert told.code == 5
    assert f"there is none in {folder}" in told.out
    assert not folder.exists()


def test_a_database_without_tables_needs_migrating(tmp_path: Path) -> None:
    (tmp_path / "touchline.db").touch()

    told = touchline("doctor", "--data-dir", tmp_path)

    assert told.code == 5
    assert "Run: touchline migrate" in told.out


def test_dead_and_late_jobs_and_a_full_landing_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touchline("migrate", "--data-dir", tmp_path)
    run_sql(
        tmp_path,
        """INSERT INTO job (kind, payload, run_at, created_at, attempts)
        VALUES ('greet', '{}', 0, 0, 0)""",
        """INSERT INTO dead_job (kind, payload, attempts, error, created_at, died_at)
        VALUES ('greet', '{}', 8, 'no', 0, 0)""",
        "INSERT INTO source (name, kind, created_at, accepted_count, rejected_count) "
        "VALUES ('shop', 'website', 0, 0, 0)",
        "INSERT INTO landing (source_id, received_at, event_count, body) "
        "VALUES (1, 0, 60, x'5b5d')",
    )
    monkeypatch.setenv("TOUCHLINE_LANDING_LIMIT", "100")

    told = touchline("doctor", "--data-dir", tmp_path, "--json")

    assert told.code == 5
    bad = [part for part, (well, _) in _parts(told.parsed()).items() if not well]
    assert bad == ["landing", "jobs", "dead jobs"]


def test_customers_who_cannot_be_judged_are_told_and_can_be_tried_again(tmp_path: Path) -> None:
    touchline("migrate", "--data-dir", tmp_path)
    row = "(customer_id, error, failed_at) VALUES (7, 'Overflow: too large', 1)"
    run_sql(tmp_path, f"INSERT INTO set_aside {row}")

    told = touchline("doctor", "--data-dir", tmp_path)

    assert told.code == 5
    assert "1 cannot be, the last of them 7: Overflow: too large" in told.out
    again = touchline("recompute", "set-aside", "--data-dir", tmp_path, "--json").json()
    assert again == {"customers": 1}
    parts = _parts(touchline("doctor", "--data-dir", tmp_path, "--json").parsed())
    assert parts["judging"][1].startswith("1 changes of customers wait to be judged; 1 cannot be")


def test_a_redis_or_postgres_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOUCHLINE_REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("TOUCHLINE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    told = touchline("doctor", "--json")

    assert told.code == 5
    parts = _parts(told.parsed())
    assert [part for part, (well, _) in parts.items() if not well] == ["redis", "database"]


def test_a_redis_that_answers_is_well(
    tmp_path: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOUCHLINE_REDIS_URL", redis_url)
    touchline("migrate", "--data-dir", tmp_path)

    told = touchline("doctor", "--data-dir", tmp_path, "--json").json()

    assert _parts(told)["redis"] == (True, "answers")
