"""Watching timelines."""

from contextlib import aclosing
from typing import Any

import pytest

from tests.support.operations import caller, subscribe_as, watch
from tests.support.rows import a_customer, a_touchpoint
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.db import execute
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.live import publish
from touchline.domain.timeline.events import TOUCHPOINTS_ADDED

pytestmark = pytest.mark.usefixtures("db")

LIVE = """subscription ($customerId: ID) { timelineTouchpointAdded(customerId: $customerId) {
  touchpoint { name } customer { id displayName } } }"""


def tell(*pairs: tuple[int, int]) -> None:
    publish(TOUCHPOINTS_ADDED, {"touchpoints": [list(pair) for pair in pairs]})


async def next_of(messages: Any) -> Any:
    body = (await anext(messages)).body
    assert "errors" not in body, body
    return body["data"]["timelineTouchpointAdded"]


async def test_each_touchpoint_comes_with_its_customer() -> None:
    ada = await a_customer(display_name="Ada")
    first = await a_touchpoint(ada, name="one")
    second = await a_touchpoint(ada, name="two")
    customer = {"id": global_id("Customer", ada), "displayName": "Ada"}
    async with aclosing(await watch(LIVE)) as messages:
        tell((ada, first), (ada, second))
        assert await next_of(messages) == {"touchpoint": {"name": "one"}, "customer": customer}
        assert await next_of(messages) == {"touchpoint": {"name": "two"}, "customer": customer}


async def test_one_customer_can_be_watched_alone() -> None:
    ada, bob = await a_customer(), await a_customer()
    hers, his = await a_touchpoint(ada, name="hers"), await a_touchpoint(bob, name="his")
    async with aclosing(await watch(LIVE, customerId=global_id("Customer", bob))) as messages:
        tell((ada, hers))
        tell((bob, his))
        assert (await next_of(messages))["touchpoint"] == {"name": "his"}


async def test_a_message_shows_what_stands_when_it_is_sent() -> None:
    ada = await a_customer(display_name="Ada")
    touchpoint = await a_touchpoint(ada)
    async with aclosing(await watch(LIVE)) as messages:
        tell((ada, touchpoint))
        assert (await next_of(messages))["customer"]["displayName"] == "Ada"
        await execute("UPDATE customer SET display_name = 'Ada L.' WHERE id = ?", (ada,))
        tell((ada, touchpoint))
        assert (await next_of(messages))["customer"]["displayName"] == "Ada L."


async def test_watching_ends_by_itself_after_so_many() -> None:
    ada = await a_customer()
    touchpoint = await a_touchpoint(ada)
    document = "subscription { timelineTouchpointAdded(atMost: 2) { touchpoint { name } } }"
    async with aclosing(await watch(document)) as messages:
        tell((ada, touchpoint), (ada, touchpoint), (ada, touchpoint))
        assert len([message async for message in messages]) == 2
    refused = await subscribe_as(document.replace("2", "0"), caller())
    assert refused["errors"][0]["extensions"]["argument"] == "atMost"


async def test_watching_needs_a_good_id_and_the_scope() -> None:
    answer = await subscribe_as(LIVE, caller(), customerId="nonsense")
    assert answer["errors"][0]["extensions"]["argument"] == "customerId"
    answer = await subscribe_as(LIVE, caller(Scope.INGEST))
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
