"""The figures of an experiment are those of the log."""

import pytest

from tests.support.clock import SettableClock
from tests.support.content import an_asset
from tests.support.events import arrive, customer_of
from tests.support.experiments import (
    BOUGHT,
    VIEWED,
    an_arm,
    an_experiment,
    did,
    figures,
    found,
    people,
    shown_and_bought,
)
from tests.support.judging import judge_all
from tests.support.waiting import until
from touchline.domain.conditions.tree import Did
from touchline.domain.experiments.drafting import NewArm
from touchline.domain.experiments.refreshing import end_due, refresh
from touchline.domain.experiments.service import assigned_arm, stop_experiment
from touchline.domain.identity import service as identity
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, HOUR, MINUTE, SECOND
from touchline.domain.kernel.db import fetch
from touchline.settings import Settings
from touchline.workers.embedded import working


async def test_people_are_counted_in_the_arm_that_they_saw(
    db: Settings, clock: SettableClock
) -> None:
    experiment = await an_experiment()
    await shown_and_bought("A", 120, 12)
    await shown_and_bought("B", 130, 65)
    clock.advance(HOUR)
    await refresh(experiment)
    assert await figures(experiment) == [("A", 120, 12), ("B", 130, 65)]
    row = await found(experiment)
    assert (row["verdict"], row["state"], row["computed_at"]) == ("WORKED", "RUNNING", clock())


async def test_what_was_done_before_or_outside_the_window_does_not_count(
    db: Settings, clock: SettableClock
) -> None:
    experiment = await an_experiment(duration=DAY)
    early, late, both = await people(1), await people(1), await people(1)
    await did(early, VIEWED, after=-MINUTE, variation_name="A")
    await did(late, VIEWED, after=DAY, variation_name="A")
    await did(both, BOUGHT)
    await did(both, VIEWED, after=2 * MINUTE, variation_name="A")
    await did(both, BOUGHT, after=2 * DAY)
    await did(both, BOUGHT, after=2 * MINUTE)  # in the same millisecond: not after it
    clock.advance(3 * DAY)
    await refresh(experiment)
    assert await figures(experiment) == [("A", 1, 0), ("B", 0, 0)]


async def test_who_saw_two_arms_is_in_none_and_counted(db: Settings, clock: SettableClock) -> None:
    experiment = await an_experiment()
    seen = await shown_and_bought("A", 10, 10)
    await did(seen[:3], VIEWED, after=5 * MINUTE, variation_name="B")
    clock.advance(HOUR)
    await refresh(experiment)
    assert await figures(experiment) == [("A", 7, 7), ("B", 0, 0)]
    assert (await found(experiment))["in_two_arms"] == 3


async def test_a_merge_moves_people_and_an_unmerge_brings_them_back(
    db: Settings, clock: SettableClock
) -> None:
    experiment = await an_experiment()
    clock.advance(MINUTE)
    shown = {"type": "track", "event": VIEWED}
    await arrive(
        db,
        {**shown, "userId": "ann", "properties": {"variation_name": "A"}},
        {**shown, "userId": "bob", "properties": {"variation_name": "A"}},
        {**shown, "userId": "cid", "properties": {"variation_name": "B"}},
    )
    clock.advance(MINUTE)
    await arrive(db, {"type": "track", "event": BOUGHT, "userId": "bob"})
    clock.advance(MINUTE)
    ann, bob, cid = [await customer_of("user_id", name) for name in ("ann", "bob", "cid")]
    await refresh(experiment)
    assert await figures(experiment) == [("A", 2, 1), ("B", 1, 0)]
    await identity.merge(SYSTEM, survivor_id=ann, absorbed_id=bob)
    merged = await identity.merge(SYSTEM, survivor_id=ann, absorbed_id=cid)
    await refresh(experiment)
    assert await figures(experiment) == [("A", 0, 0), ("B", 0, 0)]
    assert (await found(experiment))["in_two_arms"] == 1
    assert merged.merge_id is not None
    await identity.unmerge(SYSTEM, merge_id=merged.merge_id)
    await refresh(experiment)
    assert await figures(experiment) == [("A", 1, 1), ("B", 1, 0)]


async def test_content_counts_where_somebody_looked(db: Settings, clock: SettableClock) -> None:
    one, other = await an_asset("One"), await an_asset("Other")
    experiment = await an_experiment(NewArm("One", asset_id=one), NewArm("Other", asset_id=other))
    await did(await people(4), "Content Read", asset=one)
    await did(await people(3), "Link Clicked", asset=other)
    await did(await people(1), "Link Clicked", asset=other, isRobot=True)
    await did(await people(1), "Link Clicked", asset=other, isPrefetch=True)
    await did(await people(1), "Email Opened", asset=other, isWeak=True)
    clock.advance(HOUR)
    await refresh(experiment)
    assert await figures(experiment) == [("One", 4, 0), ("Other", 3, 0)]


