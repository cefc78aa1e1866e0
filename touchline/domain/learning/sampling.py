"""Who is looked at, and at which instant: the one from which the conversion was still to come.

Of those who converted it lies ``ahead`` before their conversion. The others get the instant of one
who converted, drawn among those after they were first seen; so both sides are looked at in the same
seasons. Where the conversion is a condition, it lies ``ahead`` before now for all.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from touchline.domain.conditions.queries import matches
from touchline.domain.conditions.tree import Condition
from touchline.domain.customers.queries import first_seen_of, seen_before
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rows import parts
from touchline.domain.timeline.relations import TOUCHPOINT

MOST_CONVERTED = 10_000
MOST_OTHERS = 30_000
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Conversion:
    """What is to be told: that customers do an event for the first time, or that a condition comes
    to hold of them.
    """

    event: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A customer as they were at an instant, and whether they converted after it."""

    customer_id: int
    at: Moment
    converted: bool


@dataclass(frozen=True, slots=True)
class Converted:
    """The instant from which each customer who converted is looked at.

    ``unheard``: of how many nothing had happened until then, so that nothing could tell.
    ``before``: who had converted before, and is no example of either.
    """

    instants: Mapping[int, Moment]
    unheard: int
    before: Collection[int]


async def converted(conversion: Conversion, ahead: Moment, at: Moment) -> Converted:
    """Who converted until ``at``."""
    before: Collection[int] = ()
    if conversion.event is not None:
        firsts = await _firsts(conversion.event, at)
        instants = {one: moment - 1 - ahead for one, moment in firsts.items()}
    else:
        assert conversion.condition is not None
        before = await matches(conversion.condition, at=at - ahead)
        now_held = await matches(conversion.condition, at=at)
        instants = dict.fromkeys(sorted(now_held - before), at - ahead)
    seen = await _first_seen(list(instants))
    heard = {one: moment for one, moment in instants.items() if seen.get(one, at + 1) <= moment}
    return Converted(heard, len(instants) - len(heard), {*before, *instants})


async def others(found: Converted, enough: int | None = None) -> list[int]:
    """Who could have converted and did not; looks for no more once there are ``enough``."""
    latest = max(found.instants.values(), default=0)
    listed: list[int] = []
    reached: int | None = 0
    while reached is not None and (enough is None or len(listed) < enough):
        chosen = await seen_before(latest + 1, reached, _AT_ONCE)
        listed += [one for one in chosen if one not in found.before]
        reached = chosen[-1] if chosen else None
    return listed


async def draw(found: Converted, rest: Sequence[int], seed: int) -> list[Subject]:
    """Those to look at, by id; of large crowds some, drawn by ``seed``."""
    dice = Random(seed)
    ours = sorted(found.instants)
    if len(ours) > MOST_CONVERTED:
        ours = dice.sample(ours, MOST_CONVERTED)
    theirs = list(rest)
    if len(theirs) > MOST_OTHERS:
        theirs = dice.sample(theirs, MOST_OTHERS)
    instants = sorted(found.instants[one] for one in ours)
    seen = await _first_seen(theirs)
    subjects = [Subject(one, found.instants[one], True) for one in ours]
    for one in theirs:
        earliest = bisect_left(instants, seen[one])
        if earliest < len(instants):
            at = instants[dice.randrange(earliest, len(instants))]
            subjects.append(Subject(one, at, False))
    return sorted(subjects, key=lambda subject: subject.customer_id)


async def _firsts(event: str, at: Moment) -> dict[int, Moment]:
    rows = await fetch(
        f"SELECT t.customer_id, min(t.occurred_at) AS first FROM {TOUCHPOINT.table} t"
        " WHERE t.name = ? AND t.occurred_at <= ? GROUP BY t.customer_id ORDER BY t.customer_id",
        (event, at),
    )
    return {row["customer_id"]: row["first"] for row in rows}


async def _first_seen(customer_ids: Sequence[int]) -> dict[int, Moment]:
    found: dict[int, Moment] = {}
    for some in parts(customer_ids, _AT_ONCE):
        found |= await first_seen_of(some)
    return found
