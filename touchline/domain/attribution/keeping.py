"""Keeps credits true to touchpoints, conversions and settings: only what differs is written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from touchline.domain.attribution.configuration import in_force
from touchline.domain.attribution.crediting import Converted, Credit, earned
from touchline.domain.attribution.effects import effects_of
from touchline.domain.attribution.gathering import sieve, visits_of
from touchline.domain.conversions.queries import conversions_of
from touchline.domain.kernel.clock import DAY, Moment
from touchline.domain.kernel.db import Row, after_commit, execute, fetch
from touchline.domain.kernel.doorbell import DAYS, ring
from touchline.domain.kernel.rows import in_list, insert_later, parts

_COLUMNS = (
    *("conversion_id", "goal_id", "customer_id", "occurred_at", "day", "currency"),
    *Credit._fields,
)
_DAY, _MODEL, _PLACE = (_COLUMNS.index(name) for name in ("day", "model", "place"))
_PART = 5_000

Line = tuple[Any, ...]
"""The values of ``_COLUMNS``."""


async def keep(customer_ids: Collection[int], at: Moment) -> int:
    """Bring the credits of some customers up to date; returns for how many conversions they moved.

    In the transaction of the caller, who holds the judgement.
    """
    if not customer_ids:
        return 0
    rows = await conversions_of(customer_ids)
    stood = await _stood(customer_ids, [row["id"] for row in rows])
    if not rows and not stood:
        return 0
    meant = await _meant(rows)
    moved = [one for one in meant.keys() | stood.keys() if meant.get(one) != stood.get(one)]
    if moved:
        await _write(sorted(moved), meant, stood, at)
    return len(moved)


async def _meant(rows: Sequence[Row]) -> dict[int, list[Line]]:
    """What is to be stored, by conversion."""
    settings = (await in_force()).settings
    chosen = await sieve(settings)
    converted: dict[tuple[int, int], list[Converted]] = {}
    for row in rows:
        key = row["customer_id"], row["goal_id"]
        converted.setdefault(key, []).append(_converted(row))
    seen = await visits_of({customer for customer, _ in converted}, chosen)
    effects = await effects_of({goal for _, goal in converted})
    found: dict[int, list[Line]] = {}
    for (customer, goal), own in converted.items():
        known = {one.id: one for one in own}
        shared = earned(seen.get(customer, []), own, settings, chosen.direct, effects.get(goal, {}))
        for conversion, given in shared.items():
            one = known[conversion]
            about = (one.id, goal, customer, one.at, one.at // DAY, one.currency)
            lines = [(*about, *credit) for credit in given]
            found[conversion] = sorted(lines, key=_ordered)
    return found


def _converted(row: Row) -> Converted:
    worth = row["value_minor"]
    return Converted(
        *(row["id"], row["goal_id"], row["touchpoint_id"], row["occurred_at"]),
        *(None if worth is None else worth - row["refunded_minor"], row["currency"]),
    )


async def _stood(
    customer_ids: Collection[int], conversion_ids: Collection[int]
) -> dict[int, list[Line]]:
    """What is stored of the customers, and of the conversions whosever they were."""
    found: dict[int, list[Line]] = {}
    for column, wanted in (("customer_id", customer_ids), ("conversion_id", conversion_ids)):
        for some in parts(sorted(wanted), _PART):
            condition, params = in_list(column, some)
            known = set(found)
            rows = await fetch(
                f"SELECT {', '.join(_COLUMNS)} FROM attribution_credit WHERE {condition}", params
            )
            for row in rows:
                if row["conversion_id"] not in known:
                    found.setdefault(row["conversion_id"], []).append(tuple(row))
    return {one: sorted(lines, key=_ordered) for one, lines in found.items()}


async def _write(
    moved: Sequence[int],
    meant: Mapping[int, list[Line]],
    stood: Mapping[int, list[Line]],
    at: Moment,
) -> None:
    for some in parts([one for one in moved if one in stood], _PART):
        condition, params = in_list("conversion_id", some)
        await execute(f"DELETE FROM attribution_credit WHERE {condition}", params)
    lines = [line for one in moved for line in meant.get(one, [])]
    for part in parts(lines, _PART):
        insert_later(
            "attribution_credit", (*_COLUMNS, "computed_at"), [(*line, at) for line in part]
        )
    change_days(
        {line[_DAY] for one in moved for line in (*meant.get(one, []), *stood.get(one, []))}
    )


def _ordered(line: Line) -> tuple[str, int]:
    return line[_MODEL], line[_PLACE]


def change_days(days: Iterable[int]) -> None:
    """Have days summed anew."""
    insert_later("attribution_changed_day", ["day"], [(day,) for day in sorted(days)])
    after_commit(lambda: ring(DAYS))
