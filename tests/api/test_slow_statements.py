"""A slow statement of a query is stopped in the database, told, and harms nobody else."""

from typing import Any

import httpx
import pytest

from tests.support.asgi import started
from tests.support.waiting import until
from touchline.api.app import create_app
from touchline.domain.access.service import create_key
from touchline.domain.kernel.actor import SYSTEM, Scope
from touchline.domain.kernel.db import dialect, execute, fetch
from touchline.graphql.schema import build_schema
from touchline.settings import Settings

SCHEMA = build_schema()
ENDLESS = """WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count
  WHERE n < 2000000000) SELECT max(n) FROM count"""
MESSAGE = "A statement was stopped after 0.2 s. Ask for less at once."


async def make_sources_endless() -> None:
    """Reading the sources now takes for ever; everything else is as it was."""
    await execute("ALTER TABLE source RENAME TO kept_source")
    await execute(
        f"CREATE VIEW source AS SELECT s.id, s.name, s.kind, s.created_at, s.last_seen_at,"
        f" s.accepted_count, ({ENDLESS}) AS rejected_count FROM kept_source s"
    )
    await execute(
        "INSERT INTO kept_source (name, kind, created_at, accepted_count, rejected_count)"
        " VALUES ('Shop', 'website', 1, 0, 0)"
    )


async def ask(client: httpx.AsyncClient, query: str) -> Any:
    headers = {"Accept": "application/graphql-response+json"}
    return await client.post("/graphql", json={"query": query}, headers=headers)


async def none_is_running() -> bool:
    if dialect() == "sqlite":
        return True
    rows = await fetch(
        "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%rejected_count%'"
        " AND datname = current_database() AND pid <> pg_backend_pid()"
    )
    return not rows


@pytest.mark.parametrize(
    "query",
    [
        "{ sources { rejectedCount } }",  # one statement
        "{ sources { rejectedCount } nodes(ids: []) { id } }",  # half of it field by field
    ],
)
async def test_a_slow_statement_is_stopped_and_says_so(settings: Settings, query: str) -> None:
    short = settings.model_copy(update={"statement_timeout_ms": 200})
    async with started(create_app(short, schema=SCHEMA)) as client:
        key = (await create_key(SYSTEM, name="me", scopes=[Scope.READ])).secret
        client.headers["Authorization"] = f"Bearer {key}"
        await make_sources_endless()
        answer = await ask(client, query)
        (error,) = answer.json()["errors"]
        assert (answer.status_code, answer.json().get("data")) == (400, None)
        assert (error["extensions"]["code"], error["message"]) == ("COST_EXCEEDED", MESSAGE)
        cost = answer.json()["extensions"]["cost"]
        assert cost["actual"] == cost["requested"] + 100  # what is regained in 200 ms
        await until(none_is_running)
        for _ in range(2 * short.sqlite_readers):  # more than there are connections to be lost
            await ask(client, query)
        well = await ask(client, "{ customers(first: 1) { nodes { id } } }")
        assert well.json()["data"] == {"customers": {"nodes": []}}


async def test_a_field_whose_own_statement_is_slow_is_null_and_says_so(settings: Settings) -> None:
    short = settings.model_copy(update={"statement_timeout_ms": 200})
    async with started(create_app(short, schema=SCHEMA)) as client:
        key = (await create_key(SYSTEM, name="me", scopes=[Scope.READ])).secret
        client.headers["Authorization"] = f"Bearer {key}"
        await make_sources_endless()
        answer = await ask(client, '{ nodes(ids: ["Source_1"]) { id } viewer { name } }')
        (error,) = answer.json()["errors"]
        assert (error["extensions"]["code"], error["message"]) == ("COST_EXCEEDED", MESSAGE)
        assert error["extensions"]["reason"] == "TIMED_OUT"
