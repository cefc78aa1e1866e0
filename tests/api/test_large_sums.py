"""What adds up to more than the database can tell is refused in words, and the rest is shown."""

import httpx

from tests.support.asgi import started
from tests.support.content import an_asset
from touchline.api.app import create_app
from touchline.domain.access.service import create_key
from touchline.domain.kernel.actor import SYSTEM, Scope
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.money import MOST_MINOR
from touchline.domain.kernel.rows import insert_rows
from touchline.graphql.schema import build_schema
from touchline.settings import Settings

SCHEMA = build_schema()
QUERY = """query ($id: ID!) { contentAsset(id: $id) { slug
  performance(range: {from: "1970-01-01", to: "%s"}) { value { amount } } } }"""


async def answer(client: httpx.AsyncClient, asset: int, until: str) -> httpx.Response:
    body = {"query": QUERY % until, "variables": {"id": global_id("ContentAsset", asset)}}
    return await client.post("/graphql", json=body)


async def test_a_sum_beyond_64_bits_is_told_as_too_large(settings: Settings) -> None:
    async with started(create_app(settings, schema=SCHEMA)) as client:
        key = (await create_key(SYSTEM, name="me", scopes=[Scope.READ])).secret
        client.headers["Authorization"] = f"Bearer {key}"
        asset = await an_asset(slug="air")
        columns = ["asset_id", "day", "channel_id", "currency", "value_minor"]
        days = [(asset, day, 0, "EUR", 9_000 * MOST_MINOR) for day in range(2)]
        await insert_rows("asset_value_day", columns, days)

        told = (await answer(client, asset, "1970-01-01")).json()
        assert told["data"]["contentAsset"]["performance"]["value"] == {
            "amount": "90000000000000000.00"
        }
        refused = (await answer(client, asset, "1970-01-02")).json()
        (error,) = refused["errors"]
        assert error["extensions"]["reason"] == "SUM_TOO_LARGE"
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
        assert error["message"].startswith("This adds up to more than 64 bits can tell.")
        assert refused["data"]["contentAsset"] == {"slug": "air", "performance": {"value": None}}
