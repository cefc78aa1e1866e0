"""Reading is paid for: documents that nobody sent before, and long variables."""

from collections.abc import Iterator
from itertools import count, repeat
from typing import Any

import pytest

from tests.support.operations import answer_bytes, answer_to, caller
from touchline.domain.kernel.actor import Actor
from touchline.graphql.engine.execution import Engine
from touchline.graphql.engine.throttle import LocalThrottle, Rates
from touchline.graphql.schema import build_schema

KNOWN = "{ __typename }"
SEARCH = "query ($any: CustomerFilter) { customers(first: 1, filter: $any) { nodes { id } } }"
SMALL = Rates(maximum=1_000, restore_rate=10)
NO_TIME = "Too many documents that are not known, or long variables, in a short time."


@pytest.fixture
def engine() -> Engine:
    """Buckets of 1,000 that never fill again."""
    return Engine(build_schema(), throttle=LocalThrottle(SMALL, clock=lambda: 0.0))


async def until_refused(
    engine: Engine, actor: Actor, sent: Iterator[tuple[str, dict[str, Any]]]
) -> tuple[int, dict[str, Any]]:
    """How many were not refused for the rate before the first that was, and its body."""
    for answered, (document, variables) in enumerate(sent):
        body = await answer_to(document, variables, actor, engine)
        if "RATE_LIMITED" in (one["extensions"]["code"] for one in body.get("errors", ())):
            return answered, body
    raise AssertionError("it is never refused")


def padded(number: int) -> str:
    """A document of 2,000 characters that nobody sent before."""
    return f"{KNOWN} #{number:04}".ljust(2_000, "x")


async def test_new_documents_are_paid_by_their_length_and_known_ones_are_not(
    engine: Engine,
) -> None:
    actor, other = caller(), caller()
    await answer_bytes(KNOWN, {}, actor, engine)
    answered, body = await until_refused(engine, actor, ((padded(n), {}) for n in count()))
    assert answered == 10  # at 100 each
    (error,) = body["errors"]
    assert error["message"] == NO_TIME
    assert error["extensions"]["retryAfter"] == 10
    assert body["extensions"]["cost"]["throttle"]["available"] == 1_000
    assert "errors" not in await answer_to(KNOWN, {}, actor, engine)
    assert "errors" not in await answer_to(padded(99), {}, other, engine)


async def test_long_variables_are_paid_by_their_bytes_whether_they_are_good_or_not(
    engine: Engine,
) -> None:
    long = {"any": {"or": [{"serch": "a"}] * 1_000}}
    answered, body = await until_refused(engine, caller(), repeat((SEARCH, long)))
    assert answered == 7  # at 140 for 14,015 bytes each, and 4 for the document
    assert body["errors"][0]["message"] == NO_TIME
