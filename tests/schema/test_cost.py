"""What an operation costs, and what happens when that is too much."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.graphql import READER, SCHEMA, calling, only_error, resolved, run, small_app
from touchline.graphql.context import Context
from touchline.graphql.engine.answers import Operation
from touchline.graphql.engine.execution import Engine
from touchline.graphql.engine.throttle import LocalThrottle


async def cost(document: str, **sent: Any) -> tuple[int, int]:
    """Requested and actual cost of a document that is run."""
    body = (await run(document, **sent)).json()
    found = body["extensions"]["cost"]
    return found["requested"], found["actual"]


@pytest.mark.parametrize(
    ("document", "requested", "actual"),
    [
        ("{ __typename }", 0, 0),
        ('{ ball(id: "1") { id colour } }', 1, 1),
        ('{ ball(id: "1") { twin { twin { id } } } }', 3, 3),
        ("{ balls(first: 100) { pageInfo { hasNextPage } } }", 0, 0),
        ("{ balls(first: 50) { nodes { id } } }", 50, 3),
        ("{ balls(last: 50) { edges { cursor node { id twin { id } } } } }", 100, 6),
        ("{ balls(first: 10) { nodes { balls(first: 20) { nodes { id } } } } }", 210, 12),
        ("{ balls(first: 0) { nodes { id } } }", 0, 0),
        ("{ balls(first: 2) { nodes { id ...F } } } fragment F on Ball { twin { id } }", 4, 4),
        ("{ balls(first: 2) { nodes { twin { id } twin { colour } } } }", 4, 4),
        ("mutation { kick { id twin { id } } }", 11, 11),
        ("mutation { a: kick { id } b: kick { id } }", 20, 20),
    ],
)
async def test_objects_cost_one_by_page_size_scalars_nothing_and_a_mutation_ten(
    document: str, requested: int, actual: int
) -> None:
    assert await cost(document) == (requested, actual)


async def test_the_page_size_may_come_from_a_variable_or_its_default() -> None:
    document = "query ($n: Int = 7) { balls(first: $n) { nodes { id } } }"
    assert await cost(document) == (7, 3)
    assert await cost(document, variables={"n": 2}) == (2, 2)


async def test_an_operation_past_a_thousand_is_refused_and_says_what_it_would_cost() -> None:
    resolved.clear()
    response = await run("{ balls(first: 100) { nodes { balls(first: 10) { nodes { id } } } } }")
    message = "The operation could cost 1,100; at most 1,000 is allowed."
    assert only_error(response) == (200, "COST_EXCEEDED", message)
    assert response.json()["extensions"]["cost"] == {
        "requested": 1100,
        "actual": 1,
        "throttle": {"maximum": 10000, "available": 9999, "restoreRate": 500},
    }
    assert resolved == []


@pytest.mark.parametrize(
    ("arguments", "argument", "message"),
    [
        ("", "first", "`balls` needs `first` or `last`, from 0 to 100."),
        ("(first: null)", "first", "`balls` needs `first` or `last`, from 0 to 100."),
        ("(first: 1, last: 1)", "last", "`balls` takes `first` or `last`, not both."),
        ("(first: 101)", "first", "`first` of `balls` must be from 0 to 100."),
        ("(last: -1)", "last", "`last` of `balls` must be from 0 to 100."),
        ("(first: $n)", "first", "`first` of `balls` must be from 0 to 100."),
    ],
)
async def test_a_page_needs_first_or_last_within_bounds(
    arguments: str, argument: str, message: str
) -> None:
    resolved.clear()
    head = "query ($n: Int = 1000) " if "$n" in arguments else ""
    response = await run(f"{head}{{ balls{arguments} {{ nodes {{ id }} }} }}")
    assert only_error(response) == (200, "BAD_USER_INPUT", message)
    assert response.json()["errors"][0]["extensions"]["argument"] == argument
    assert resolved == []


async def test_a_key_that_spent_its_bucket_waits_and_others_do_not() -> None:
    now = 0.0
    throttle = LocalThrottle(clock=lambda: now)
    engine = Engine(SCHEMA, throttle=throttle)
    dear = Operation("{ balls(first: 100) { nodes { balls(first: 9) { nodes { id } } } } }")
    spent, other = Context(READER, "r"), Context(replace(READER, id=99), "r")
    await throttle.take(spent.bucket, 9_500)

    answer = await engine.run(dear, spent)
    assert (answer.refused, answer.retry_after) == ("RATE_LIMITED", 1)
    assert (await engine.run(dear, other)).refused is None
    now += 1
    assert (await engine.run(dear, spent)).refused is None


async def test_the_rate_limit_is_429_with_the_seconds_to_wait() -> None:
    throttle = LocalThrottle(clock=lambda: 0.0)
    await throttle.take("api_key:1", 9_999)
    async with calling(small_app(throttle=throttle)) as client:
        sent = {"query": "{ balls(first: 100) { nodes { balls(first: 9) { nodes { id } } } } }"}
        response = await client.post("/graphql", json=sent)
    message = "The operation costs 1,000 and 1 is left for now."
    assert only_error(response) == (429, "RATE_LIMITED", message)
    assert response.headers["retry-after"] == "2"
    assert response.json()["errors"][0]["extensions"]["retryAfter"] == 2


async def test_a_deployment_may_set_how_much_a_key_may_spend() -> None:
    app = small_app(cost_bucket=50_000, cost_restore_rate=7)
    async with calling(app) as client:
        response = await client.post("/graphql", json={"query": "{ __typename }"})
    assert response.json()["extensions"]["cost"]["throttle"] == {
        "maximum": 50_000,
        "available": 50_000,
        "restoreRate": 7,
    }
