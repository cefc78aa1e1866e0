"""Credits follow what happens, and are what a rebuild makes of it."""

from random import Random
from typing import Any

import pytest

from tests.support.attribution import (
    WAYS,
    came,
    credits_of,
    did,
    happens,
    minutes,
    sales,
    settled,
    stored_credits,
    stored_sums,
)
from tests.support.clock import SettableClock
from tests.support.events import arrive
from tests.support.judging import judge_all
from touchline.domain.attribution.configuration import Settings as Kept
from touchline.domain.attribution.configuration import in_force
from touchline.domain.attribution.effects import effects_of, fit, fit_if_changed, share_anew
from touchline.domain.attribution.errors import AttributionErrorCode as Code
from touchline.domain.attribution.journeys import Transform
from touchline.domain.attribution.rolling import roll
from touchline.domain.attribution.service import set_settings
from touchline.domain.attribution.upkeep import differences, rebuild
from touchline.domain.channels.rules import Rule
from touchline.domain.channels.ruling import apply_rules, set_rules
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.crash import use_crash_hook
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.errors import Conflict, Refused
from touchline.settings import Settings


async def test_the_touches_before_a_conversion_share_what_it_is_worth(db: Settings) -> None:
    await sales()
    await happens(
        db,
        came("ann", "Organic search", 9),
        came("ann", "E-mail", 5),
        came("ann", "No arrival", 5 - minutes(2)),
        came("ann", "Direct", 3),
        did("ann", "Bought", 2, total="100.00"),
        came("ann", "Paid search", 1),
    )

    assert await credits_of("LINEAR") == [
        ("Organic search", 0.333334, 3334),
        ("E-mail", 0.333333, 3333),
        ("Direct", 0.333333, 3333),
    ]
    assert await credits_of("FIRST") == [("Organic search", 1, 10_000)]
    assert await credits_of("LAST") == [("Direct", 1, 10_000)]
    assert await credits_of("LAST_NON_DIRECT") == [("E-mail", 1, 10_000)]
    assert await credits_of("POSITION") == [
        ("Organic search", 0.4, 4_000),
        ("E-mail", 0.2, 2_000),
        ("Direct", 0.4, 4_000),
    ]


async def test_a_touch_that_comes_late_takes_its_part(db: Settings) -> None:
    await sales()
    await happens(db, came("ann", "E-mail", 5), did("ann", "Bought", 2, total="1.00"))
    await happens(db, came("ann", "Organic search", 9))

    assert await credits_of() == [("Organic search", 0.5, 50), ("E-mail", 0.5, 50)]


async def test_what_is_refunded_is_credited_no_more(db: Settings) -> None:
    await sales()
    await happens(
        db,
        came("ann", "E-mail", 5),
        did("ann", "Bought", 2, total="100.00", order="o1"),
        did("ann", "Returned", 1, order="o1", amount="99.99"),
    )

    assert await credits_of() == [("E-mail", 1, 1)]


async def test_a_conversion_of_no_known_worth_shares_its_count_alone(db: Settings) -> None:
    await sales()
    await happens(db, came("ann", "E-mail", 5), did("ann", "Bought", 2))

    assert await credits_of() == [("E-mail", 1, None)]


async def test_touches_outside_the_look_back_and_weak_mail_count_for_nothing(db: Settings) -> None:
    await sales()
    await happens(
        db,
        came("ann", "Organic search", 93),
        did("ann", "Email Opened", 4),
        did("ann", "Email Link Clicked", 3),
        did("ann", "Bought", 2, total="1.00"),
    )

    assert await credits_of() == [("E-mail", 1, 100)]


async def test_content_that_was_read_in_a_visit_shares_its_credit(db: Settings) -> None:
    await sales()
    await happens(
        db,
        came("ann", "Organic search", 5),
        did("ann", "Read", 5 - minutes(1)),
        did("ann", "Read", 5 - minutes(2)),
        did("ann", "Bought", 5 - minutes(3), total="0.05"),
    )
    read = await fetch("SELECT id FROM touchpoint WHERE name = 'Read' ORDER BY occurred_at")
    for asset, row in enumerate(read, 71):
        await execute("UPDATE touchpoint SET asset_id = ? WHERE id = ?", (asset, row["id"]))
    await rebuild()

    rows = await fetch(
        "SELECT asset_id, touchpoint_id, weight_micro, value_minor FROM attribution_credit"
        " WHERE model = 'LAST' ORDER BY place"
    )
    assert [tuple(row) for row in rows] == [
        (71, read[0]["id"], 500_000, 3),
        (72, read[1]["id"], 500_000, 2),
    ]
    assert [one[0] for one in await credits_of("LAST")] == ["Organic search"] * 2


