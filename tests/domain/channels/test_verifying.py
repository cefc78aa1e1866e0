"""What is kept of daily counts is compared with the log, and nothing is changed by that."""

from tests.support.channels import roll_all
from tests.support.events import arrive
from touchline.domain.channels.rollups import rebuild
from touchline.domain.channels.verifying import differences
from touchline.domain.kernel.db import execute, fetch
from touchline.settings import Settings

STORED = "SELECT day, channel_id, touchpoints FROM channel_day ORDER BY day, channel_id"


async def came(settings: Settings, *numbers: int) -> None:
    """One came from a search on each of these days of January, and one from nowhere."""
    for number in numbers:
        for referrer in ("https://www.google.com/", ""):
            event = {
                "type": "page",
                "name": "Home",
                "anonymousId": "a",
                "messageId": f"m{number}{referrer}",
                "timestamp": f"2026-01-{number:02}T10:00:00.000Z",
                "context": {"page": {"url": "https://us.example/", "referrer": referrer}},
            }
            await arrive(settings, event)


async def test_what_waits_to_be_added_up_is_no_difference(db: Settings) -> None:
    await came(db, 1, 2)
    waiting = await fetch("SELECT day, origin_id FROM origin_delta ORDER BY id")
    assert len(waiting) == 4
    assert await differences() == []
    assert await fetch("SELECT day, origin_id FROM origin_delta ORDER BY id") == waiting
    assert await fetch(STORED) == []


async def test_what_was_lost_or_counted_twice_is_told_until_it_is_mended(db: Settings) -> None:
    await came(db, 1, 2, 3)
    await roll_all()
    before = [tuple(row) for row in await fetch(STORED)]
    assert len(before) == 6
    days = sorted({day for day, _, _ in before})
    await execute("DELETE FROM channel_day WHERE day = ?", (days[0],))
    await execute("UPDATE origin_day SET touchpoints = 9 WHERE day = ?", (days[2],))
    spoilt = [tuple(row) for row in await fetch(STORED)]

    assert await differences() == ["2 days of origins differ", "2 days of channels differ"]
    assert [tuple(row) for row in await fetch(STORED)] == spoilt

    await rebuild()
    assert await differences() == []
    assert [tuple(row) for row in await fetch(STORED)] == before
