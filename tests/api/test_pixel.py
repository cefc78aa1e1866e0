"""The dot in e-mails, as mail programs load it."""

import httpx
import orjson
import pytest

from tests.support.content import a_published_asset
from tests.support.events import drain
from touchline.api.pixel import DOT
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.domain.links.building import Utm
from touchline.domain.links.service import NewLink, allow_host, create_link, disable_link
from touchline.settings import Settings

PERSON = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605"}
ROBOT = {"User-Agent": "Mozilla/5.0 (compatible; ScanBot/1.0)"}


async def a_link() -> tuple[int, int, str]:
    """An asset, a link to it and the link's code."""
    await allow_host(SYSTEM, "shop.example")
    asset = await a_published_asset()
    new = NewLink("https://shop.example/air", "https://t.example", Utm("news", "email"), asset)
    link = await create_link(SYSTEM, new)
    (row,) = await fetch("SELECT code FROM tracked_link WHERE id = ?", (link,))
    return asset, link, row["code"]


async def told() -> list[tuple[str, str, int | None, dict[str, object]]]:
    """Of each open: the person's identifier, the channel, the asset, and the properties."""
    rows = await fetch(
        "SELECT i.value, c.name, t.asset_id, t.properties FROM touchpoint t"
        " JOIN identifier i ON i.customer_id = t.customer_id"
        " JOIN touchpoint_origin o ON o.id = t.origin_id JOIN channel c ON c.id = o.channel_id"
        " WHERE t.name = 'Email Opened' ORDER BY t.id"
    )
    return [
        (row["value"], row["name"], row["asset_id"], orjson.loads(row["properties"]))
        for row in rows
    ]


async def test_an_opened_mail_is_told_of_as_weak_evidence(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    asset, _, code = await a_link()
    for recipient, agent in (("u-17", PERSON), ("{{user.id}}", PERSON), ("u-17", ROBOT)):
        answer = await client.get(f"/o/{code}.gif", params={"u": recipient}, headers=agent)
        assert (answer.status_code, answer.content) == (200, DOT)
    assert answer.headers["content-type"] == "image/gif"
    assert answer.headers["cache-control"] == "no-store, private"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    await drain(settings)
    said = {"code": code, "assetId": global_id("ContentAsset", asset), "isWeak": True}
    assert await told() == [
        ("u-17", "E-mail", asset, said | {"isRobot": False}),
        ("tracked-link-opens", "E-mail", asset, said | {"isRobot": False}),
        ("tracked-link-robots", "E-mail", asset, said | {"isRobot": True}),
    ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_tells_of_nothing_shows_the_dot_as_well(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    _, link, code = await a_link()
    asked = [("HEAD", code, {}), ("GET", code, {"DNT": "1"}), ("GET", code, {"Sec-GPC": "1"})]
    asked += [("GET", "unknown234", {}), ("GET", code.swapcase(), {}), ("GET", "x" * 300, {})]
    for method, name, headers in asked:
        answer = await client.request(method, f"/o/{name}.gif", headers=PERSON | headers)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/gif")
    await disable_link(SYSTEM, link)
    assert (await client.get(f"/o/{code}.gif", headers=PERSON)).content == DOT
    assert await drain(settings) == 0
    assert (await client.post(f"/o/{code}.gif")).status_code == 405
