"""Compiling what speaks of touchpoints: counts, sequences, channels."""

from collections.abc import Sequence as Many

from touchline.domain.conditions.comparing import compared
from touchline.domain.conditions.places import place
from touchline.domain.conditions.sql import CHOSEN, Members, Query, Scope, joined, united
from touchline.domain.conditions.tree import Channel, Comparison, Did, Sequence, Step
from touchline.domain.kernel.clock import Moment
from touchline.domain.timeline.relations import TOUCHPOINT

_TABLE = TOUCHPOINT.table
_CAMPAIGN = "campaign"
_CHANNEL_KEYS = (("source", "source"), ("medium", "medium"), ("campaign", "name"))


def did(leaf: Did, scope: Scope) -> Members:
    """Who has so many touchpoints; where none is enough, all but those who have too many."""
    held = _during(leaf, scope)
    least = _least(leaf)
    if least == 0:
        assert leaf.at_most is not None
        return Members(_counted(held, scope, [("> ?", leaf.at_most)]), outside=True)
    bounds = [(">= ?", least)] if least > 1 or leaf.at_most is not None else []
    bounds += [("<= ?", leaf.at_most)] if leaf.at_most is not None else []
    return Members(_counted(held, scope, bounds))


def did_wakes(leaf: Did, scope: Scope) -> Query:
    """When the touchpoint on which the count hangs leaves the window, or a future one counts."""
    matching = matching_step(_step(leaf), scope)
    future = _future(matching, scope, leaf.since, leaf.until)
    if leaf.within is None:
        return future
    places = sorted({_least(leaf), leaf.at_most + 1 if leaf.at_most is not None else 0} - {0})
    held = _during(leaf, scope)
    ranked = (
        "SELECT t.customer_id, t.occurred_at, row_number() OVER ("
        "PARTITION BY t.customer_id ORDER BY t.occurred_at DESC) AS place"
        f" FROM {_rows(held, scope)}"
    )
    leaving = Query(
        f"SELECT customer_id, occurred_at + {int(leaf.within)} AS wake_at FROM ({ranked}) ranked"
        f" WHERE place IN ({', '.join(map(str, places))})",
        held.params,
    )
    return united([leaving, future], "customer_id, wake_at", scope)


def channel(leaf: Channel, scope: Scope) -> Members:
    """Who has a touchpoint that came by such a campaign."""
    held = joined("AND", [_by_channel(leaf, scope), *_window(leaf.within, scope)])
    return Members(_counted(held, scope))


def channel_wakes(leaf: Channel, scope: Scope) -> Query:
    """When the last such touchpoint leaves the window, or a future one counts."""
    matching = _by_channel(leaf, scope)
    future = _future(matching, scope)
    if leaf.within is None:
        return future
    held = joined("AND", [matching, *_window(leaf.within, scope)])
    leaving = Query(
        f"SELECT t.customer_id, max(t.occurred_at) + {int(leaf.within)} AS wake_at"
        f" FROM {_rows(held, scope)} GROUP BY t.customer_id",
        held.params,
    )
    return united([leaving, future], "customer_id, wake_at", scope)


def sequence(leaf: Sequence, scope: Scope) -> Members:
    """Who has touchpoints in this order."""
    best = _latest_start(leaf, scope)
    return Members(Query(f"SELECT customer_id FROM {scope.defined(best)}"))


def sequence_wakes(leaf: Sequence, scope: Scope) -> Query:
    """When the start of the latest such row leaves the window, or a future touchpoint counts."""
    steps = joined("OR", [matching_step(step, scope) for step in leaf.steps])
    future = _future(steps, scope)
    if leaf.within is None:
        return future
    best = _latest_start(leaf, scope)
    leaving = Query(
        f"SELECT customer_id, begun_at + {int(leaf.within)} AS wake_at FROM {scope.defined(best)}"
    )
    return united([leaving, future], "customer_id, wake_at", scope)


