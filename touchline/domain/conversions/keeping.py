"""Keeps conversions true to the log: what a goal makes of it now, against what stands.

The callers hold the transaction and the judgement. Only what differs is written, and told to those
above by ``facts.CONVERSION``. A conversion keeps its id while its touchpoint converts, whosever it
becomes by merges.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from touchline.domain.conditions.sql import Range
from touchline.domain.conversions.definition import Definition
from touchline.domain.conversions.events import CONVERSIONS_CHANGED
from touchline.domain.conversions.gathering import Whose, seen_by
from touchline.domain.conversions.projecting import Draft, Word, conversions
from touchline.domain.conversions.queries import Goal
from touchline.domain.conversions.valuing import value_anew
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Row, execute, fetch
from touchline.domain.kernel.money import added_sql, capped
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import in_list, insert_later, parts
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import mark

COLUMNS = tuple(one.name for one in fields(Draft))
_PART = 5_000
_TOLD_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class _Stood:
    """A conversion as it is stored."""

    id: int
    draft: Draft


async def drafted(
    goal_id: int, definition: Definition, until: Moment | None, whose: Whose
) -> list[Draft]:
    """The conversions that a goal makes of the touchpoints of some customers."""
    seen = await seen_by(definition, whose)
    words = await _words(goal_id, [one.touchpoint_id for each in seen.values() for one in each])
    return [
        draft
        for _, own in sorted(seen.items())
        for draft in conversions(definition, own, words, until)
    ]


async def keep(goal: Goal, whose: Whose, at: Moment) -> int:
    """Bring the conversions of some customers up to date; returns how many changed."""
    meant = {
        one.touchpoint_id: one for one in await drafted(goal.id, goal.definition, goal.until, whose)
    }
    stood = await _stood(goal.id, whose, meant)
    came = [one for touchpoint, one in meant.items() if touchpoint not in stood]
    changed = [
        (held, meant[touchpoint])
        for touchpoint, held in stood.items()
        if touchpoint in meant and held.draft != meant[touchpoint]
    ]
    went = [held for touchpoint, held in stood.items() if touchpoint not in meant]
    if not came and not changed and not went:
        return 0
    await _write(goal.id, came, changed, went, at)
    before = [held.draft for held, _ in changed] + [held.draft for held in went]
    after = [*came, *(one for _, one in changed)]
    _count(goal.id, before, after)
    customers = {one.customer_id for one in (*before, *after)}
    await value_anew(customers)
    mark({one: [facts.CONVERSION] for one in customers})
    await _tell(goal.id, came, changed, went)
    return len(came) + len(changed) + len(went)


async def stage(goal: Goal, whose: Whose) -> int:
    """Do the same for the version on its way, which nobody sees yet; returns how many there are."""
    assert goal.building is not None
    held, params = _held_to(whose)
    await execute(f"DELETE FROM conversion_staged WHERE goal_id = ? AND {held}", [goal.id, *params])
    made = await drafted(goal.id, goal.building.definition, goal.until, whose)
    insert_later(
        "conversion_staged", ("goal_id", *COLUMNS), [(goal.id, *_values(one)) for one in made]
    )
    return len(made)


async def _words(goal_id: int, touchpoints: Sequence[int]) -> dict[int, Word]:
    said: dict[int, Word] = {}
    for some in parts(touchpoints, _PART):
        condition, params = in_list("touchpoint_id", some)
        rows = await fetch(
            "SELECT touchpoint_id, amount_minor, currency, actor_name, reason FROM refund_word"
            f" WHERE goal_id = ? AND {condition} ORDER BY said_at, id",
            [goal_id, *params],
        )
        for row in rows:
            said[row["touchpoint_id"]] = Word(
                row["amount_minor"], row["currency"], row["actor_name"], row["reason"]
            )
    return said


async def _stood(goal_id: int, whose: Whose, touchpoints: Collection[int]) -> dict[int, _Stood]:
    """What is stored of the customers, and of the touchpoints whosever they were."""
    select = f"SELECT id, {', '.join(COLUMNS)} FROM conversion WHERE goal_id = ?"
    held, params = _held_to(whose)
    rows = await fetch(f"{select} AND {held}", [goal_id, *params])
    if not isinstance(whose, Range):
        for some in parts(sorted(touchpoints), _PART):
            held, params = in_list("touchpoint_id", some)
            rows += await fetch(f"{select} AND {held}", [goal_id, *params])
    return {row["touchpoint_id"]: _Stood(row["id"], _draft(row)) for row in rows}


def _held_to(whose: Whose) -> tuple[str, list[int]]:
    if isinstance(whose, Range):
        return "customer_id > ? AND customer_id <= ?", [whose.after, whose.up_to]
    return in_list("customer_id", whose)


async def _write(
    goal_id: int,
    came: Sequence[Draft],
    changed: Sequence[tuple[_Stood, Draft]],
    went: Sequence[_Stood],
    at: Moment,
) -> None:
    leaving = [held.id for held, _ in changed] + [held.id for held in went]
    for some in parts(leaving, _PART):
        condition, params = in_list("id", some)
        await execute(f"DELETE FROM conversion WHERE {condition}", params)
    insert_later(
        "conversion",
        ("id", "goal_id", *COLUMNS, "computed_at"),
        [(held.id, goal_id, *_values(one), at) for held, one in changed],
    )
    insert_later(
        "conversion",
        ("goal_id", *COLUMNS, "computed_at"),
        [(goal_id, *_values(one), at) for one in came],
    )


def _count(goal_id: int, before: Iterable[Draft], after: Iterable[Draft]) -> None:
    """Add to what is known of the goal in all."""
    sums: dict[str, list[int]] = {}
    for sign, drafts in ((-1, before), (1, after)):
        for one in drafts:
            total = sums.setdefault(one.currency or "", [0, 0, 0])
            total[0] += sign
            total[1] += sign * (one.value_minor or 0)
            total[2] += sign * one.refunded_minor
    added = ("conversions", "value_minor", "refunded_minor")
    sets = ", ".join(
        f"{name} = {added_sql(f'conversion_total.{name}', f'excluded.{name}')}" for name in added
    )
    insert_later(
        "conversion_total",
        ("goal_id", "currency", *added),
        [
            (goal_id, currency, *map(capped, more))
            for currency, more in sorted(sums.items())
            if any(more)
        ],
        on_conflict=f"ON CONFLICT (goal_id, currency) DO UPDATE SET {sets}",
    )


async def _tell(
    goal_id: int,
    came: Iterable[Draft],
    changed: Iterable[tuple[_Stood, Draft]],
    went: Iterable[_Stood],
) -> None:
    told: Mapping[str, Iterable[Draft]] = {
        "CAME": came,
        "CHANGED": [one for _, one in changed],
        "WENT": [held.draft for held in went],
    }
    changes = [
        [one.customer_id, goal_id, one.touchpoint_id, what]
        for what, drafts in told.items()
        for one in drafts
    ]
    for some in parts(changes, _TOLD_AT_ONCE):
        await emit(CONVERSIONS_CHANGED, {"changes": list(some)})


def _values(draft: Draft) -> tuple[object, ...]:
    return tuple(getattr(draft, name) for name in COLUMNS)


def _draft(row: Row) -> Draft:
    values = {name: row[name] for name in COLUMNS}
    return Draft(**{**values, "in_lifetime": bool(values["in_lifetime"])})
