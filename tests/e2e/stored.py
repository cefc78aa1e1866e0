"""What a product holds in the end, told by its database or by its GraphQL."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx

from tests.support.product import Product
from touchline.domain.kernel.db import close_database, fetch, open_database

PAGE = 100
POLL_S = 0.1
DRAINS_WITHIN_S = 300.0

TOUCHPOINTS = """
query Stored($first: Int!, $after: String) {
  touchpoints(first: $first, after: $after) {
    nodes { messageId source { id } subject { id } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
CUSTOMERS = """
query Timelines($first: Int!, $after: String) {
  customers(first: $first, after: $after) {
    nodes { id timeline(first: 1) { totalCount } }
    pageInfo { hasNextPage endCursor }
  }
}
"""


@dataclass(frozen=True)
class Stored:
    """Pairs of message id and customer, one for each touchpoint of a source; entries of each
    timeline, those of the system included; and the count the source keeps."""

    messages: list[tuple[str, str]]
    timelines: dict[str, int]
    entries: dict[str, int]
    accepted: int
    rejected: int


async def drained(product: Product) -> None:
    """Return when no landed event waits any more."""
    deadline = time.monotonic() + DRAINS_WITHIN_S
    await open_database(product.settings)
    try:
        while left := await fetch("SELECT event_count FROM landing LIMIT 5"):
            if time.monotonic() > deadline:
                told = f"{product.log()}\n{product.log('worker')}"
                raise RuntimeError(f"{len(left)} landings or more still wait:\n{told}")
            await asyncio.sleep(POLL_S)
    finally:
        await close_database()


async def stored_in_database(product: Product) -> Stored:
    """Read the tables themselves."""
    await open_database(product.settings)
    try:
        rows = await fetch("SELECT message_id, customer_id, source_id FROM touchpoint")
        customers = await fetch("SELECT id FROM customer WHERE merged_into_id IS NULL")
        source = (await fetch("SELECT accepted_count, rejected_count FROM source"))[0]
    finally:
        await close_database()
    entries = [(row["message_id"], str(row["customer_id"]), row["source_id"]) for row in rows]
    counts = _counts([customer for _, customer, _ in entries])
    return Stored(
        messages=[(message, customer) for message, customer, by in entries if by is not None],
        timelines={str(row["id"]): counts.get(str(row["id"]), 0) for row in customers},
        entries=counts,
        accepted=source["accepted_count"],
        rejected=source["rejected_count"],
    )


async def stored_by_graphql(product: Product, key: str) -> Stored:
    """Ask as a frontend would, page by page."""
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=product.url, headers=headers, timeout=60) as http:
        touchpoints = [node async for node in _nodes(http, "touchpoints", TOUCHPOINTS)]
        customers = [node async for node in _nodes(http, "customers", CUSTOMERS)]
        (source,) = (await _ask(http, "{ sources { acceptedCount rejectedCount } }", {}))["sources"]
    return Stored(
        messages=[
            (node["messageId"], node["subject"]["id"]) for node in touchpoints if node["source"]
        ],
        timelines={node["id"]: node["timeline"]["totalCount"] for node in customers},
        entries=_counts([node["subject"]["id"] for node in touchpoints]),
        accepted=source["acceptedCount"],
        rejected=source["rejectedCount"],
    )


async def _nodes(http: httpx.AsyncClient, name: str, query: str) -> AsyncIterator[dict[str, Any]]:
    after = None
    while True:
        page = (await _ask(http, query, {"first": PAGE, "after": after}))[name]
        for node in page["nodes"]:
            yield node
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


async def _ask(http: httpx.AsyncClient, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    while True:
        answer = await http.post("/graphql", json={"query": query, "variables": variables})
        told = answer.json()
        if "errors" not in told:
            data: dict[str, Any] = told["data"]
            return data
        if told["errors"][0]["extensions"]["code"] != "RATE_LIMITED":
            raise RuntimeError(f"GraphQL answers {told['errors'][0]}")
        await asyncio.sleep(float(answer.headers.get("Retry-After", 1)))


def _counts(customers: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for customer in customers:
        counts[customer] = counts.get(customer, 0) + 1
    return counts
