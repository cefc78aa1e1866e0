"""A window is exact to the millisecond, at both of its ends."""

import pytest

from tests.support.rows import a_customer, a_touchpoint
from touchline.domain.conditions.queries import matches, wakes
from touchline.domain.conditions.tree import Condition, Did, Sequence, Step
from touchline.domain.kernel.clock import DAY, HOUR

AT = 1_700_000_000_123


async def _holds(condition: Condition, at: int) -> bool:
    return bool(await matches(condition, at=at))


async def test_an_event_counts_from_its_millisecond_for_exactly_the_duration(db: object) -> None:
    await a_touchpoint(await a_customer(), name="Ordered", occurred_at=AT)
    ordered = Did(event="Ordered", within=DAY)
    assert not await _holds(ordered, AT - 1)
    assert await _holds(ordered, AT)
    assert await _holds(ordered, AT + DAY - 1)
    assert not await _holds(ordered, AT + DAY)


async def test_between_instants_the_first_counts_and_the_last_does_not(db: object) -> None:
    await a_touchpoint(await a_customer(), name="Ordered", occurred_at=AT)
    assert await _holds(Did(event="Ordered", since=AT, until=AT + 1), AT + DAY)
    assert not await _holds(Did(event="Ordered", since=AT + 1), AT + DAY)
    assert not await _holds(Did(event="Ordered", until=AT), AT + DAY)


async def test_it_wakes_when_the_event_leaves_on_which_the_count_hangs(db: object) -> None:
    ann = await a_customer()
    for occurred in (AT, AT + HOUR, AT + 2 * HOUR):
        await a_touchpoint(ann, name="Ordered", occurred_at=occurred)
    at = AT + 3 * HOUR
    assert await wakes(Did(event="Ordered", at_least=2, within=DAY), at=at) == {
        ann: AT + HOUR + DAY
    }
    assert await wakes(Did(event="Ordered", at_most=1, within=DAY), at=at) == {ann: AT + HOUR + DAY}
    assert await wakes(Did(event="Ordered", at_least=2), at=at) == {}


async def test_an_event_dated_ahead_counts_when_its_time_comes(db: object) -> None:
    ann = await a_customer()
    await a_touchpoint(ann, name="Ordered", occurred_at=AT)
    never = Did(event="Ordered", at_most=0)
    assert await _holds(never, AT - 1)
    assert await wakes(never, at=AT - 1) == {ann: AT}
    assert not await _holds(never, AT)


@pytest.mark.parametrize("apart, holds", [(HOUR - 1, True), (HOUR, False), (0, False)])
async def test_a_sequence_is_shorter_than_its_span_and_each_step_is_later(
    db: object, apart: int, holds: bool
) -> None:
    ann = await a_customer()
    await a_touchpoint(ann, name="Signed Up", occurred_at=AT)
    await a_touchpoint(ann, name="Ordered", occurred_at=AT + apart)
    steps = (Step(event="Signed Up"), Step(event="Ordered"))
    assert await _holds(Sequence(steps, span=HOUR), AT + DAY) is holds


async def test_a_sequence_is_over_when_its_first_step_leaves_the_window(db: object) -> None:
    ann = await a_customer()
    for name, occurred in (("Signed Up", AT), ("Signed Up", AT + 5), ("Ordered", AT + 9)):
        await a_touchpoint(ann, name=name, occurred_at=occurred)
    inside = Sequence((Step(event="Signed Up"), Step(event="Ordered")), within=DAY)
    assert await wakes(inside, at=AT + 10) == {ann: AT + 5 + DAY}
    assert await _holds(inside, AT + 5 + DAY - 1)
    assert not await _holds(inside, AT + 5 + DAY)


async def test_who_was_merged_into_another_is_never_meant(db: object) -> None:
    ann = await a_customer()
    await a_customer(merged_into_id=ann)
    assert await matches(Did(event="Ordered", at_most=0), at=AT) == {ann}
