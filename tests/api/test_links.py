"""Tracked links, as browsers and robots follow them."""

from collections.abc import Mapping
from typing import Any

import httpx
import orjson
import pytest

from tests.support.asgi import started
from tests.support.clock import SettableClock
from tests.support.content import an_asset, approve
from tests.support.events import drain
from touchline.api.app import create_app
from touchline.domain.channels.listing import in_force
from touchline.domain.content.publishing import publish_due, unpublish_asset
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import HOUR
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.links.building import Utm
from touchline.domain.links.clicks import UNKNOWN
from touchline.domain.links.publishing import Place, publish_on, unschedule
from touchline.domain.links.service import (
    NewLink,
    allow_host,
    create_link,
    disable_link,
    disallow_host,
)
from touchline.settings import Settings

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
GOAL = "https://shop.example/air?x=1"
GRANTED = {"Cookie": "tl_consent=granted"}


async def a_link(**more: Any) -> tuple[int, str]:
    """A link with a campaign; returns its id and code."""
    utm = Utm("linkedin", "paid-social", "spring")
    link = await create_link(SYSTEM, NewLink(GOAL, "https://t.example/", utm, **more))
    (row,) = await fetch("SELECT code, url FROM tracked_link WHERE id = ?", (link,))
    assert row["url"] == f"https://t.example/l/{row['code']}"
    return link, row["code"]


async def click(client: httpx.AsyncClient, code: str, **headers: str) -> httpx.Response:
    given: Mapping[str, str] = {"User-Agent": AGENT, **headers}
    return await client.get(f"/l/{code}", headers=given, follow_redirects=False)


async def told() -> list[dict[str, Any]]:
    """Properties, visitor and channel of each click on the timeline."""
    rows = await fetch(
        "SELECT t.properties, t.customer_id, c.name AS channel FROM touchpoint t"
        " JOIN touchpoint_origin o ON o.id = t.origin_id JOIN channel c ON c.id = o.channel_id"
        " WHERE t.name = 'Link Clicked' ORDER BY t.id"
    )
    return [
        {**orjson.loads(row["properties"]), "who": row["customer_id"], "by": row["channel"]}
        for row in rows
    ]


async def test_a_click_leads_on_and_is_told(client: httpx.AsyncClient, settings: Settings) -> None:
    await allow_host(SYSTEM, "shop.example")
    _, code = await a_link()
    answer = await click(client, code)
    goal = f"{GOAL}&utm_source=linkedin&utm_medium=paid-social&utm_campaign=spring"
    assert (answer.status_code, answer.headers["location"]) == (302, goal)
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    await drain(settings)
    (one,) = await told()
    assert (one["code"], one["url"], one["by"]) == (code, goal, "Paid social")
    assert (one["isRobot"], one["isPrefetch"]) == (False, False)