def _latest_start(leaf: Sequence, scope: Scope) -> Query:
    """``customer_id`` and ``begun_at``: the latest instant at which a whole sequence began.

    Row by row and step by step: ``b2`` is the latest start of a sequence whose second step is
    this row. It is the greatest ``b1`` among the rows strictly before.
    """
    steps = [matching_step(step, scope) for step in leaf.steps]
    held = joined("AND", [joined("OR", steps), *_window(leaf.within, scope)])
    flags = ", ".join(
        f"CASE WHEN {step.text} THEN 1 ELSE 0 END AS m{at}" for at, step in enumerate(steps)
    )
    flagged = tuple(param for step in steps for param in step.params)
    found = f"SELECT t.* FROM {_rows(held, scope, flags)}"
    rows = scope.defined(Query(found, flagged + held.params))
    text = f"SELECT s.*, CASE WHEN m0 = 1 THEN occurred_at END AS b0 FROM {rows} s"
    for at in range(1, len(steps)):
        text = (
            f"SELECT s.*, CASE WHEN m{at} = 1 THEN max(b{at - 1}) OVER ("
            "PARTITION BY customer_id ORDER BY occurred_at"
            " RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
            f") END AS b{at} FROM {scope.defined(Query(text))} s"
        )
    last = f"b{len(steps) - 1}"
    short = f" AND occurred_at - {last} < {int(leaf.span)}" if leaf.span is not None else ""
    return Query(
        f"SELECT customer_id, max({last}) AS begun_at FROM {scope.defined(Query(text))}"
        f" WHERE {last} IS NOT NULL{short} GROUP BY customer_id"
    )


def _least(leaf: Did) -> int:
    if leaf.at_least is not None:
        return leaf.at_least
    return 0 if leaf.at_most is not None else 1


def _step(leaf: Did) -> Step:
    return Step(leaf.event, leaf.type, leaf.where)


def _during(leaf: Did, scope: Scope) -> Query:
    window = _window(leaf.within, scope, leaf.since, leaf.until)
    return joined("AND", [matching_step(_step(leaf), scope), *window])


def matching_step(step: Step, scope: Scope) -> Query:
    """Touchpoints ``t`` of the customers in question that the step means, whenever they were."""
    said = [Query("t.name = ?", (step.event,))] if step.event is not None else []
    said += [Query("t.type = ?", (step.type,))] if step.type is not None else []
    for where in step.where:
        stored = place("t.properties", where.property.split("."), scope)
        said.append(compared(stored, where.test))
    return joined("AND", said)


def _by_channel(leaf: Channel, scope: Scope) -> Query:
    tests: Many[tuple[str, Comparison | None]] = [
        (key, getattr(leaf, part)) for part, key in _CHANNEL_KEYS
    ]
    said = [
        compared(place("t.context", (_CAMPAIGN, key), scope), test)
        for key, test in tests
        if test is not None
    ]
    return joined("AND", said)


def _window(
    within: Moment | None,
    scope: Scope,
    since: Moment | None = None,
    until: Moment | None = None,
) -> list[Query]:
    when = _when(scope)
    said = [Query(f"{when} <= ?", (scope.at,))]
    said += [Query(f"{when} > ?", (scope.at - within,))] if within is not None else []
    said += [Query(f"{when} >= ?", (since,))] if since is not None else []
    said += [Query(f"{when} < ?", (until,))] if until is not None else []
    return said


def _when(scope: Scope) -> str:
    """``+`` keeps an index by time from being used where a range of customers is in question."""
    return "t.occurred_at" if scope.range is None else "+t.occurred_at"


def _rows(held: Query, scope: Scope, more: str = "") -> str:
    """What stands after ``FROM``: the touchpoints ``t`` that are meant, of those in question.

    For a few customers PostgreSQL goes from each to its touchpoints, whatever its statistics say
    of a table that grows while it is read: ``OFFSET 0`` keeps it from turning that round.
    """
    columns = "t.customer_id, t.occurred_at" + (f", {more}" if more else "")
    own = f"SELECT {columns} FROM {_TABLE} t WHERE {held.text}"
    if scope.chosen and scope.is_postgres:
        each = f"{own} AND t.customer_id = {CHOSEN}.id OFFSET 0"
        return f"{CHOSEN} CROSS JOIN LATERAL ({each}) t"
    return f"({own}{scope.bound('t.customer_id')}) t"


def _counted(held: Query, scope: Scope, bounds: Many[tuple[str, int]] = ()) -> Query:
    text = f"SELECT t.customer_id FROM {_rows(held, scope)}"
    if not bounds:
        return Query(text, held.params)
    having = " AND ".join(f"count(*) {bound}" for bound, _ in bounds)
    counts = tuple(count for _, count in bounds)
    return Query(f"{text} GROUP BY t.customer_id HAVING {having}", held.params + counts)


def _future(
    matching: Query, scope: Scope, since: Moment | None = None, until: Moment | None = None
) -> Query:
    """When the first touchpoint that is dated ahead comes to count."""
    when = _when(scope)
    later = [Query(f"{when} > ?", (scope.at,))]
    later += [Query(f"{when} >= ?", (since,))] if since is not None else []
    later += [Query(f"{when} < ?", (until,))] if until is not None else []
    held = joined("AND", [matching, *later])
    return Query(
        f"SELECT t.customer_id, min(t.occurred_at) AS wake_at FROM {_rows(held, scope)}"
        " GROUP BY t.customer_id",
        held.params,
    )