async def test_content_outside_of_a_visit_earns_under_the_channel_before_it_or_direct(
    db: Settings,
) -> None:
    await sales()
    await happens(
        db,
        came("ann", "E-mail", 40),
        did("ann", "Read", 39),
        did("ann", "Bought", 38, total="1.00"),
        did("bob", "Read", 9),
        did("bob", "Bought", 8, total="1.00"),
        came("cat", "E-mail", 100),
        did("cat", "Read", 5),
        did("cat", "Bought", 4, total="1.00"),
    )
    await execute("UPDATE touchpoint SET asset_id = 71 WHERE name = 'Read'")
    await rebuild()
    assert await credits_of("LAST") == [("E-mail", 1, 100), ("Direct", 1, 100), ("Direct", 1, 100)]
    assert {one[0] for one in await credits_of()} == {"E-mail", "Direct"}
    rows = await fetch(
        "SELECT asset_id, campaign FROM attribution_credit WHERE model = 'LAST' ORDER BY place,"
        " occurred_at"
    )
    assert [tuple(row) for row in rows] == [(71, "spring"), (71, ""), (71, "")]

    await set_settings(SYSTEM, Kept(look_back=None))
    await share_anew()
    await settled()
    assert [one[0] for one in await credits_of("LAST")] == ["E-mail", "Direct", "E-mail"]
    assert await differences() == (0, 0)


async def test_who_turns_out_to_be_one_person_has_one_journey(db: Settings) -> None:
    await sales()
    await happens(db, {**came("ann", "Organic search", 9), "userId": None, "anonymousId": "a"})
    await happens(db, came("ann", "E-mail", 5), did("ann", "Bought", 2, total="1.00"))
    assert await credits_of() == [("E-mail", 1, 100)]

    await happens(
        db, {"type": "identify", "userId": "ann", "anonymousId": "a", "messageId": "known"}
    )
    assert await credits_of() == [("Organic search", 0.5, 50), ("E-mail", 0.5, 50)]
    assert await differences() == (0, 0)


async def test_settings_hold_for_the_past_from_the_job_on(db: Settings) -> None:
    await sales()
    await happens(
        db,
        came("ann", "Organic search", 9),
        came("ann", "Direct", 5),
        did("ann", "Bought", 4, total="1.00"),
        came("ann", "E-mail", 3),
        did("ann", "Bought", 2, total="2.00"),
    )
    assert len(await credits_of()) == 5

    kept = Kept(is_split=True, transforms=(Transform.REMOVE_DIRECT,))
    await set_settings(SYSTEM, kept, expected_version=1)
    await share_anew()
    await settled()

    assert (await in_force()).version == 2
    assert await credits_of() == [("Organic search", 1, 100), ("E-mail", 1, 200)]
    assert await differences() == (0, 0)