async def test_a_visitor_is_known_again_only_with_consent(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    await allow_host(SYSTEM, "shop.example")
    _, code = await a_link()
    answer = await click(client, code, **GRANTED)
    cookie = answer.headers["set-cookie"]
    assert "SameSite=lax" in cookie
    visitor = cookie.partition(";")[0]
    assert visitor.startswith("tl_visitor=tl-")
    client.cookies.clear()
    again = await click(client, code, Cookie=f"tl_consent=granted; {visitor}")
    assert "set-cookie" not in again.headers
    client.cookies.clear()
    await click(client, code, Cookie="tl_consent=granted; tl_visitor=made-up")
    client.cookies.clear()
    refusals: list[dict[str, str]] = [
        {"Cookie": f"tl_consent=denied; {visitor}"},
        {"Cookie": f"tl_consent=granted; {visitor}", "DNT": "1"},
        {"Cookie": f"tl_consent=granted; {visitor}", "Sec-GPC": "1"},
        {"Cookie": visitor},
        {},
    ]
    for refusing in refusals:
        assert "set-cookie" not in (await click(client, code, **refusing)).headers
        client.cookies.clear()
    await drain(settings)
    first, second, third, *unknown = (one["who"] for one in await told())
    assert first == second
    assert len(unknown) == len(refusals)
    assert len(set(unknown)) == 1
    assert len({first, third, *unknown}) == 3
    rows = await fetch("SELECT customer_id FROM identifier WHERE value = ?", (UNKNOWN,))
    assert [row["customer_id"] for row in rows] == [unknown[0]]


async def test_nothing_is_kept_of_who_may_not_be_known(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    await allow_host(SYSTEM, "shop.example")
    _, code = await a_link()
    await click(client, code, Cookie="tl_consent=denied")
    await click(client, code, **GRANTED)
    await drain(settings)
    rows = await fetch("SELECT context FROM touchpoint ORDER BY id")
    kept = [orjson.loads(row["context"]) for row in rows]
    assert [(one.get("userAgent"), "ip" in one) for one in kept] == [(None, False), (AGENT, True)]


async def test_the_destination_is_led_to_as_it_was_written(client: httpx.AsyncClient) -> None:
    await allow_host(SYSTEM, "shop.example")
    goal = "https://shop.example/a;b/%e9?q=%E9&flag&x=a%20b;c&y=é"
    link = await create_link(SYSTEM, NewLink(goal, "https://t.example", Utm("a", "b")))
    (row,) = await fetch("SELECT code FROM tracked_link WHERE id = ?", (link,))
    answer = await click(client, row["code"])
    written = goal.replace("é", "%C3%A9")
    assert answer.headers["location"] == f"{written}&utm_source=a&utm_medium=b"


async def test_robots_and_prefetches_are_told_apart_and_make_no_customers(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    await allow_host(SYSTEM, "shop.example")
    _, code = await a_link()
    assert (await click(client, code, **{"User-Agent": "Twitterbot/1.0"})).status_code == 302
    assert (await click(client, code, **{"Sec-Purpose": "prefetch;prerender"})).status_code == 302
    head = await client.head(f"/l/{code}", headers={"User-Agent": AGENT})
    assert head.status_code == 302
    await drain(settings)
    clicks = await told()
    assert [(one["isRobot"], one["isPrefetch"]) for one in clicks] == [
        *((True, False), (False, True), (False, True))
    ]
    assert len({one["who"] for one in clicks}) == 1


async def test_what_leads_nowhere_is_not_found(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    host = await allow_host(SYSTEM, "shop.example")
    link, code = await a_link()
    other = "A" if code[0] != "A" else "B"
    for wrong in (other + code[1:], code[:-1], code + "x", code.swapcase() + "0", "%00"):
        answer = await click(client, wrong)
        assert answer.status_code == 404
        assert "location" not in answer.headers
    evil = {"User-Agent": AGENT, "Host": "evil.example"}
    for path in (f"/l/{code}/", f"/o/{code}.gif/", "/live/", "/graphql/"):
        answer = await client.get(path, headers=evil, follow_redirects=False)
        assert (answer.status_code, answer.headers.get("location")) == (404, None), path
    answer = await client.get(f"/l/{code}?url=https://evil.example", headers={"User-Agent": AGENT})
    assert answer.headers["location"].startswith(GOAL)
    await disallow_host(SYSTEM, host)
    assert (await click(client, code)).status_code == 404
    await allow_host(SYSTEM, "shop.example")
    assert (await click(client, code)).status_code == 302
    await disable_link(SYSTEM, link)
    assert (await click(client, code)).status_code == 404
    await drain(settings)
    assert len(await told()) == 2


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_consent_may_be_assumed_and_hosts_may_share_the_visitor(settings: Settings) -> None:
    wanted = {"consent": "assumed", "cookie_domain": "shop.example"}
    async with started(create_app(settings.model_copy(update=wanted))) as client:
        await allow_host(SYSTEM, "shop.example")
        _, code = await a_link()
        cookie = (await click(client, code)).headers["set-cookie"]
        assert cookie.startswith("tl_visitor=tl-")
        assert "Domain=shop.example" in cookie
        for refusing in ({"DNT": "1"}, {"Cookie": "tl_consent=denied"}):
            assert "set-cookie" not in (await click(client, code, **refusing)).headers


async def scheduled(clock: SettableClock) -> tuple[int, str]:
    """An asset that is published on a channel in an hour, and the code of its link there."""
    await allow_host(SYSTEM, "shop.example")
    asset = await an_asset()
    await approve(asset)
    channel = (await in_transaction(in_force)).channels["e-mail"]
    place = Place(channel, GOAL, "https://t.example")
    await publish_on(SYSTEM, asset, place, at=clock() + HOUR)
    (row,) = await fetch("SELECT code FROM tracked_link")
    return asset, row["code"]


async def test_the_link_of_what_is_to_come_leads_on_once_it_is_published(
    client: httpx.AsyncClient, clock: SettableClock
) -> None:
    asset, code = await scheduled(clock)
    assert (await click(client, code)).status_code == 404
    clock.advance(2 * HOUR)
    assert (await click(client, code)).status_code == 404
    await publish_due(asset)
    assert (await click(client, code)).headers["location"] == GOAL
    await unpublish_asset(SYSTEM, asset)
    assert (await click(client, code)).headers["location"] == GOAL


async def test_what_is_called_off_late_but_before_it_was_published_leaves_no_link(
    client: httpx.AsyncClient, clock: SettableClock
) -> None:
    asset, code = await scheduled(clock)
    clock.advance(2 * HOUR)
    await unschedule(SYSTEM, asset)
    assert await fetch("SELECT id FROM publication") == []
    assert (await click(client, code)).status_code == 404
    await publish_on(SYSTEM, asset, None)
    assert (await click(client, code)).status_code == 404


async def test_what_is_moved_late_but_before_it_was_published_keeps_its_link(
    client: httpx.AsyncClient, clock: SettableClock
) -> None:
    asset, code = await scheduled(clock)
    clock.advance(2 * HOUR)
    await publish_on(SYSTEM, asset, None, at=clock() + HOUR)
    assert (await click(client, code)).status_code == 404
    await publish_on(SYSTEM, asset, None)
    rows = await fetch("SELECT published_at FROM publication")
    assert [row["published_at"] for row in rows] == [clock()]
    assert (await click(client, code)).headers["location"] == GOAL
