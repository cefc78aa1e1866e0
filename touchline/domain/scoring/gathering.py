"""Reading what rules of events count: one pass over the log for all rules of a model.

What is asked for some customers is read by them, what is asked for all in the order of the table.
Caps are dealt out in the order in which things happened, whatever the order of arrival: on each
day the first occurrences count, the one that reaches the cap in part.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import orjson

from touchline.domain.conditions.comparing import compared
from touchline.domain.conditions.places import place
from touchline.domain.conditions.sql import CHOSEN, Query, Scope, joined
from touchline.domain.conditions.tree import Did
from touchline.domain.kernel.clock import DAY, Moment
from touchline.domain.kernel.db import dialect
from touchline.domain.kernel.rows import values_table
from touchline.domain.scoring.bands import Fading
from touchline.domain.scoring.definition import Definition, Placed, Rule
from touchline.domain.timeline.relations import TOUCHPOINT

LATEST = 20
"""An occurrence is told by one number: its instant, then so many of the last bits of its id."""

_COLUMNS = [
    *(("rule", "bigint"), ("event", "text"), ("kind", "text"), ("points", "bigint")),
    *(("cap", "bigint"), ("once", "bigint"), ("grp", "bigint"), ("gcap", "bigint")),
]
_HIT = (
    "SELECT t.customer_id, v.rule, t.occurred_at AS at, t.id, v.points, v.cap, v.once, v.grp,"
    " v.gcap FROM"
)
_LATEST = f"(CASE WHEN at < 0 THEN 0 ELSE at END) * {1 << LATEST} + (id & {(1 << LATEST) - 1})"
# The touchpoints of chosen customers from an instant on, from each customer to its own.
_OF_EACH = f"t.customer_id = {CHOSEN}.id AND t.occurred_at >= {CHOSEN}.since"
_NEW = {
    "sqlite": f"{CHOSEN} CROSS JOIN {TOUCHPOINT.table} t ON {_OF_EACH} CROSS",
    "postgres": f"{CHOSEN} CROSS JOIN LATERAL (SELECT * FROM {TOUCHPOINT.table} t"
    f" WHERE {_OF_EACH} OFFSET 0) t",
}
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


@dataclass(frozen=True, slots=True)
class After:
    """All customers with ids after ``customer_id``."""

    customer_id: int


Whose = Collection[int] | After


def tallies(definition: Definition, kept: Fading, at: Moment, whose: Whose) -> Query | None:
    """For each customer and rule: the grown points, how many counted, the latest of them.

    Columns ``customer_id``, ``rule`` (its place), ``amount``, ``occurrences`` and ``latest``, by
    customer.
    """
    counted = _counted(definition, at, whose)
    if counted is None:
        return None
    amount, params = _grown(kept)
    capped = " WHERE points <> 0" if definition.has_caps() else ""
    text = (
        f"{counted.text} SELECT customer_id, rule, CAST(sum({amount}) AS BIGINT) AS amount,"
        f" count(*) AS occurrences, max({_LATEST}) AS latest"
        f" FROM counted{capped} GROUP BY customer_id, rule ORDER BY customer_id"
    )
    return Query(text, (*counted.params, *params))


def occurrences(definition: Definition, at: Moment, whose: Whose) -> Query | None:
    """Each occurrence that counts in the window, by customer.

    Columns ``customer_id``, ``rule`` (its place), ``amount``, ``at``, ``latest``.
    """
    counted = _counted(definition, at, whose)
    if counted is None:
        return None
    begin = at - definition.window if definition.window is not None else -(2**62)
    text = (
        f"{counted.text} SELECT customer_id, rule, points AS amount, at, {_LATEST} AS latest"
        " FROM counted WHERE points <> 0 AND at > ? ORDER BY customer_id, at, rule, id"
    )
    return Query(text, (*counted.params, begin))


def additions(definition: Definition, kept: Fading, since: Mapping[int, Moment]) -> Query | None:
    """``tallies`` of touchpoints from an instant on, another for each customer.

    Those dated ahead are among them: ``last`` tells the instant of the last. Where there are caps,
    it reads from the beginning of that day, for what they left of it is told by what came before;
    occurrences that count for nothing are told with 0 ``occurrences``. The first in that time of a
    rule that counts once is told, whether it is the first of all or not.
    """
    events = definition.of_events()
    if not events or not since:
        return None
    capped = definition.has_caps()
    item, rules = values_table("v", _COLUMNS, [_row(*each, _caps(definition)) for each in events])
    who, customers = values_table(
        CHOSEN,
        [("id", "bigint"), ("since", "bigint"), ("told", "bigint")],
        [(one, _day_of(at) if capped else at, at) for one, at in since.items()],
    )
    tests = _tests(events)
    passes = _passes(events)
    hits = " UNION ALL ".join(
        f"{_HIT} {_NEW[dialect()]} JOIN v ON {met}{tests.text}" for met in passes
    )
    layers = [who, item, f"hit AS ({hits})", *_dealt(definition)]
    counts, latest = "count(*)", _LATEST
    if capped:
        layers.append(
            "counted AS (SELECT o.customer_id, o.rule, o.at, o.id, o.points"
            f" FROM {_last(definition)} o JOIN {CHOSEN} c ON c.id = o.customer_id"
            " WHERE o.at >= c.told)"
        )
        counts = "sum(CASE WHEN points <> 0 THEN 1 ELSE 0 END)"
        latest = f"CASE WHEN points <> 0 THEN {_LATEST} END"
    amount, params = _grown(kept)
    text = (
        f"WITH {', '.join(layers)}"
        f" SELECT customer_id, rule, CAST(sum({amount}) AS BIGINT) AS amount,"
        f" {counts} AS occurrences, max({latest}) AS latest, max(at) AS last"
        f" FROM {'counted' if capped else 'hit'} GROUP BY customer_id, rule"
    )
    return Query(text, (*customers, *rules, *tests.params * len(passes), *params))


def coming(at: Moment, whose: Whose) -> Query:
    """When the next touchpoint counts that was told of before it happens: ``customer_id, at``."""
    chosen, held = _kept_to(whose)
    with_chosen = f"WITH {chosen.text} " if chosen.text else ""
    text = (
        f"{with_chosen}SELECT t.customer_id, min(t.occurred_at) AS at FROM {TOUCHPOINT.table} t"
        f" WHERE t.occurred_at > ?{held.text} GROUP BY t.customer_id"
    )
    return Query(text, (*chosen.params, at, *held.params))


def _counted(definition: Definition, at: Moment, whose: Whose) -> Query | None:
    """``WITH … counted``: each occurrence with the points that caps leave of it."""
    events = definition.of_events()
    if not events:
        return None
    item, params = values_table("v", _COLUMNS, [_row(*each, _caps(definition)) for each in events])
    chosen, held = _kept_to(whose)
    begin = _begin(definition, at)
    held = Query(held.text + begin.text, (*held.params, *begin.params))
    hits = _hits(events, at, held, all_of_them=isinstance(whose, After))
    layers = [
        *([chosen.text] if chosen.text else []),
        *(item, f"hit AS ({hits.text})", *_dealt(definition)),
        f"counted AS (SELECT customer_id, rule, at, id, points FROM {_last(definition)})",
    ]
    return Query(f"WITH {', '.join(layers)}", (*chosen.params, *params, *hits.params))


def _dealt(definition: Definition) -> list[str]:
    """``WITH`` items that deal the caps out to ``hit``, the last of which is ``_last``."""
    return [_RULED, *([_GROUPED] if definition.groups else [])] if definition.has_caps() else []


def _last(definition: Definition) -> str:
    if definition.groups:
        return "grouped"
    return "ruled" if definition.has_caps() else "hit"


def _day_of(at: Moment) -> Moment:
    """When its day begins. The days around 1970 are one to SQL: then all there is."""
    return at - at % DAY if at >= DAY else min(at, -(2**62))


def _begin(definition: Definition, at: Moment) -> Query:
    """Keeps ``t`` to the window and the rest of its first day, by which its caps are dealt out;
    what counts once is to be looked for in all there is.
    """
    if definition.window is None or any(rule.once for rule in definition.rules):
        return Query("")
    return Query(" AND t.occurred_at >= ?", (_day_of(at - definition.window),))


def _hits(events: Sequence[Placed], at: Moment, held: Query, *, all_of_them: bool) -> Query:
    """Each touchpoint with each rule that it meets: one pass for rules that name an event, and one
    for those that do not, where there are any.

    SQLite has to be told to go through the touchpoints once: it would rather do so for each rule,
    and for all customers look up each name by itself, in the order of the calendar.
    """
    tests = _tests(events)
    whole_table = " NOT INDEXED" if all_of_them else ""
    joined_to = f"t{whole_table} CROSS JOIN v ON" if dialect() == "sqlite" else "t JOIN v ON"
    passes = _passes(events)
    text = " UNION ALL ".join(
        f"{_HIT} {TOUCHPOINT.table} {joined_to} {met} AND t.occurred_at <= ?{held.text}{tests.text}"
        for met in passes
    )
    return Query(text, (at, *held.params, *tests.params) * len(passes))


def _passes(events: Sequence[Placed]) -> list[str]:
    """How a touchpoint and a rule meet: by the event that the rule names, or by the type."""
    found: list[str] = []
    if any(event.event is not None for _, _, event in events):
        kinds = any(event.type is not None for _, _, event in events if event.event is not None)
        said = " AND (v.kind IS NULL OR t.type = v.kind)" if kinds else ""
        found.append(f"t.name = v.event WHERE v.event IS NOT NULL{said}")
    if any(event.event is None for _, _, event in events):
        found.append("t.type = v.kind WHERE v.event IS NULL")
    return found


def _caps(definition: Definition) -> dict[str, tuple[int, int]]:
    """A number and the cap of each group, by its name."""
    return {group.name: (key, group.cap_per_day) for key, group in enumerate(definition.groups)}


def _row(
    place_of: int, rule: Rule, event: Did, groups: dict[str, tuple[int, int]]
) -> tuple[object, ...]:
    group, cap = groups[rule.group] if rule.group is not None else (None, None)
    return (
        *(place_of, event.event, event.type, rule.points, rule.cap_per_day, int(rule.once)),
        *(group, cap),
    )


def _tests(events: Sequence[Placed]) -> Query:
    """What rules ask of properties, looked at only where name and type are met."""
    scope = Scope(0, dialect())
    branches: list[Query] = []
    for number, _, event in events:
        if event.where:
            held = joined(
                "AND",
                [
                    compared(place("t.properties", where.property.split("."), scope), where.test)
                    for where in event.where
                ],
            )
            branches.append(Query(f"WHEN {number} THEN {held.text}", held.params))
    if not branches:
        return Query("")
    text = f" AND CASE v.rule {' '.join(one.text for one in branches)} ELSE TRUE END"
    return Query(text, tuple(param for one in branches for param in one.params))


def _kept_to(whose: Whose) -> tuple[Query, Query]:
    """A ``WITH`` item of chosen customers, where some are, and what keeps ``t`` to them."""
    if isinstance(whose, After):
        return Query(""), Query(" AND t.customer_id > ?", (whose.customer_id,))
    held = Query(f" AND t.customer_id IN (SELECT id FROM {CHOSEN})")
    if dialect() == "postgres":
        return Query(f"{CHOSEN}(id) AS (SELECT unnest(?::bigint[]))", (list(whose),)), held
    rows = f"{CHOSEN}(id) AS (SELECT value FROM json_each(?))"
    return Query(rows, (orjson.dumps(list(whose)).decode(),)), held


def _grown(kept: Fading) -> tuple[str, tuple[int, ...]]:
    """The SQL of ``decay.grown``."""
    if kept.half_life is None:
        return "points", ()
    age = "(at - CAST(? AS BIGINT)) / CAST(? AS DOUBLE PRECISION)"
    bounded = f"CASE WHEN {age} < -1000 THEN -1000 ELSE {age} END"
    text = f"CAST(trunc(points * power(2.0, {bounded})) AS BIGINT)"
    return text, (kept.landmark, kept.half_life) * 2