@pytest.mark.parametrize(
    "kept, code, path",
    [
        (Kept(look_back=0), Code.LOOKBACK_INVALID, ("lookBack",)),
        (Kept(look_back=3_651 * DAY), Code.LOOKBACK_INVALID, ("lookBack",)),
        (Kept(steps=0), Code.STEPS_INVALID, ("steps",)),
        (Kept(transforms=(Transform.FIRST,) * 2), Code.TRANSFORM_REPEATED, ("transforms",)),
        (Kept(direct_channels=("Nowhere",)), Code.CHANNEL_UNKNOWN, ("directChannels", 0)),
        (Kept(ignored_channels=("Direct", " ")), Code.NAME_INVALID, ("ignoredChannels", 1)),
        (Kept(ignored_events=("a",) * 51), Code.TOO_MANY_NAMES, ("ignoredEvents",)),
    ],
)
async def test_settings_that_cannot_be_are_refused(
    db: Settings, kept: Kept, code: Code, path: tuple[Any, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        await set_settings(SYSTEM, kept)
    assert (refused.value.code, refused.value.path) == (code, path)
    with pytest.raises(Conflict):
        await set_settings(SYSTEM, Kept(steps=3), expected_version=7)
    assert await in_force() == await in_force()
    assert (await in_force()).version == 1


async def test_channels_that_rules_say_anew_are_credited(db: Settings) -> None:
    await sales()
    await happens(db, came("ann", "Organic search", 9), did("ann", "Bought", 2, total="1.00"))
    run, _ = await set_rules(SYSTEM, (Rule("Found us", referrers=("google.*",)),))
    await apply_rules(run)
    await share_anew()
    await settled()

    assert await credits_of() == [("Found us", 1, 100)]
    assert await differences() == (0, 0)


async def test_removal_effects_share_the_credit_once_they_are_worked_out(db: Settings) -> None:
    await sales()
    await happens(
        db,
        came("ann", "Organic search", 9),
        came("ann", "E-mail", 5),
        did("ann", "Bought", 2, total="1.00"),
        came("bob", "Organic search", 9),
        came("bob", "Direct", 8),
        came("eve", "E-mail", 9),
        did("eve", "Bought", 8, total="1.00"),
    )
    assert await credits_of("MARKOV") == [
        ("E-mail", 1, 100),
        ("Organic search", 0.5, 50),
        ("E-mail", 0.5, 50),
    ]

    (fitted,) = await fit()
    assert (fitted.paths, fitted.conversions, fitted.channels) == (3, 2, 3)
    await settled()
    # Without mail nobody buys. Half of those who buy come by search.
    assert sorted(next(iter((await effects_of([fitted.goal_id])).values())).values()) == [
        0.0,
        0.5,
        1.0,
    ]
    assert await credits_of("MARKOV") == [
        ("E-mail", 1, 100),
        ("Organic search", 0.333333, 33),
        ("E-mail", 0.666667, 67),
    ]
    assert await differences() == (0, 0)


async def test_effects_are_worked_out_again_only_where_something_happened(
    db: Settings, clock: SettableClock
) -> None:
    await sales()
    await happens(db, came("ann", "E-mail", 5), did("ann", "Bought", 2, total="1.00"))
    at = "SELECT computed_at FROM attribution_fit"
    await fit_if_changed()
    first = (await fetch(at))[0][0]
    clock.advance(DAY)
    await fit_if_changed()
    assert (await fetch(at))[0][0] == first
    await happens(db, came("bob", "E-mail", 1))
    await fit_if_changed()
    assert (await fetch(at))[0][0] == first + DAY


async def test_live_credits_are_those_of_a_rebuild_in_whichever_order_things_arrive(
    db: Settings,
) -> None:
    await sales()
    random = Random(7)
    ways = sorted(WAYS)
    events = [
        came(random.choice("abcdef"), random.choice(ways), round(random.random() * 120, 3))
        for _ in range(120)
    ] + [
        did(random.choice("abcdef"), "Bought", round(random.random() * 60, 3), total=str(number))
        for number in range(40)
    ]
    random.shuffle(events)
    for start in range(0, len(events), 32):
        await happens(db, *events[start : start + 32])
        if start == 64:
            await fit()
    await settled()
    shared, sums = await stored_credits(), await stored_sums()
    assert await differences() == (0, 0)

    await execute("DELETE FROM attribution_credit")
    await execute("DELETE FROM attribution_day")
    lost = await differences()
    assert lost[0] > 30
    mended = await rebuild()
    assert mended.conversions == lost[0]
    await settled()
    assert (await stored_credits()).keys() - shared.keys() == {
        line for line in await stored_credits() if line[3] == "MARKOV" and line not in shared
    }
    assert sum(sums.values()) > 100
    assert await differences() == (0, 0)


async def test_a_crash_while_days_are_summed_loses_nothing(db: Settings) -> None:
    await sales()
    await arrive(db, came("ann", "E-mail", 5), did("ann", "Bought", 2, total="1.00"))
    await judge_all()

    def crash(place: str) -> None:
        if place == "attribution.rolled":
            raise RuntimeError(place)

    use_crash_hook(crash)
    try:
        with pytest.raises(RuntimeError):
            await roll()
    finally:
        use_crash_hook(None)
    assert not await stored_sums()
    await settled()
    assert sum((await stored_sums()).values()) == 8
    assert await differences() == (0, 0)


async def test_all_that_conversions_are_worth_is_credited_by_every_model(db: Settings) -> None:
    await sales()
    random = Random(11)
    ways = sorted(set(WAYS) - {"No arrival"})
    await happens(
        db,
        *(came(who, random.choice(ways), ago) for who in "abcd" for ago in range(20, 60, 3)),
        *(did(who, "Bought", ago, total="33.37") for who in "abcd" for ago in (5, 12, 19)),
    )

    rows = await fetch(
        "SELECT model, sum(weight_micro) AS weight, sum(value_minor) AS value FROM attribution_day"
        " GROUP BY model"
    )
    assert {row["model"]: (int(row["weight"]), int(row["value"])) for row in rows} == dict.fromkeys(
        [
            *("FIRST", "LAST", "LAST_NON_DIRECT", "LINEAR"),
            *("POSITION", "TIME_DECAY", "MARKOV", "SHAPLEY"),
        ],
        (12_000_000, 12 * 3337),
    )
