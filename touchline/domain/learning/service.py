"""Wishing for a scoring model that is learned from conversions."""

from dataclasses import dataclass

from touchline.domain.conditions.explaining import explain
from touchline.domain.conditions.storage import to_json
from touchline.domain.conditions.validation import check
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import DAY, HOUR, Moment, now
from touchline.domain.kernel.db import fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.learning.errors import LearningErrorCode as Code
from touchline.domain.learning.sampling import Conversion, converted, others
from touchline.domain.scoring.service import is_taken
from touchline.domain.scoring.wording import conversion_event, model_name
from touchline.domain.tasks import service as tasks
from touchline.domain.timeline.relations import TOUCHPOINT

SUGGEST = "suggest_scores"
FEWEST_CONVERSIONS = 30
FEWEST_OTHERS = 30
FEWEST_FOLDS, MOST_FOLDS = 2, 10
LONGEST = 3_650 * DAY
STEPS = 100
"""Of a task: its share in percent."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be learned, and from what.

    ``lookback``: how long what was done counts. ``ahead``: how long before the conversion the
    customers are looked at. ``folds``: in how many parts they are held back in turn to try it.
    """

    name: str
    conversion: Conversion
    lookback: Moment = 90 * DAY
    ahead: Moment = DAY
    folds: int = 5
    seed: int = 1


async def suggest_model(actor: Actor, wish: Wish) -> int:
    """Have a draft learned in the background; returns the suggestion.

    Refused where there is too little to learn from: fewer than ``FEWEST_CONVERSIONS`` customers
    who converted and of whom something was known before.
    """
    actor.require(Scope.WRITE)
    await _check(wish)
    found = await converted(wish.conversion, wish.ahead, now())
    known = len(found.instants)
    if known < FEWEST_CONVERSIONS:
        unheard = (
            f" Of {found.unheard:,} more nothing was known so long before." if found.unheard else ""
        )
        message = (
            f"{known:,} customers converted after something was known of them;"
            f" {FEWEST_CONVERSIONS} are needed.{unheard}"
        )
        raise Refused(Code.CONVERSIONS_TOO_FEW, message, ("conversion",))
    rest = len(await others(found, FEWEST_OTHERS))
    if rest < FEWEST_OTHERS:
        message = f"{rest:,} customers did not convert; {FEWEST_OTHERS} are needed to compare with."
        raise Refused(Code.OTHERS_TOO_FEW, message, ("conversion",))
    return await _begin(actor, wish)


@transactional
async def _begin(actor: Actor, wish: Wish) -> int:
    task = await tasks.begin(actor, SUGGEST, STEPS, {})
    condition = wish.conversion.condition
    kept = (to_json(condition), await explain(condition)) if condition else (None, None)
    rows = await insert_rows(
        "scoring_suggestion",
        [
            *("task_id", "name", "event", "condition", "condition_summary", "lookback", "ahead"),
            *("folds", "seed", "rules", "created_at"),
        ],
        [
            (
                *(task, model_name(wish.name), conversion_event(wish.conversion.event)),
                *kept,
                *(wish.lookback, wish.ahead, wish.folds, wish.seed, "[]", now()),
            )
        ],
        returning="id",
    )
    return int(rows[0]["id"])


async def _check(wish: Wish) -> None:
    if await is_taken(model_name(wish.name)):
        message = f"There is a model called {wish.name.strip()} already."
        raise Refused(Code.NAME_TAKEN, message, ("name",))
    if not HOUR <= wish.lookback <= LONGEST:
        message = "What was done is looked back on for an hour to ten years."
        raise Refused(Code.LOOKBACK_INVALID, message, ("lookback",))
    if not 0 <= wish.ahead <= LONGEST:
        message = "Customers are looked at up to ten years before they converted."
        raise Refused(Code.AHEAD_INVALID, message, ("ahead",))
    if not FEWEST_FOLDS <= wish.folds <= MOST_FOLDS:
        message = f"There are {FEWEST_FOLDS} to {MOST_FOLDS} folds."
        raise Refused(Code.FOLDS_INVALID, message, ("folds",))
    await _check_conversion(wish)


async def _check_conversion(wish: Wish) -> None:
    event, condition = wish.conversion.event, wish.conversion.condition
    if condition is not None:
        await check(condition, path=("conversion", "condition"))
        if not wish.ahead:
            message = "Of a condition it is not known since when it holds; look some time ahead."
            raise Refused(Code.AHEAD_INVALID, message, ("ahead",))
        return
    name = conversion_event(event)
    if name is None or name != event:
        message = "Name the event by which customers convert."
        raise Refused(Code.CONVERSION_INVALID, message, ("conversion", "event"))
    if not await fetch(f"SELECT 1 FROM {TOUCHPOINT.table} t WHERE t.name = ? LIMIT 1", (name,)):
        message = f"Nobody ever did {name}."
        raise Refused(Code.EVENT_UNKNOWN, message, ("conversion", "event"))
