"""The team's backlog over the last thirteen weeks of the demo's year.

Every act goes through the command that people use, at its own moment: the clock of this process
shows that moment while the act is done. So the history says when things happened in the year, and
not when the demo ran.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from touchline.demo.calendar import midnight, working_day
from touchline.demo.script import acts, story
from touchline.demo.team import Team, address, gather
from touchline.domain.backlog.queries import forecast_of
from touchline.domain.experiments import refreshing
from touchline.domain.experiments.relations import EXPERIMENT
from touchline.domain.kernel import clock
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import HOUR, Moment
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.members.queries import list_members

_MORNING: Final = 8 * HOUR


@dataclass(frozen=True, slots=True)
class Played:
    """What stands at the year's end: how many items, how long they take, and what was found."""

    items: int
    forecast: str
    findings: Sequence[tuple[str, str]]


async def work_on_backlog(end: date) -> Played | None:
    """Play the story, all of it or nothing; ``None`` when it was played before.

    No server may run in this process meanwhile, since its clock shows the past.
    """
    known = {one.email for one in await list_members(SYSTEM)}
    if address(story()["backlog"]["owner"]) in known:
        return None
    with _turned_clock() as turn_to:
        team = await in_transaction(partial(_play, end, turn_to))
        ahead = await forecast_of(team.backlog_id)
        rows = await fetch(f"SELECT name, verdict_sentence FROM {EXPERIMENT.table} ORDER BY id")
    found = [(row["name"], row["verdict_sentence"]) for row in rows]
    return Played(len(team.items), ahead.sentence, found)


Turn = Callable[[Moment], None]


async def _play(end: date, turn_to: Turn) -> Team:
    turn_to(working_day(end, 0) + _MORNING)
    team = await gather(end)
    for act in acts(end):
        await _come_due(team, act.moment, turn_to)
        turn_to(act.moment)
        await team.do(act)
    await _come_due(team, midnight(end), turn_to)
    turn_to(midnight(end))
    for experiment in team.experiments.values():
        await refreshing.refresh(experiment)
    return team


async def _come_due(team: Team, until: Moment, turn_to: Turn) -> None:
    """Do what a worker would have done by then, each at its time."""
    while team.due and min(team.due)[0] < until:
        first = min(team.due)
        team.due.remove(first)
        turn_to(first[0])
        await team.measure(first[1])


@contextmanager
def _turned_clock() -> Iterator[Turn]:
    """A clock that shows what it is turned to, for the length of the block."""
    shown = clock.now()

    def turn_to(moment: Moment) -> None:
        nonlocal shown
        shown = moment

    clock.use_clock(lambda: shown)
    try:
        yield turn_to
    finally:
        clock.use_clock(None)
