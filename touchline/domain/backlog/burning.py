"""The burn-up of a cycle: how many points are in it, and how many of them are out, day by day.

An item is in a cycle from its planning on, or from the pull by which it joined; it leaves when it
is dropped. It counts with the size that it has at that time, and nothing without one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from touchline.domain.kernel.clock import DAY, Moment


class ScopeChange(StrEnum):
    """Why the points of a cycle became more or fewer."""

    PLANNED = "PLANNED"
    JOINED = "JOINED"
    ESTIMATED = "ESTIMATED"
    DROPPED = "DROPPED"


class Turn(StrEnum):
    """What happens to an item of a cycle."""

    SIZED = "SIZED"
    LAUNCHED = "LAUNCHED"
    DROPPED = "DROPPED"


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the log. ``before`` and ``points`` are sizes; only those of ``SIZED`` count."""

    item_id: int
    at: Moment
    turn: Turn
    before: int = 0
    points: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """An item of a cycle, and since when; ``points`` is its size today."""

    item_id: int
    since: Moment
    is_planned: bool
    points: int


@dataclass(frozen=True, slots=True)
class Change:
    """The points of a cycle changed by an item; ``points`` may be below 0."""

    item_id: int
    change: ScopeChange
    points: int


@dataclass(frozen=True, slots=True)
class BurnUpDay:
    """The points in a cycle and those that are out, when a day ended, and what changed on it."""

    day: int
    scope: int
    done: int
    changes: tuple[Change, ...]


def burn_up(
    members: Iterable[Member],
    events: Iterable[Event],
    first_day: int,
    last_day: int,
    until: Moment,
) -> list[BurnUpDay]:
    """Day by day; what happened before the first day counts into it, what is after ``until`` not.

    ``events`` are in the order in which they were written, and of the members' whole time: the
    first size that is said later tells which one stood before.
    """
    by_item: dict[int, list[Event]] = {}
    for one in events:
        by_item.setdefault(one.item_id, []).append(one)
    changes: dict[int, list[Change]] = {}
    done: dict[int, int] = {}
    for member in members:
        mine = by_item.get(member.item_id, [])
        for at, change, points in _changes(member, mine, until):
            day = max(first_day, at // DAY)
            changes.setdefault(day, []).append(Change(member.item_id, change, points))
        for one in mine:
            if one.turn is Turn.LAUNCHED and one.at <= until:
                day = max(first_day, one.at // DAY)
                done[day] = done.get(day, 0) + _size_at(member, mine, one.at)
    return _summed(changes, done, first_day, last_day)


def _changes(
    member: Member, mine: list[Event], until: Moment
) -> list[tuple[Moment, ScopeChange, int]]:
    began = ScopeChange.PLANNED if member.is_planned else ScopeChange.JOINED
    size = _size_at(member, mine, member.since)
    found = [(member.since, began, size)]
    for one in mine:
        if not member.since < one.at <= until:
            continue
        if one.turn is Turn.SIZED and one.points != size:
            found.append((one.at, ScopeChange.ESTIMATED, one.points - size))
            size = one.points
        elif one.turn is Turn.DROPPED:
            found.append((one.at, ScopeChange.DROPPED, -size))
            break
    return found


def _size_at(member: Member, mine: list[Event], at: Moment) -> int:
    """The size at an instant: the last that was said, or what stood before the first since."""
    sized = [one for one in mine if one.turn is Turn.SIZED]
    said = [one for one in sized if one.at <= at]
    if said:
        return said[-1].points
    return sized[0].before if sized else member.points


def _summed(
    changes: Mapping[int, list[Change]], done: Mapping[int, int], first_day: int, last_day: int
) -> list[BurnUpDay]:
    days, scope, out = [], 0, 0
    for day in range(first_day, last_day + 1):
        today = tuple(changes.get(day, ()))
        scope += sum(one.points for one in today)
        out += done.get(day, 0)
        days.append(BurnUpDay(day, scope, out, today))
    return days
