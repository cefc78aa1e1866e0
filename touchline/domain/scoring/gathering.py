"""Reading what rules of events count: one pass over the log for all rules of a model.

Caps are dealt out in the order in which things happened, whatever the order of arrival: on each
day the first occurrences count, the one that reaches the cap in part.
"""

from collections.abc import Collection

import orjson

from touchline.domain.conditions.comparing import compared
from touchline.domain.conditions.places import place
from touchline.domain.conditions.sql import CHOSEN, Query, Range, Scope, joined
from touchline.domain.conditions.tree import Did
from touchline.domain.kernel.clock import DAY, Moment
from touchline.domain.kernel.db import dialect
from touchline.domain.kernel.rows import values_table
from touchline.domain.scoring.bands import Fading
from touchline.domain.scoring.definition import Definition, Rule
from touchline.domain.timeline.relations import TOUCHPOINT

_COLUMNS = [
    *(("rule", "bigint"), ("event", "text"), ("kind", "text"), ("points", "bigint")),
    *(("cap", "bigint"), ("once", "bigint"), ("grp", "bigint"), ("gcap", "bigint")),
]
_HIT = (
    "SELECT t.customer_id, v.rule, t.occurred_at AS at, t.id, v.points, v.cap, v.once, v.grp,"
    f" v.gcap FROM {TOUCHPOINT.table} t JOIN v ON"
)
_RULED = f"""ruled AS (SELECT customer_id, rule, at, id, grp, gcap, CASE
    WHEN once = 1 THEN CASE WHEN before = 0 THEN points ELSE 0 END
    WHEN cap IS NULL THEN points WHEN before >= cap THEN 0
    WHEN before + points > cap THEN cap - before ELSE points END AS points
  FROM (SELECT hit.*, CAST(sum(points) OVER (
    PARTITION BY customer_id, rule, CASE WHEN once = 1 THEN 0 ELSE at / {DAY} END
    ORDER BY at, id) AS BIGINT) - points AS before FROM hit) run)"""
_GROUPED = f"""grouped AS (SELECT customer_id, rule, at, id, CASE
    WHEN grp IS NULL THEN points WHEN before >= gcap THEN 0
    WHEN before + points > gcap THEN gcap - before ELSE points END AS points
  FROM (SELECT ruled.*, CAST(sum(points) OVER (
    PARTITION BY customer_id, grp, at / {DAY}
    ORDER BY at, rule, id) AS BIGINT) - points AS before FROM ruled) run)"""


Bound = Range | Collection[int]


def sums(definition: Definition, kept: Fading, at: Moment, bound: Bound) -> Query | None:
    """For each customer and rule: the grown points, how many counted, the last of them.

    Columns ``customer_id``, ``rule``, ``amount``, ``occurrences``, ``touchpoint_id``.
    """
    counted = _counted(definition, at, bound)
    if counted is None:
        return None
    amount, params = _grown(kept)
    last = "(max(ARRAY[at, id]))[2]" if dialect() == "postgres" else "id"
    extra = "" if dialect() == "postgres" else ", max(at) AS last_at"
    text = (
        f"{counted.text} SELECT customer_id, rule, CAST(sum({amount}) AS BIGINT) AS amount,"
        f" count(*) AS occurrences, {last} AS touchpoint_id{extra}"
        " FROM counted WHERE points <> 0 GROUP BY customer_id, rule"
    )
    return Query(text, (*counted.params, *params))


def occurrences(definition: Definition, at: Moment, bound: Bound) -> Query | None:
    """Each occurrence that counts in the window: ``customer_id, rule, at, id, points``."""
    counted = _counted(definition, at, bound)
    if counted is None:
        return None
    begin = at - definition.window if definition.window is not None else -(2**62)
    text = (
        f"{counted.text} SELECT customer_id, rule, at, id, points FROM counted"
        " WHERE points <> 0 AND at > ? ORDER BY customer_id, at, rule, id"
    )
    return Query(text, (*counted.params, begin))


