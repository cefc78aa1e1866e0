"""Making all conversions anew from the log, and telling whether they are what it says."""

from dataclasses import dataclass
from functools import partial

from touchline.domain.conditions.sql import Range
from touchline.domain.conversions.keeping import keep
from touchline.domain.conversions.queries import Goal, all_goals
from touchline.domain.conversions.totalling import is_true, total_anew
from touchline.domain.conversions.valuing import mend_values
from touchline.domain.customers.queries import standing_after
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.kernel.rehearsing import rehearsed
from touchline.domain.staleness.service import hold_judgement

LIFETIME = "Lifetime values"
_AT_ONCE = 5_000
_END = 2**62


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A goal with how many conversions it has, and how many were not as the log says.

    The last of a rebuild is about what customers have brought in.
    """

    name: str
    conversions: int
    changed: int


async def rebuild() -> list[Rebuilt]:
    """Make the conversions of all goals anew; some customers in each transaction."""
    made = []
    for goal in await all_goals():
        if goal.is_applied:
            changed, reached = 0, 0
            while reached < _END:
                reached, some = await in_transaction(partial(_keep, goal, reached))
                changed += some
            counted, wrong = await in_transaction(partial(_total, goal))
            made.append(Rebuilt(goal.name, counted, changed or wrong))
    values, wrong = await in_transaction(_value)
    made.append(Rebuilt(LIFETIME, values, wrong))
    return made


async def differences() -> list[Rebuilt]:
    """What a rebuild would change; nothing is changed."""
    return [one for one in await rehearsed(rebuild) if one.changed]


async def _keep(goal: Goal, after: int) -> tuple[int, int]:
    """How far it is now, and how many were mended."""
    await hold_judgement()
    chosen = await standing_after(after, _AT_ONCE)
    up_to = chosen[-1] if chosen else _END
    return up_to, await keep(goal, Range(after, up_to), now())


async def _total(goal: Goal) -> tuple[int, int]:
    await hold_judgement()
    wrong = not await is_true(goal.id)
    if wrong:
        await total_anew(goal.id)
    (row,) = await fetch("SELECT count(*) AS found FROM conversion WHERE goal_id = ?", (goal.id,))
    return row["found"], int(wrong)


async def _value() -> tuple[int, int]:
    await hold_judgement()
    return await mend_values()
