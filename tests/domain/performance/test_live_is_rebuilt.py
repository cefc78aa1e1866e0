"""Whatever happens and in whatever order: the figures kept live are those of a rebuild.

``TOUCHLINE_TEST_FIGURES=500`` looks at more histories.
"""

import os
from collections import defaultdict

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.channels import roll_all
from tests.support.clock import SettableClock
from tests.support.content import a_published_asset
from tests.support.events import arrive
from tests.support.ledger import empty
from tests.support.performance import figures_settled
from touchline.domain.channels import ruling
from touchline.domain.channels.rules import Rule
from touchline.domain.conversions.definition import Definition, FixedValue
from touchline.domain.conversions.describing import GoalText
from touchline.domain.conversions.service import create_goal
from touchline.domain.identity import service as identity
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, HOUR, format_moment
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.performance import rollups
from touchline.domain.performance.counting import counted_as
from touchline.domain.performance.verifying import differences, stored
from touchline.settings import Settings

TABLES = (
    *("asset_delta", "asset_origin_day", "asset_reader", "asset_day", "asset_channel_day"),
    *(
        "asset_value_day",
        "asset_conversion",
        "conversion",
        "conversion_goal",
        "stale",
        "wake",
        "content_asset",
        "content_version",
    ),
    *("content_step", "content_address"),
)
WORTH = FixedValue(1_000, "EUR")
RULES = [
    [Rule("By mail", mediums=("email",)), Rule("Else")],
    [Rule("News", sources=("news",)), Rule("By mail", mediums=("email",))],
]
people = st.sampled_from(["u1", "u2", "u3"])
devices = st.sampled_from(["c1", "c2", "c3", "c4"])
slugs = st.sampled_from(["air", "filter", "nowhere"])
events = st.sampled_from(["Content Read", "Content Shared", "Link Clicked", "page", "Ordered"])
acts = st.one_of(
    st.tuples(st.just("told"), devices, slugs, events, st.integers(0, 72)),
    st.tuples(st.just("told"), devices, slugs, events, st.integers(0, 72)),
    st.tuples(st.just("identify"), devices, people),
    st.tuples(st.just("rules"), st.integers(0, 1)),
    st.tuples(st.just("merge")),
    st.tuples(st.just("unmerge")),
    st.tuples(st.just("settle")),
)


async def _act(db: Settings, clock: SettableClock, act: tuple[object, ...]) -> None:
    match act:
        case ("told", str(device), str(slug), str(event), int(ago)):
            await arrive(db, _told(device, slug, event, ago, clock()))
        case ("identify", str(device), str(user)):
            await arrive(db, {"type": "identify", "anonymousId": device, "userId": user})
        case ("rules", int(which)):
            run, _ = await ruling.set_rules(SYSTEM, RULES[which])
            await ruling.apply_rules(run)
            await rollups.rebuild_channels()
        case ("merge",):
            rows = await fetch("SELECT DISTINCT customer_id FROM identity_link ORDER BY 1")
            if len(rows) > 1:
                await identity.merge(SYSTEM, survivor_id=rows[0][0], absorbed_id=rows[-1][0])
        case ("unmerge",):
            merges = await fetch("SELECT id FROM identity_merge WHERE undone_at IS NULL")
            if merges:
                await identity.unmerge(SYSTEM, merge_id=merges[-1][0])
        case _:
            await figures_settled()


def _told(device: str, slug: str, event: str, ago: int, at: int) -> dict[str, object]:
    medium = {"source": "news", "medium": "email"} if ago % 2 else {}
    properties: dict[str, object] = {"assetSlug": slug, "code": "unknown"}
    if ago % 5 == 0:
        properties["isRobot"] = True
    call = {"type": "track", "event": event}
    if event == "page":
        call = {"type": "page", "name": "Air"}
    return call | {
        "anonymousId": device,
        "properties": properties,
        "context": {"campaign": medium},
        "timestamp": format_moment(at - ago * HOUR),
    }


async def _clear() -> None:
    for table in TABLES:
        await execute(f"DELETE FROM {table}")


async def _by_hand() -> dict[str, set[tuple[object, ...]]]:
    """Days and readers by a plain loop over the log."""
    days: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * 4)
    readers: set[tuple[object, ...]] = set()
    for row in await fetch("SELECT * FROM touchpoint WHERE asset_id IS NOT NULL"):
        key = (row["asset_id"], row["occurred_at"] // DAY)
        is_robot = orjson.loads(row["properties"]).get("isRobot")
        place = {"Content Read": 0, "Link Clicked": 2, "Content Shared": 3}.get(row["name"])
        place = 1 if row["type"] == "PAGE" else place
        if place is None or (place == 2 and is_robot):
            continue
        days[key][place] += 1
        if place == 0:
            readers.add((*key, row["customer_id"]))
    counted: set[tuple[object, ...]] = {
        (*key, told[0], len({one for one in readers if one[:2] == key}), *told[1:])
        for key, told in days.items()
    }
    return {"asset_day": counted, "asset_reader": readers}


async def _parts() -> set[tuple[object, ...]]:
    """Who met which asset last before each conversion, and which others, by a plain loop."""
    log = await fetch("SELECT * FROM touchpoint ORDER BY occurred_at, id")
    found: set[tuple[object, ...]] = set()
    for conversion in await fetch("SELECT * FROM conversion"):
        at, met = conversion["occurred_at"], []
        for row in log:
            kind = counted_as(row["type"], row["name"], orjson.loads(row["properties"]))
            if row["customer_id"] == conversion["customer_id"] and row["asset_id"] and kind:
                met += [row["asset_id"]] * (at - 90 * DAY < row["occurred_at"] <= at)
        for asset in set(met):
            found.add((asset, at // DAY, conversion["id"], asset != met[-1], 1_000, "EUR"))
    return found


@settings(
    max_examples=int(os.environ.get("TOUCHLINE_TEST_FIGURES", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=st.lists(acts, min_size=4, max_size=14))
async def test_figures_kept_live_are_those_of_a_rebuild_and_of_a_loop(
    db: Settings, clock: SettableClock, history: list[tuple[object, ...]]
) -> None:
    await empty()
    await in_transaction(_clear)
    for title in ("Air", "Filter"):
        await a_published_asset(title)
    await create_goal(SYSTEM, GoalText("Orders", Definition("Ordered", value=WORTH)))
    for act in history:
        await _act(db, clock, act)
    await roll_all()
    await figures_settled()
    assert await differences() == []
    kept = await stored()
    by_hand = await _by_hand()
    assert kept["asset_reader"] == by_hand["asset_reader"]
    assert {one[:7] for one in kept["asset_day"] if any(one[2:7])} == by_hand["asset_day"]
    parts = await _parts()
    assert {(*one[:2], one[3], *one[5:]) for one in kept["asset_conversion"]} == parts
    assert sum(int(str(one[7])) for one in kept["asset_day"]) == sum(not one[3] for one in parts)
