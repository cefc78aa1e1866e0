"""Queries read from the replica and all else from the primary, which also answers for the replica.

Two databases with different rows stand in for the two, so that it can be seen who answered.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import asyncpg
import httpx
import pytest

from tests.support.asgi import started
from tests.support.postgres import TEMPLATE, Cluster
from tests.support.waiting import until
from touchline.api.app import create_app
from touchline.domain.access.service import create_key
from touchline.domain.kernel import reads
from touchline.domain.kernel.actor import SYSTEM, Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.sources.service import create_source
from touchline.graphql.schema import build_schema
from touchline.settings import Settings, SettingsError, load_settings

pytestmark = pytest.mark.parametrize("database", ["postgres"], indirect=True)

SCHEMA = build_schema()
SOURCES = "{ sources { name } }"
CREATE = """mutation ($input: SourceCreateInput!) { sourceCreate(input: $input) {
  source { name } query { sources { name } } } }"""
LEFT = "the replica is left aside, queries read from the primary"
BACK = "the replica answers again"
_numbers = count(1)


class Replica:
    """A database that can be made, filled and taken away."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self.name = f"replica_{next(_numbers)}"
        self.url = cluster.url(self.name)

    async def come(self) -> None:
        await self._run("postgres", f'CREATE DATABASE "{self.name}" TEMPLATE "{TEMPLATE}"')
        await self._run(
            self.name,
            "INSERT INTO source (name, kind, created_at, accepted_count, rejected_count)"
            " VALUES ('Replica', 'website', 1, 0, 0)",
        )

    async def go(self) -> None:
        await self._run("postgres", f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    async def hang_up(self, settings: Settings) -> None:
        """End the connections to it and to its primary from the server's side."""
        assert settings.database_url is not None
        names = f"'{self.name}', '{settings.database_url.rsplit('/')[-1]}'"
        await self._run(
            "postgres",
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ({names})",
        )

    async def rename(self, column: str, to: str) -> None:
        """Have its sources lack a column, or know it again."""
        await self._run(self.name, f"ALTER TABLE source RENAME {column} TO {to}")

    async def _run(self, database: str, sql: str) -> None:
        connection: Any = await asyncpg.connect(self._cluster.url(database))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked after the replica often, as nobody wants to wait for it here."""
    monkeypatch.setattr(reads, "FIRST_PAUSE_S", 0.02)
    monkeypatch.setattr(reads, "LONGEST_PAUSE_S", 0.1)


@pytest.fixture
async def replica(cluster: Cluster) -> AsyncIterator[Replica]:
    replica = Replica(cluster)
    await replica.come()
    yield replica
    await replica.go()


@asynccontextmanager
async def serving(settings: Settings, replica: Replica) -> AsyncIterator[httpx.AsyncClient]:
    """A server on both, with one source of its own called Primary."""
    both = settings.model_copy(update={"replica_url": replica.url, "log_format": "json"})
    async with started(create_app(both, schema=SCHEMA)) as client:
        await create_source(SYSTEM, name="Primary")
        key = (await create_key(SYSTEM, name="me", scopes=[Scope.ADMIN])).secret
        client.headers["Authorization"] = f"Bearer {key}"
        yield client


async def ask(client: httpx.AsyncClient, query: str, **variables: Any) -> Any:
    answer = await client.post("/graphql", json={"query": query, "variables": variables})
    assert "errors" not in answer.json(), answer.json()
    return answer.json()["data"]


async def who_answers(client: httpx.AsyncClient) -> str:
    (source,) = (await ask(client, SOURCES))["sources"]
    return str(source["name"])


def changes_told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the log says of the replica."""
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    return [line["event"] for line in lines if "replica" in line["event"]]


async def until_the_replica_answers(client: httpx.AsyncClient) -> None:
    """Wait for queries to be read from it again."""

    async def answers() -> bool:
        return await who_answers(client) == "Replica"

    await until(answers)


async def test_queries_read_from_the_replica(settings: Settings, replica: Replica) -> None:
    async with serving(settings, replica) as client:
        assert await who_answers(client) == "Replica"
        node = "{ sources { id } viewer { name } }"
        assert len((await ask(client, node))["sources"]) == 1


async def test_a_mutation_and_what_is_read_after_it_stay_on_the_primary(
    settings: Settings, replica: Replica
) -> None:
    async with serving(settings, replica) as client:
        made = (await ask(client, CREATE, input={"name": "New"}))["sourceCreate"]
        assert made["source"] == {"name": "New"}
        assert made["query"] == {"sources": [{"name": "New"}, {"name": "Primary"}]}
        assert await who_answers(client) == "Replica"


@pytest.mark.usefixtures("quick")
async def test_while_the_replica_is_gone_the_primary_answers_and_one_line_tells(
    settings: Settings, replica: Replica, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(settings, replica) as client:
        assert await who_answers(client) == "Replica"
        await replica.go()
        assert [await who_answers(client) for _ in range(5)] == ["Primary"] * 5
        ready = await client.get("/ready")
        assert ready.status_code == 200
        told = ready.json()["parts"]["replica"]
        assert told == "cannot be reached; queries read from the primary"
        await replica.come()
        await until_the_replica_answers(client)
        assert (await client.get("/ready")).json()["parts"]["replica"] == "ok"
    assert changes_told(capsys) == [LEFT, BACK]


@pytest.mark.usefixtures("quick")
async def test_a_replica_that_lacks_a_column_stays_aside_until_it_has_it(
    settings: Settings, replica: Replica, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(settings, replica) as client:
        assert await who_answers(client) == "Replica"
        await replica.rename("name", to="lost")
        for _ in range(10):
            assert await who_answers(client) == "Primary"
            assert (await client.get("/ready")).json()["parts"]["replica"] != "ok"
            await asyncio.sleep(0.05)  # longer than it takes to look after it
        await replica.rename("lost", to="name")
        await until_the_replica_answers(client)
        assert (await client.get("/ready")).json()["parts"]["replica"] == "ok"
    assert changes_told(capsys) == [LEFT, BACK]


@pytest.mark.usefixtures("quick")
async def test_a_statement_that_the_primary_cannot_read_either_blames_no_replica(
    settings: Settings, replica: Replica, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(settings, replica) as client:
        with reads.querying(), pytest.raises(asyncpg.UndefinedColumnError):
            await fetch("SELECT nothing_of_the_kind FROM source")
        assert await who_answers(client) == "Replica"
    assert changes_told(capsys) == []


@pytest.mark.parametrize("with_replica", [True, False])
async def test_queries_go_on_when_the_server_hung_up_on_all_connections(
    settings: Settings, replica: Replica, with_replica: bool
) -> None:
    both = settings.model_copy(update={"replica_url": replica.url if with_replica else None})
    async with started(create_app(both, schema=SCHEMA)) as client:
        await create_source(SYSTEM, name="Primary")
        key = (await create_key(SYSTEM, name="me", scopes=[Scope.READ])).secret
        client.headers["Authorization"] = f"Bearer {key}"
        await asyncio.gather(*(who_answers(client) for _ in range(4)))
        await replica.hang_up(both)
        answers = await asyncio.gather(*(who_answers(client) for _ in range(8)))
        assert set(answers) <= ({"Primary", "Replica"} if with_replica else {"Primary"})


async def test_a_server_starts_without_its_replica(settings: Settings, cluster: Cluster) -> None:
    async with serving(settings, Replica(cluster)) as client:
        assert await who_answers(client) == "Primary"


async def test_a_replica_without_tables_is_left_aside(settings: Settings, cluster: Cluster) -> None:
    empty = Replica(cluster)
    cluster.create(empty.name)
    try:
        async with serving(settings, empty) as client:
            assert await who_answers(client) == "Primary"
    finally:
        await empty.go()


async def test_nothing_can_be_written_to_the_replica(settings: Settings, replica: Replica) -> None:
    both = settings.model_copy(update={"replica_url": replica.url})
    async with started(create_app(both, schema=SCHEMA)):
        with reads.querying(), pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await fetch("DELETE FROM source RETURNING id")


@pytest.mark.usefixtures("database")
def test_a_replica_needs_a_primary() -> None:
    with pytest.raises(SettingsError, match="TOUCHLINE_REPLICA_URL needs TOUCHLINE_DATABASE_URL"):
        load_settings(_env_file=None, replica_url="postgresql://localhost/copy")
