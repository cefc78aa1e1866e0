"""Workers keep credits and their sums, and follow settings and channels that change."""

from tests.support.attribution import came, credits_of, did, sales
from tests.support.events import arrive
from tests.support.waiting import until
from touchline.domain.attribution.configuration import Settings as Kept
from touchline.domain.attribution.service import set_settings
from touchline.domain.channels.rules import Rule
from touchline.domain.channels.ruling import set_rules
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.settings import Settings
from touchline.workers.embedded import working

FOUND = Rule("Found us", referrers=("google.*",))
WRITTEN = Rule("Written to", mediums=("email",))


async def summed() -> dict[str, int]:
    """The credit of each channel by the linear model, in millionths, from the sums of days."""
    rows = await fetch(
        "SELECT n.name, d.weight_micro FROM attribution_day d"
        " JOIN channel n ON n.id = d.channel_id WHERE d.model = 'LINEAR'"
    )
    return {row["name"]: row["weight_micro"] for row in rows}


async def test_workers_credit_what_happens_and_share_it_anew_when_rules_change(
    db: Settings,
) -> None:
    await sales()
    async with working(db):
        await arrive(
            db,
            came("ann", "Organic search", 9),
            came("ann", "E-mail", 5),
            did("ann", "Bought", 2, total="1.00"),
        )

        async def credited() -> bool:
            return await summed() == {"Organic search": 500_000, "E-mail": 500_000}

        await until(credited)
        await set_rules(SYSTEM, (FOUND, WRITTEN))

        async def renamed() -> bool:
            return await summed() == {"Found us": 500_000, "Written to": 500_000}

        await until(renamed)
        await set_settings(SYSTEM, Kept(steps=1))

        async def shared() -> bool:
            return await summed() == {"Written to": 1_000_000}

        await until(shared)
    assert await credits_of("MARKOV") == [("Written to", 1, 100)]
    assert len(await fetch("SELECT 1 FROM attribution_fit")) == 1
