"""Published content over HTTP, as a frontend behind a cache asks for it."""

from typing import Any

import httpx
import orjson

from tests.support.content import a_published_asset
from touchline.domain.access.service import create_key
from touchline.domain.content.publishing import unpublish_asset
from touchline.domain.kernel.actor import SYSTEM, Scope

QUERY = '{ publishedContent(slug: "know-your-air") { title body { html } } }'
KEPT = "public, max-age=60, must-revalidate"


async def get(client: httpx.AsyncClient, query: str = QUERY, **headers: str) -> httpx.Response:
    secret = (await create_key(SYSTEM, name="site", scopes=[Scope.PUBLIC])).secret
    given = {"Authorization": f"Bearer {secret}", "GraphQL-Preflight": "1", **headers}
    return await client.get("/graphql", params={"query": query}, headers=given)


async def test_what_is_published_may_be_kept(client: httpx.AsyncClient) -> None:
    asset = await a_published_asset()
    first = await get(client)
    assert first.status_code == 200
    assert first.json()["data"] == {
        "publishedContent": {
            "title": "Know your air",
            "body": {"html": "<p><em>Hello</em></p>\n"},
        }
    }
    assert first.headers["cache-control"] == KEPT
    tag = first.headers["etag"]
    again = await get(client, **{"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert (again.headers["etag"], again.headers["cache-control"]) == (tag, KEPT)
    await unpublish_asset(SYSTEM, asset)
    changed = await get(client, **{"If-None-Match": tag})
    assert (changed.status_code, changed.json()["data"]) == (200, {"publishedContent": None})
    assert changed.headers["etag"] != tag


async def test_what_is_asked_for_beside_it_is_not_kept(client: httpx.AsyncClient) -> None:
    await a_published_asset()
    mixed = await get(client, f"{QUERY[:-1]} viewer {{ name }} }}")
    assert (mixed.status_code, mixed.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in mixed.headers


async def test_a_refusal_is_not_kept(client: httpx.AsyncClient) -> None:
    refused = await get(client, "{ contentAssets(first: 1) { nodes { id } } }")
    assert refused.headers["cache-control"] == "no-store"


async def test_a_post_is_not_kept(client: httpx.AsyncClient) -> None:
    secret = (await create_key(SYSTEM, name="site", scopes=[Scope.PUBLIC])).secret
    body: dict[str, Any] = {"query": QUERY}
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    answer = await client.post("/graphql", content=orjson.dumps(body), headers=headers)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
