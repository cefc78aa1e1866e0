"""A team whose members ask servers over HTTP, each over a connection of its own."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx

from tests.support.movers import Ask
from tests.support.product import Product
from touchline.domain.access.service import create_key
from touchline.domain.kernel.actor import SYSTEM, Scope

PATIENCE_S = 120.0
MOST_CONNECTIONS = 16


@asynccontextmanager
async def serving(product: Product, servers: int) -> AsyncIterator[Sequence[str]]:
    """So many servers of one deployment; gives their addresses."""
    others = [
        Product(
            product.folder / f"server-{number}",
            database_url=product.database_url,
            redis_url=product.redis_url,
            variables=product.variables,
        )
        for number in range(1, servers)
    ]
    everyone = [product, *others]
    try:
        for one in everyone:
            await one.start_server()
        yield [one.url for one in everyone]
    finally:
        for one in everyone:
            await one.stop()


@asynccontextmanager
async def asking(urls: Sequence[str], members: Sequence[int]) -> AsyncIterator[Sequence[Ask]]:
    """A client for each of some members, in turn at each of the servers."""
    async with AsyncExitStack() as stack:
        asks: list[Ask] = []
        for number, member in enumerate(members):
            http = await stack.enter_async_context(
                httpx.AsyncClient(
                    base_url=urls[number % len(urls)],
                    headers={"Authorization": f"Bearer {await a_key(member)}"},
                    timeout=PATIENCE_S,
                    verify=False,  # nothing is encrypted; loading certificates takes long
                    limits=httpx.Limits(max_connections=MOST_CONNECTIONS),
                )
            )
            asks.append(_asks(http))
        yield asks


async def a_key(member: int) -> str:
    """The secret of a new key with which a member takes part."""
    issued = await create_key(
        SYSTEM, name=f"Member {member}", scopes=[Scope.TEAM], member_id=member
    )
    return issued.secret


def _asks(http: httpx.AsyncClient) -> Ask:
    async def ask(document: str, variables: dict[str, Any]) -> Any:
        answer = await http.post("/graphql", json={"query": document, "variables": variables})
        body = answer.json()
        assert "errors" not in body, body["errors"]
        return body["data"]

    return ask
