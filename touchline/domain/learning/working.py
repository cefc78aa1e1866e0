"""Learning a scoring model: look at customers, have a scorecard fitted, write it as a draft.

Nothing is kept between: after a kill it is begun anew, and gives the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Any

import orjson

from touchline.domain.conditions.explaining import explain
from touchline.domain.conditions.storage import from_json
from touchline.domain.kernel.actor import Actor, ActorKind, Scope
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import execute, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.learning.observing import Observed, observe
from touchline.domain.learning.question import Answer, CannotFit, Fit, Question
from touchline.domain.learning.sampling import Conversion, Subject, converted, draw, others
from touchline.domain.learning.scorecard import LearnedRule, Scorecard, scorecard
from touchline.domain.learning.service import Wish
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.service import create_model
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.domain.tasks import service as tasks
from touchline.domain.tasks.service import Task, TaskStatus

NOTHING_TELLS = "Nothing that customers did or were before tells the conversion."
_DRAWN, _OBSERVED, _FITTED = 10, 70, 95


@dataclass(frozen=True, slots=True)
class _Wished:
    """The wish, and the instant at which it was made: a second run looks from there as well."""

    wish: Wish
    at: Moment


@dataclass(frozen=True, slots=True)
class _Learned:
    subjects: Sequence[Subject]
    unheard: int
    answer: Answer
    card: Scorecard


async def go_on(task_id: int, fit: Fit) -> None:
    """Do the task to its end; ``fit`` answers what a scorecard is to be made of."""
    wished = await _wished(task_id)
    if wished is None:
        return
    try:
        learned = await _learn(task_id, wished.wish, wished.at, fit)
        await _write(task_id, wished.wish, learned)
    except (Refused, CannotFit) as error:
        await tasks.give_up(task_id, str(error))


async def _learn(task_id: int, wish: Wish, at: Moment, fit: Fit) -> _Learned:
    found = await converted(wish.conversion, wish.ahead, at)
    subjects = await draw(found, await others(found), wish.seed)
    await tasks.reach(task_id, _DRAWN)
    observed = Observed()
    async for done in observe(subjects, wish.lookback, observed):
        await tasks.reach(task_id, _DRAWN + (_OBSERVED - _DRAWN) * done // len(subjects))
    outcome = [subject.converted for subject in subjects]
    signs = observed.signs(len(subjects), wish.lookback)
    if signs:
        answer = await fit(
            Question(
                [list(sign.column) for sign in signs],
                [len(sign.bins) + 1 for sign in signs],
                outcome,
                wish.folds,
                wish.seed,
            )
        )
        await tasks.reach(task_id, _FITTED)
        return _Learned(subjects, found.unheard, answer, scorecard(signs, outcome, answer))
    return _Learned(subjects, found.unheard, Answer([], [], [0.5] * wish.folds), Scorecard([], []))


@transactional
async def _write(task_id: int, wish: Wish, learned: _Learned) -> None:
    task = await tasks.find(task_id)
    if task is None or not task.is_open:
        return
    model = await _draft(task, wish, learned.card)
    aucs = learned.answer.aucs
    fit = {
        "customers": len(learned.subjects),
        "conversions": sum(one.converted for one in learned.subjects),
        "unheard": learned.unheard,
        "auc": fmean(aucs),
        "aucSpread": pstdev(aucs),
        "aucs": aucs,
    }
    shown = [await _shown(rule, len(learned.subjects)) for rule in learned.card.rules]
    await execute(
        "UPDATE scoring_suggestion SET model_id = ?, fit = ?, rules = ? WHERE task_id = ?",
        (model, orjson.dumps(fit).decode(), orjson.dumps(shown).decode(), task_id),
    )
    if model is not None:
        await tasks.end(task)
    else:
        await tasks.end(task, TaskStatus.FAILED, NOTHING_TELLS)


async def _draft(task: Task, wish: Wish, card: Scorecard) -> int | None:
    """Write the draft; without a rule there is none."""
    rules = [
        RuleText(rule.name, rule.points * MICRO, rule.condition, rule.dimension)
        for rule in card.rules
    ]
    text = ModelText(wish.name, rules, card.bands, conversion=wish.conversion.event)
    return await create_model(_actor(task), text) if rules else None


async def _shown(rule: LearnedRule, customers: int) -> dict[str, Any]:
    return {
        "name": rule.name,
        "summary": await explain(rule.condition),
        "points": rule.points,
        "weightOfEvidence": round(rule.evidence, 6),
        "share": rule.customers / customers,
        "customers": rule.customers,
        "conversions": rule.hits,
        "explanation": rule.words,
    }


@transactional
async def _wished(task_id: int) -> _Wished | None:
    """What the task is to learn; ``None`` when it is over."""
    row = await fetch_one("SELECT * FROM scoring_suggestion WHERE task_id = ?", (task_id,))
    task = await tasks.find(task_id)
    if row is None or task is None or not task.is_open:
        return None
    condition = from_json(row["condition"]) if row["condition"] else None
    wish = Wish(
        *(row["name"], Conversion(row["event"], condition)),
        *(row["lookback"], row["ahead"], row["folds"], row["seed"]),
    )
    return _Wished(wish, row["created_at"])


def _actor(task: Task) -> Actor:
    return Actor(ActorKind.SYSTEM, None, task.actor_name, frozenset({Scope.WRITE}))
