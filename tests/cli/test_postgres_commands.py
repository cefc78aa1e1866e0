"""Commands on PostgreSQL: an empty database is made ready, one in use only on purpose."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from tests.support.cli import touchline
from tests.support.postgres import Cluster

NAMES = iter(f"cli_{number}" for number in range(100))


@pytest.fixture
def empty(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a database without tables, which TOUCHLINE_DATABASE_URL names."""
    url = cluster.create(next(NAMES))
    monkeypatch.setenv("TOUCHLINE_DATABASE_URL", url)
    return url


@pytest.mark.usefixtures("empty")
def test_an_empty_database_is_made_ready(tmp_path: Path) -> None:
    made = touchline("keys", "create", "ops", "--scope", "admin", "--json").json()

    (listed,) = touchline("keys", "list", "--json").json()
    assert (listed["id"], listed["name"]) == (made["id"], "ops")
    assert touchline("migrate", "--json").json() == {"applied": []}
    assert touchline("doctor", "--json").json()["well"]
    assert not (tmp_path / "var").exists()


def test_doctor_tells_how_the_replica_is(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    touchline("migrate")
    for url, well, state in (
        (empty, True, "answers"),
        (empty + "_away", False, f'no answer: database "{empty.rsplit("/")[-1]}_away" does not'),
    ):
        monkeypatch.setenv("TOUCHLINE_REPLICA_URL", url)
        told = touchline("doctor", "--json").parsed()
        (part,) = [one for one in told["parts"] if one["part"] == "replica"]
        assert (told["well"], part["well"]) == (well, well)
        assert part["state"].startswith(state)


@pytest.mark.usefixtures("empty")
def test_documents_are_registered_once_and_removed(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"m1": "query Me { viewer { name } }", "m2": "{ viewer { id } }"}')

    first = touchline("documents", "register", manifest, "--json").json()
    again = touchline("documents", "register", manifest, "--json").json()
    removed = touchline("documents", "remove", "m2")

    assert (first["added"], first["known"], again["added"], again["known"]) == (2, 0, 0, 2)
    assert removed.err == "Removed 1.\n"
    assert [one["id"] for one in touchline("documents", "list", "--json").json()] == ["m1"]


@pytest.mark.usefixtures("empty")
def test_migrating_tells_what_it_did() -> None:
    applied = touchline("migrate", "--json").json()["applied"]

    assert applied[0] == "0001_initial"
    assert touchline("migrate").err == "The database is up to date.\n"


def test_a_database_of_an_older_version_is_left_alone(empty: str) -> None:
    touchline("migrate")
    asyncio.run(_forget_the_last_migration(empty))

    refused = touchline("keys", "list")
    examined = touchline("doctor", "--json").parsed()

    assert (refused.code, refused.out) == (4, "")
    assert refused.err == (
        "touchline: The database is of an older version; run: touchline migrate\n"
    )
    (bad,) = [part for part in examined["parts"] if not part["well"]]
    assert (bad["part"], bad["state"]) == ("migrations", "1 to apply")


async def _forget_the_last_migration(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "DELETE FROM tortoise_migrations WHERE id = (SELECT MAX(id) FROM tortoise_migrations)"
        )
    finally:
        await connection.close()
