"""Servers that hang keep nobody waiting for longer than the limits say.

They are stopped as by a machine that freezes: connections are taken, and nothing is answered.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest

from tests.support.asgi import started
from tests.support.postgres import Cluster, running_cluster
from tests.support.waiting import until
from touchline.api import health
from touchline.api.app import create_app
from touchline.domain.access import service
from touchline.domain.access.service import create_key
from touchline.domain.kernel import postgres, reads, silence
from touchline.domain.kernel.actor import SYSTEM, Actor, Scope
from touchline.domain.sources.service import create_source
from touchline.graphql.schema import build_schema
from touchline.settings import Settings

pytestmark = pytest.mark.parametrize("database", ["postgres"], indirect=True)

SCHEMA = build_schema()
SOURCES = "{ sources { name } }"
TABLES = """CREATE TABLE job (id bigint);
  CREATE TABLE source (id bigint, name text, kind text, created_at bigint, last_seen_at bigint,
    accepted_count bigint, rejected_count bigint);
  INSERT INTO source VALUES (1, 'Replica', 'website', 1, NULL, 0, 0)"""
NOBODY = "The database does not answer. Try again."
LEFT = "the replica is left aside, queries read from the primary"
BACK = "the replica answers again"


async def anyone(_secret: str) -> Actor:
    """Recognises callers without a database."""
    return SYSTEM


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked after servers often, as nobody wants to wait for it here."""
    monkeypatch.setattr(reads, "FIRST_PAUSE_S", 0.02)
    monkeypatch.setattr(reads, "LONGEST_PAUSE_S", 0.1)
    monkeypatch.setattr(silence, "LOOK_EVERY_S", 0.1)
    monkeypatch.setattr(reads, "BEYOND_THE_SERVER_S", 0.3)
    monkeypatch.setattr(postgres, "CANCEL_WITHIN_S", 0.3)
    monkeypatch.setattr(service, "LOOK_UP_WITHIN_S", 0.3)
    monkeypatch.setattr(health, "PATIENCE_S", 0.3)


@pytest.fixture(scope="module")
def replica() -> Iterator[Cluster]:
    """A server of its own, with other rows than the primary."""
    with running_cluster() as started:
        asyncio.run(_fill(started.url("postgres")))
        yield started


async def _fill(url: str) -> None:
    connection: Any = await asyncpg.connect(url)
    await connection.execute(TABLES)
    await connection.close()


@asynccontextmanager
async def serving(settings: Settings, **changes: Any) -> AsyncIterator[httpx.AsyncClient]:
    changed = settings.model_copy(update={"log_format": "json", **changes})
    async with started(create_app(changed, schema=SCHEMA, authenticate=anyone)) as client:
        await create_source(SYSTEM, name="Primary")
        client.headers["Authorization"] = "Bearer any"
        yield client


async def ask(client: httpx.AsyncClient) -> Any:
    async with asyncio.timeout(60):
        return (await client.post("/graphql", json={"query": SOURCES})).json()


async def who_answers(client: httpx.AsyncClient) -> str:
    (source,) = (await ask(client))["data"]["sources"]
    return str(source["name"])


async def until_told_by(client: httpx.AsyncClient, *whose: str) -> None:
    """Return once queries are answered with these sources, however slow the machine is."""
    expected = {"sources": [{"name": name} for name in whose]}

    async def so() -> bool:
        return bool((await ask(client)).get("data") == expected)

    await until(so)


async def test_a_replica_that_hangs_is_left_aside_and_the_primary_answers_in_its_place(
    settings: Settings, replica: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = {"statement_timeout_ms": 1_000, "database_pool": 2}
    async with serving(settings, replica_url=replica.url("postgres"), **limits) as client:
        assert await who_answers(client) == "Replica"
        with replica.frozen():
            asked = await asyncio.gather(*(who_answers(client) for _ in range(6)))
            assert asked == ["Primary"] * 6
            assert await who_answers(client) == "Primary"
            assert (await client.get("/ready")).json()["parts"]["replica"] != "ok"
        await until_told_by(client, "Replica")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines if "replica" in line["event"]] == [LEFT, BACK]


async def test_a_replica_that_hangs_is_found_out_when_it_does_not_even_cancel(
    settings: Settings, replica: Cluster
) -> None:
    limits = {"statement_timeout_ms": 60_000, "request_timeout_ms": 300}
    async with serving(settings, replica_url=replica.url("postgres"), **limits) as client:
        await until_told_by(client, "Replica")
        with replica.frozen():
            (error,) = (await ask(client))["errors"]
            assert error["extensions"]["code"] == "COST_EXCEEDED"
            await until_told_by(client, "Primary")


@pytest.mark.parametrize(
    "limits", [{"request_timeout_ms": 300}, {"statement_timeout_ms": 200}], ids=["whole", "one"]
)
async def test_a_database_that_hangs_has_queries_end_in_time_and_is_asked_again(
    settings: Settings, cluster: Cluster, limits: dict[str, int]
) -> None:
    async with serving(settings, **limits) as client:
        await until_told_by(client, "Primary")
        with cluster.frozen():
            asked = await asyncio.gather(*(ask(client) for _ in range(4)))
            assert [answer["errors"][0]["extensions"]["code"] for answer in asked] == [
                "COST_EXCEEDED"
            ] * 4
            ready = await client.get("/ready")
            assert ready.json()["parts"]["database"] == "no answer within 0.3 s"
        await until_told_by(client, "Primary")


async def test_a_key_that_the_database_does_not_tell_of_is_refused_in_time(
    settings: Settings, cluster: Cluster
) -> None:
    async with started(create_app(settings, schema=SCHEMA)) as client:
        key = (await create_key(SYSTEM, name="me", scopes=[Scope.READ])).secret
        client.headers["Authorization"] = f"Bearer {key}"
        with cluster.frozen():
            answer = await client.post("/graphql", json={"query": SOURCES})
            (error,) = answer.json()["errors"]
            assert (answer.status_code, error["message"]) == (503, NOBODY)
        await until_told_by(client)
