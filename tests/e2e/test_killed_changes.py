"""A change that was answered is kept, and one that was not is made whole or not at all."""

import asyncio
import sys
from typing import Any

import httpx

from tests.support.product import Product
from tests.support.rows import a_customer
from touchline.domain.access.service import create_key
from touchline.domain.kernel.actor import SYSTEM, Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.domain.tags.service import TagText, create_tag
from touchline.domain.tags.tagging import add_tags
from touchline.domain.tags.upkeep import differences
from touchline.settings import Settings

ADD = """mutation ($customer: ID!, $tag: ID!) {
  customerAddTags(input: {customerId: $customer, tagIds: [$tag]}) { customer { id } } }"""
CALLERS = 8
DEATHS = ("sharing.done", "sharing.committed")
"""Where it dies: before the commit, and after it, with nobody answered."""


async def test_changes_that_share_a_transaction_live_and_die_together(db: Settings) -> None:
    key = await create_key(SYSTEM, name="Test", scopes=[Scope.WRITE])
    tag = await create_tag(SYSTEM, TagText("VIP"))
    people = [await a_customer() for _ in range(CALLERS)]
    product = Product(db.data_dir, database_url=db.database_url)
    kept = []
    try:
        for point in DEATHS:
            product.program = [sys.executable, "-m", "tests.e2e.mortal", "1", f"at:{point}"]
            await product.start_server()
            asked = [_asked(product, key.secret, person, tag) for person in people]
            answers = await asyncio.gather(*asked, return_exceptions=True)
            product.kill_server()
            assert all(isinstance(one, httpx.TransportError) for one in answers), answers
            kept.append(await _tagged())
    finally:
        await product.stop()
    assert kept[0] == 0
    assert 1 <= kept[1] <= CALLERS
    again = [add_tags(SYSTEM, customer_id=person, tag_ids=[tag]) for person in people]
    assert await asyncio.gather(*again) == people
    assert await _tagged() == CALLERS
    assert await differences() == []
    (found,) = await fetch("SELECT customer_count FROM tag")
    assert found["customer_count"] == CALLERS


async def _asked(product: Product, key: str, person: int, tag: int) -> Any:
    variables = {"customer": global_id("Customer", person), "tag": global_id("Tag", tag)}
    async with httpx.AsyncClient(timeout=60) as client:
        answer = await client.post(
            f"{product.url}/graphql",
            json={"query": ADD, "variables": variables},
            headers={"Authorization": f"Bearer {key}"},
        )
    return answer.raise_for_status().json()["data"]


async def _tagged() -> int:
    (words,) = await fetch("SELECT count(*) AS found FROM tag_word")
    (standing,) = await fetch("SELECT count(*) AS found FROM customer_tag")
    assert words["found"] == standing["found"]
    return int(words["found"])
