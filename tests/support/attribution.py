"""People who come by channels and convert, for tests of attribution."""

from collections import Counter
from typing import Any

from tests.support.conversions import goal
from tests.support.events import arrive
from tests.support.judging import judge_all
from tests.support.scoring import run_tasks
from touchline.domain.attribution.rolling import roll
from touchline.domain.kernel.clock import DAY, MINUTE, format_moment, now
from touchline.domain.kernel.db import fetch
from touchline.settings import Settings

WAYS: dict[str, dict[str, Any]] = {
    "Direct": {},
    "Organic search": {"referrer": "https://www.google.com/"},
    "Paid search": {"referrer": "https://www.google.com/", "query": "?gclid=1"},
    "E-mail": {"query": "?utm_medium=email&utm_source=news&utm_campaign=spring"},
    "No arrival": {"referrer": "https://us.example/before"},
}
SALES = {
    "name": "Sales",
    "event": "Bought",
    "value": {"property": {"name": "total", "currencyProperty": "currency", "currency": "EUR"}},
    "refunds": {
        "events": ["Returned"],
        "orderProperty": "order",
        "valueProperty": "amount",
    },
}


def came(who: str, channel: str, ago: float, page: str = "", **more: Any) -> dict[str, Any]:
    """A page that somebody looked at, coming by a channel so many days ago."""
    way = WAYS[channel]
    url = f"https://us.example/{page}{way.get('query', '')}"
    return {
        "type": "page",
        "name": "Page",
        "userId": who,
        "messageId": f"{who} {channel} {ago}",
        "timestamp": format_moment(now() - int(ago * DAY)),
        "context": {"page": {"url": url, "referrer": way.get("referrer", "")}},
        **more,
    }


def did(who: str, event: str, ago: float, **properties: Any) -> dict[str, Any]:
    """Something else that somebody did so many days ago."""
    return {
        "type": "track",
        "userId": who,
        "event": event,
        "messageId": f"{who} {event} {ago}",
        "timestamp": format_moment(now() - int(ago * DAY)),
        "properties": properties,
        "context": {"page": {"referrer": "https://us.example/a", "url": "https://us.example/b"}},
    }


def minutes(count: float) -> float:
    """Minutes in days."""
    return count * MINUTE / DAY


async def sales() -> str:
    """The goal of buying, in force; its global id."""
    made = await goal(SALES)
    await run_tasks()
    return made


async def happens(db: Settings, *events: dict[str, Any]) -> None:
    """Let these arrive, in one batch, and all follow from them that does."""
    await arrive(db, *events)
    await settled()


async def settled() -> None:
    """Judge and sum until nothing waits."""
    await judge_all()
    while await roll():
        pass


async def credits_of(model: str = "LINEAR") -> list[tuple[str, float, int | None]]:
    """Channel, weight and value of each credit by a model, journey by journey."""
    rows = await fetch(
        "SELECT n.name, c.weight_micro, c.value_minor FROM attribution_credit c"
        " JOIN channel n ON n.id = c.channel_id WHERE c.model = ?"
        " ORDER BY c.occurred_at, c.conversion_id, c.place",
        (model,),
    )
    return [(row["name"], row["weight_micro"] / 1_000_000, row["value_minor"]) for row in rows]


async def stored_credits() -> Counter[tuple[Any, ...]]:
    """All that is stored of credits, but for their own ids and when they were computed."""
    rows = await fetch(
        "SELECT conversion_id, goal_id, customer_id, model, place, touchpoint_id, channel_id,"
        " asset_id, campaign, occurred_at, day, weight_micro, value_minor, currency"
        " FROM attribution_credit"
    )
    return Counter(tuple(row) for row in rows)


async def stored_sums() -> Counter[tuple[Any, ...]]:
    """The sums of days, likewise."""
    rows = await fetch(
        "SELECT day, model, goal_id, channel_id, asset_id, campaign, currency, weight_micro,"
        " value_minor FROM attribution_day"
    )
    return Counter(tuple(row) for row in rows)
