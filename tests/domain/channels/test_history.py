"""Touchpoints by channel and day, while events come and rules change."""

from collections import Counter
from random import Random

import pytest

from tests.support.channels import by_channel, roll_all, stored_days
from tests.support.events import arrive
from touchline.domain.channels.backfilling import recompute
from touchline.domain.channels.errors import ChannelErrorCode as Code
from touchline.domain.channels.rollups import rebuild
from touchline.domain.channels.rules import Rule
from touchline.domain.channels.ruling import apply_rules, preview_rules, set_rules
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.crash import use_crash_hook
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.errors import Conflict, Refused
from touchline.settings import Settings

REFERRERS = ("", "https://www.google.com/", "https://lnkd.in/", "https://a.example/")
BY_NAME = {
    "": "Direct",
    REFERRERS[1]: "Organic search",
    REFERRERS[2]: "Organic social",
    REFERRERS[3]: "Referrals",
}
SIMPLE = (Rule("Search", referrers=("google.*",)), Rule("Social", referrers=("lnkd.in",)))


def visit(number: int, referrer: str, day: str) -> dict[str, object]:
    return {
        "type": "page",
        "name": "Home",
        "anonymousId": f"a{number % 7}",
        "messageId": f"m{number}",
        "timestamp": f"{day}T{number % 24:02}:00:00.000Z",
        "context": {"page": {"url": "https://us.example/", "referrer": referrer}},
    }


async def visits(settings: Settings, count: int, seed: int = 3) -> Counter[tuple[str, str]]:
    """Events of some days in batches, counted as they come; returns day and channel."""
    random = Random(seed)
    told: Counter[tuple[str, str]] = Counter()
    days = ("2025-12-31", "2026-01-01", "2026-01-02", "2026-02-03")
    for start in range(0, count, 20):
        batch = []
        for number in range(start, min(start + 20, count)):
            referrer, day = random.choice(REFERRERS), random.choice(days)
            batch.append(visit(number + seed * 1_000, referrer, day))
            told[day, BY_NAME[referrer]] += 1
        await arrive(settings, *batch, *batch[:3])  # some are sent twice
        if random.random() < 0.5:
            await roll_all()
    await roll_all()
    return told


async def test_daily_counts_are_those_of_the_log_and_of_a_rebuild(db: Settings) -> None:
    told = await visits(db, 120)
    assert await stored_days() == told
    live = await fetch("SELECT day, origin_id, touchpoints FROM origin_day ORDER BY 1, 2")
    assert await rebuild() == 120
    again = await fetch("SELECT day, origin_id, touchpoints FROM origin_day ORDER BY 1, 2")
    assert [[*map(row.__getitem__, range(3))] for row in again] == [
        [*map(row.__getitem__, range(3))] for row in live
    ]
    assert await stored_days() == told


async def test_what_was_stored_before_gets_its_channel_later(db: Settings) -> None:
    told = await visits(db, 40)
    for table in ("touchpoint_origin", "origin_day", "channel_day"):
        await execute(f"DELETE FROM {table}")
    await execute("UPDATE touchpoint SET origin_id = NULL")
    assert await recompute() == (40, 40)
    assert await stored_days() == told
    assert await recompute() == (0, 40)
    rows = await fetch("SELECT topic FROM outbox ORDER BY id DESC LIMIT 2")
    assert [row["topic"] for row in rows] == ["channels.rules_applied"] * 2


async def test_a_change_is_seen_before_it_is_done_and_does_what_was_seen(db: Settings) -> None:
    told = await visits(db, 60)
    before = await by_channel()
    seen = (await preview_rules(SYSTEM, SIMPLE)).changes
    assert await by_channel() == before
    assert await fetch("SELECT 1 FROM channel WHERE name = 'Search'") == []
    counts = Counter[str]()
    for (_, name), count in told.items():
        counts[name] += count
    assert {(one.name, one.before, one.after) for one in seen} == {
        ("Search", 0, counts["Organic search"]),
        ("Social", 0, counts["Organic social"]),
        *((name, counts[name], 0) for name in BY_NAME.values()),
        ("", 0, counts["Direct"] + counts["Referrals"]),
    }
    run, outlook = await set_rules(SYSTEM, SIMPLE, expected_version=1)
    assert [(one.name, one.before, one.after) for one in outlook.changes] == [
        (one.name, one.before, one.after) for one in seen
    ]
    assert await by_channel() == before
    await apply_rules(run)
    await apply_rules(run)
    assert await by_channel() == {one.name: one.after for one in seen if one.after}
    (row,) = await fetch("SELECT * FROM channel_run WHERE id = ?", (run,))
    assert (row["version"], row["status"], row["touchpoint_count"]) == (2, "IN_FORCE", 60)
    assert (row["changed_count"], row["origin_count"]) == (60, 4)
    assert len(await fetch("SELECT 1 FROM outbox WHERE topic = 'channels.rules_applied'")) == 1


async def test_what_comes_while_a_change_waits_is_rewritten_with_the_rest(db: Settings) -> None:
    await visits(db, 20)
    run, _ = await set_rules(SYSTEM, SIMPLE)
    await arrive(db, visit(9_001, "https://www.bing.com/", "2026-01-01"))
    await arrive(db, visit(9_002, "https://www.google.fr/", "2026-01-01"))
    await apply_rules(run)
    await arrive(db, visit(9_003, "https://www.google.it/", "2026-01-01"))
    await roll_all()
    live = await by_channel()
    await rebuild()
    assert await by_channel() == live
    rows = await fetch(
        "SELECT o.referrer, c.name FROM touchpoint_origin o"
        " LEFT JOIN channel c ON c.id = o.channel_id WHERE o.referrer LIKE '%.%'"
    )
    found = {row["referrer"]: row["name"] for row in rows}
    assert found["www.bing.com"] is None
    assert found["www.google.fr"] == found["www.google.it"] == "Search"


async def test_the_later_of_two_changes_stands(db: Settings) -> None:
    await visits(db, 20)
    first, _ = await set_rules(SYSTEM, SIMPLE)
    second, _ = await set_rules(SYSTEM, (Rule("All"),))
    await apply_rules(second)
    await apply_rules(first)
    assert await by_channel() == {"All": 20}
    rows = await fetch("SELECT status FROM channel_run ORDER BY version")
    assert [row["status"] for row in rows] == ["REPLACED", "OVERTAKEN", "IN_FORCE"]


async def test_a_list_that_is_refused_changes_nothing(db: Settings) -> None:
    await visits(db, 20)
    before = await by_channel()
    with pytest.raises(Refused) as refusal:
        await set_rules(SYSTEM, ())
    assert refusal.value.code is Code.RULES_EMPTY
    with pytest.raises(Conflict):
        await set_rules(SYSTEM, SIMPLE, expected_version=7)
    assert await by_channel() == before
    assert len(await fetch("SELECT 1 FROM channel_run")) == 1
    assert await fetch("SELECT 1 FROM channel WHERE name = 'Search'") == []


async def test_a_worker_that_dies_while_it_counts_has_counted_nothing(db: Settings) -> None:
    await arrive(db, visit(1, "", "2026-01-01"))

    def dies(place: str) -> None:
        if place == "channels.rolled":
            raise ConnectionError("killed")

    use_crash_hook(dies)
    try:
        with pytest.raises(ConnectionError):
            await roll_all()
    finally:
        use_crash_hook(None)
    assert await stored_days() == {}
    await roll_all()
    assert await stored_days() == {("2026-01-01", "Direct"): 1}