def coming(at: Moment, bound: Bound) -> Query:
    """When the next touchpoint counts that was told of before it happens: ``customer_id, at``."""
    chosen, held = _bound(bound)
    with_chosen = f"WITH {chosen.text} " if chosen.text else ""
    text = (
        f"{with_chosen}SELECT t.customer_id, min(t.occurred_at) AS at FROM {TOUCHPOINT.table} t"
        f" WHERE t.occurred_at > ?{held.text} GROUP BY t.customer_id"
    )
    return Query(text, (*chosen.params, at, *held.params))


def _counted(definition: Definition, at: Moment, bound: Bound) -> Query | None:
    """``WITH … counted``: each occurrence with the points that caps leave of it."""
    events = definition.of_events()
    if not events:
        return None
    groups = {group.name: (key, group.cap_per_day) for key, group in enumerate(definition.groups)}
    rows = [_row(rule, event, groups) for rule, event in events]
    item, params = values_table("v", _COLUMNS, rows)
    chosen, held = _bound(bound)
    tests = _tests(events)
    branches = [
        (name, condition)
        for name, condition, wanted in (
            (
                "t.name = v.event",
                "v.event IS NOT NULL AND (v.kind IS NULL OR t.type = v.kind)",
                any(event.event is not None for _, event in events),
            ),
            (
                "t.type = v.kind",
                "v.event IS NULL",
                any(event.event is None for _, event in events),
            ),
        )
        if wanted
    ]
    hits = " UNION ALL ".join(
        f"{_HIT} {on} WHERE {condition} AND t.occurred_at <= ?{held.text}{tests.text}"
        for on, condition in branches
    )
    layers = [*([chosen.text] if chosen.text else []), item, f"hit AS ({hits})"]
    last = "hit"
    if definition.has_caps():
        layers.append(_RULED)
        last = "ruled"
    if definition.groups:
        layers.append(_GROUPED)
        last = "grouped"
    layers.append(f"counted AS (SELECT customer_id, rule, at, id, points FROM {last})")
    each = (at, *held.params, *tests.params)
    return Query(f"WITH {', '.join(layers)}", (*chosen.params, *params, *(each * len(branches))))


def _row(rule: Rule, event: Did, groups: dict[str, tuple[int, int]]) -> tuple[object, ...]:
    group, cap = groups[rule.group] if rule.group is not None else (None, None)
    return (
        *(rule.key, event.event, event.type, rule.points, rule.cap_per_day, int(rule.once)),
        *(group, cap),
    )


def _tests(events: Collection[tuple[Rule, Did]]) -> Query:
    """What rules ask of properties, looked at only where name and type are met."""
    scope = Scope(0, dialect())
    branches: list[Query] = []
    for rule, event in events:
        if event.where:
            held = joined(
                "AND",
                [
                    compared(place("t.properties", where.property.split("."), scope), where.test)
                    for where in event.where
                ],
            )
            branches.append(Query(f"WHEN {int(rule.key)} THEN {held.text}", held.params))
    if not branches:
        return Query("")
    text = f" AND CASE v.rule {' '.join(one.text for one in branches)} ELSE TRUE END"
    return Query(text, tuple(param for one in branches for param in one.params))


def _bound(bound: Bound) -> tuple[Query, Query]:
    """A ``WITH`` item of chosen customers, where some are, and what keeps ``t`` to them."""
    if isinstance(bound, Range):
        held = Query(" AND t.customer_id > ? AND t.customer_id <= ?", (bound.after, bound.up_to))
        return Query(""), held
    held = Query(f" AND t.customer_id IN (SELECT id FROM {CHOSEN})")
    if dialect() == "postgres":
        return Query(f"{CHOSEN}(id) AS (SELECT unnest(?::bigint[]))", (list(bound),)), held
    rows = f"{CHOSEN}(id) AS (SELECT value FROM json_each(?))"
    return Query(rows, (orjson.dumps(list(bound)).decode(),)), held


def _grown(kept: Fading) -> tuple[str, tuple[int, ...]]:
    """The SQL of ``decay.grown``."""
    if kept.half_life is None:
        return "points", ()
    age = "(at - CAST(? AS BIGINT)) / CAST(? AS DOUBLE PRECISION)"
    bounded = f"CASE WHEN {age} < -1000 THEN -1000 ELSE {age} END"
    text = f"CAST(trunc(points * power(2.0, {bounded})) AS BIGINT)"
    return text, (kept.landmark, kept.half_life) * 2