async def test_a_number_is_added_up_for_each_person(db: Settings, clock: SettableClock) -> None:
    experiment = await an_experiment(
        property="cart.revenue", target=1.0, baseline=5.0, spread=10.0, fewest=2
    )
    buyers = await shown_and_bought("A", 4, 2, cart={"revenue": 10})
    await did(buyers[:1], BOUGHT, after=3 * MINUTE, cart={"revenue": 2.5})
    await did(buyers[:1], BOUGHT, after=3 * MINUTE, cart={"revenue": "90"})
    await did(buyers[:1], BOUGHT, after=3 * MINUTE, cart={"revenue": 1e300})
    await shown_and_bought("B", 2, 1)
    clock.advance(HOUR)
    await refresh(experiment)
    assert await figures(experiment) == [("A", 4, 2), ("B", 2, 1)]
    rows = await fetch("SELECT rate FROM experiment_arm ORDER BY place")
    assert [row["rate"] for row in rows] == [5_625_000_000, 0]


async def test_what_is_usual_is_taken_from_the_log(db: Settings, clock: SettableClock) -> None:
    customers = await people(50)
    await did(customers, "Visited", after=-DAY)
    await did(customers[:10], BOUGHT, after=-DAY)
    experiment = await an_experiment(baseline=None)
    row = await found(experiment)
    assert (row["baseline"], row["present"]) == (200_000_000, 50)
    assert row["verdict_sentence"] == "Too early to say: 0 of 157 people an arm were seen."


async def test_the_worker_follows_what_happens(db: Settings, clock: SettableClock) -> None:
    experiment = await an_experiment()
    clock.advance(MINUTE)
    shown = {"type": "track", "event": VIEWED, "properties": {"variation_name": "B"}}
    await arrive(db, {**shown, "userId": "ann"})
    await judge_all()
    clock.advance(11 * SECOND)

    async def seen() -> bool:
        return await figures(experiment) == [("A", 0, 0), ("B", 1, 0)]

    async with working(db):
        await until(seen)


async def test_its_numbers_are_frozen_at_its_end_and_told_once(
    db: Settings, clock: SettableClock
) -> None:
    experiment = await an_experiment(duration=DAY)
    await shown_and_bought("A", 120, 12)
    await shown_and_bought("B", 130, 65)
    clock.advance(DAY)
    assert await end_due() == 1
    assert await end_due() == 0
    row = await found(experiment)
    assert (row["state"], row["verdict"], row["frozen_at"]) == ("ENDED", "WORKED", clock())
    frozen = await figures(experiment)
    await shown_and_bought("A", 50, 50)
    clock.advance(DAY)
    await refresh(experiment)
    assert await figures(experiment) == frozen
    told = await fetch("SELECT payload FROM outbox WHERE topic = 'experiments.experiment_ended'")
    assert len(told) == 1


async def test_one_that_is_stopped_is_frozen_as_of_then(db: Settings, clock: SettableClock) -> None:
    experiment = await an_experiment(target=0.05)
    await shown_and_bought("A", 120, 12)
    await shown_and_bought("B", 120, 14)
    clock.advance(HOUR)
    await stop_experiment(SYSTEM, experiment)
    row = await found(experiment)
    assert (row["state"], row["verdict"], row["ends_at"]) == ("ENDED", "INCONCLUSIVE", clock())
    assert await figures(experiment) == [("A", 120, 12), ("B", 120, 14)]


async def test_an_older_look_does_not_take_the_place_of_a_newer(
    db: Settings, clock: SettableClock
) -> None:
    experiment = await an_experiment()
    await shown_and_bought("A", 120, 12)
    clock.advance(HOUR)
    await refresh(experiment)
    clock.advance(-30 * MINUTE)
    await did(await people(5), VIEWED, after=-5 * MINUTE, variation_name="A")
    await refresh(experiment)
    assert await figures(experiment) == [("A", 120, 12), ("B", 0, 0)]


async def test_people_are_drawn_by_weight_and_always_alike(db: Settings) -> None:
    experiment = await an_experiment(an_arm("A", weight=3), an_arm("B"))
    customers = await people(400)
    drawn = [await assigned_arm(experiment, one) for one in customers]
    assert drawn == [await assigned_arm(experiment, one) for one in customers]
    first, second = sorted({one for one in drawn if one is not None})
    assert None not in drawn
    assert 240 < drawn.count(first) < 360
    assert drawn.count(second) == 400 - drawn.count(first)


async def test_who_was_merged_is_shown_what_the_survivor_is(db: Settings) -> None:
    experiment = await an_experiment()
    await arrive(db, *[{"type": "identify", "userId": name} for name in ("ann", "bob")])
    ann, bob = await customer_of("user_id", "ann"), await customer_of("user_id", "bob")
    await identity.merge(SYSTEM, survivor_id=ann, absorbed_id=bob)
    assert await assigned_arm(experiment, bob) == await assigned_arm(experiment, ann)
    assert await assigned_arm(experiment, 10**9) is None


@pytest.mark.parametrize("kind", ["PAGE", "SCREEN"])
async def test_a_deed_may_be_any_touchpoint_of_a_type(
    db: Settings, clock: SettableClock, kind: str
) -> None:
    experiment = await an_experiment(deed=Did(type=kind), baseline=0.2)
    await shown_and_bought("A", 3, 3)
    clock.advance(HOUR)
    await refresh(experiment)
    assert await figures(experiment) == [("A", 3, 0), ("B", 0, 0)]
