"""How many items stood where at the end of each day, and what came and went each week.

Counted from the steps of the log alone: who came to a state and did not leave it stands there. Days
are whole days in UTC, counted from 1970, weekends with them; weeks begin on Monday.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from touchline.domain.backlog.types import ItemState

_WEEK = 7
_FIRST_MONDAY = 4
"""The first Monday, in days from 1970."""


@dataclass(frozen=True, slots=True)
class Steps:
    """So many items went from a state to another on a day; ``before`` is ``None`` for new ones."""

    day: int
    before: ItemState | None
    after: ItemState
    count: int


@dataclass(frozen=True, slots=True)
class Day:
    """How many items stood in each state when a day ended."""

    day: int
    standing: Mapping[ItemState, int]


@dataclass(frozen=True, slots=True)
class Week:
    """What was launched and what was accepted in a week; ``is_whole``: all its days are counted."""

    first_day: int
    launched: int
    accepted: int
    is_whole: bool


def cumulative(steps: Iterable[Steps], first_day: int, last_day: int) -> list[Day]:
    """The flow through the states, day by day; what happened before counts into the first day."""
    moved: dict[int, Counter[ItemState]] = {}
    for one in steps:
        day = moved.setdefault(max(one.day, first_day), Counter())
        day[one.after] += one.count
        if one.before is not None:
            day[one.before] -= one.count
    standing: Counter[ItemState] = Counter()
    days = []
    for day_of in range(first_day, last_day + 1):
        standing.update(moved.get(day_of, {}))
        days.append(Day(day_of, {state: standing[state] for state in ItemState}))
    return days


def weekly(steps: Iterable[Steps], first_day: int, last_day: int) -> list[Week]:
    """What was launched and accepted in each week that has a day of the range."""
    launched: Counter[int] = Counter()
    accepted: Counter[int] = Counter()
    for one in steps:
        if first_day <= one.day <= last_day:
            if one.after is ItemState.LAUNCHED:
                launched[monday_of(one.day)] += one.count
            if (one.before, one.after) == (ItemState.PROPOSED, ItemState.BACKLOG):
                accepted[monday_of(one.day)] += one.count
    return [
        Week(
            monday,
            launched[monday],
            accepted[monday],
            first_day <= monday and monday + _WEEK - 1 <= last_day,
        )
        for monday in range(monday_of(first_day), last_day + 1, _WEEK)
    ]


def monday_of(day: int) -> int:
    """The Monday of the week in which a day lies."""
    return day - (day - _FIRST_MONDAY) % _WEEK
