"""Of which content touchpoints speak."""

from typing import Any

import pytest

from tests.support.content import a_published_asset
from tests.support.events import arrive
from tests.support.operations import FIELD_BY_FIELD, ask
from touchline.domain.channels.listing import in_force
from touchline.domain.content.service import translate_asset
from touchline.domain.content.writing import AssetText
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.kernel.ids import global_id
from touchline.domain.links.locating import recompute
from touchline.domain.links.mentions import Mention, address_digest, mention_of
from touchline.domain.links.publishing import Place, add_publication
from touchline.domain.links.service import NewLink, allow_host, create_link
from touchline.settings import Settings

PLACE = "https://www.shop.example/air"
READ = "{ touchpoints(first: 9) { nodes { messageId contentAsset { slug } } } }"


async def publish(asset: int, url: str = PLACE) -> None:
    channel = (await in_transaction(in_force)).channels["e-mail"]
    await add_publication(SYSTEM, asset, Place(channel, url, "https://t.example"))


def read(message_id: str, page: str | None = None, **properties: Any) -> dict[str, Any]:
    context = {"page": {"url": page}} if page else {}
    return {
        "type": "track",
        "event": "Content Read",
        "anonymousId": "a",
        "messageId": message_id,
        "properties": properties,
        "context": context,
    }


async def found() -> dict[str, int | None]:
    rows = await fetch("SELECT message_id, asset_id FROM touchpoint")
    return {row["message_id"]: row["asset_id"] for row in rows}


async def test_content_is_named_by_id_by_slug_or_by_the_page(db: Settings) -> None:
    await allow_host(SYSTEM, "www.shop.example")
    first, second = await a_published_asset("First"), await a_published_asset("Second")
    french = await translate_asset(SYSTEM, second, "fr", AssetText("Deuxième", "Bonjour"))
    await publish(first)
    await publish(second)
    page = {"type": "page", "anonymousId": "a", "messageId": "page"}
    await arrive(
        db,
        read("id", PLACE, assetId=global_id("ContentAsset", second), assetSlug="first"),
        read("slug", PLACE, assetSlug="second"),
        read("language", PLACE, assetSlug="second", language="FR"),
        read("place", "http://shop.example/air/?utm_source=x#top"),
        read("unknown id", PLACE, assetId=global_id("ContentAsset", 999)),
        read("foreign id", assetId=global_id("Customer", first)),
        read("unknown language", assetSlug="second", language="de"),
        read("elsewhere", "https://shop.example/air/2", assetId=[1], assetSlug=2, language=3),
        {**page, "properties": {"url": PLACE}},
        {"type": "identify", "userId": "u", "messageId": "i", "traits": {"assetSlug": "first"}},
    )
    assert await found() == {
        "id": second,
        "slug": second,
        "language": french,
        "place": first,
        "unknown id": first,
        "foreign id": None,
        "unknown language": None,
        "elsewhere": None,
        "page": first,
        "i": None,
    }


async def test_the_schema_shows_the_content_of_a_touchpoint(db: Settings) -> None:
    await a_published_asset("First")
    await arrive(db, read("m1", assetSlug="first"), read("m2"))
    answer = await ask(READ)
    assert answer == await ask(READ, engine=FIELD_BY_FIELD)
    shown = {one["messageId"]: one["contentAsset"] for one in answer["touchpoints"]["nodes"]}
    assert shown == {"m1": {"slug": "first"}, "m2": None}


async def test_what_came_before_its_content_was_known_is_told_later(db: Settings) -> None:
    await arrive(db, read("m1", PLACE), read("m2", PLACE + "/2"), read("m3", assetSlug="first"))
    await allow_host(SYSTEM, "www.shop.example")
    asset = await a_published_asset("First")
    await create_link(SYSTEM, NewLink(PLACE, "https://t.example", asset_id=asset))
    await execute("DELETE FROM content_address")  # as it was before addresses were remembered
    assert await found() == {"m1": None, "m2": None, "m3": None}
    assert await recompute() == 2
    assert await found() == {"m1": asset, "m2": None, "m3": asset}
    assert await recompute() == 0


@pytest.mark.parametrize(
    "address",
    [
        "https://Shop.Example/caf%C3%A9",
        "http://shop.example:8080/café/?a=1",
        "https://www.shop.example/café#x",
    ],
)
def test_a_page_is_the_same_however_its_address_is_written(address: str) -> None:
    assert address_digest(address) == address_digest("https://shop.example/café")


@pytest.mark.parametrize("address", ["", "/air", "file:///a", "https://[::1", "https://a/%ff"])
def test_what_is_no_address_of_a_page_leads_nowhere(address: str) -> None:
    context = {"page": {"url": address}}
    assert mention_of("TRACK", {}, context) == Mention()
