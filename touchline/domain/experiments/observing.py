"""What was seen of the arms of an experiment: always from the whole of the log.

A customer is in an arm from the first touchpoint on by which the people of the arm are known. Who
was seen in several arms is in none. What they did counts when it came after that touchpoint. Since
touchpoints follow the customer, a merge moves people, and parts or unites what was seen of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.conditions.comparing import compared
from touchline.domain.conditions.places import place
from touchline.domain.conditions.sql import Query, Scope, joined
from touchline.domain.conditions.touchpoints import matching_step
from touchline.domain.conditions.tree import Comparison, Operator, Step
from touchline.domain.experiments.samples import Sample
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import dialect, fetch
from touchline.domain.timeline.relations import TOUCHPOINT

CLICKED = "Link Clicked"
_UNSEEN = ("isRobot", "isPrefetch", "isWeak")
"""Properties by which a touchpoint says that nobody looked, or that nobody knows."""
_LARGEST = 1e12
"""A greater value of a property is taken for a mistake and counts as none."""
_IN_SEVERAL = -1


@dataclass(frozen=True, slots=True)
class Exposure:
    """By what the people of an arm are known: one of the three. ``code`` is that of a link."""

    asset_id: int | None = None
    code: str | None = None
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """What is counted, or with a ``property`` added up for each person."""

    step: Step
    property: str | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """A sample for each arm, and how many were seen in several of them."""

    samples: Sequence[Sample]
    in_two: int


async def observe(
    exposures: Sequence[Exposure], metric: Metric, since: Moment, until: Moment
) -> Observed:
    """What was seen from ``since`` to before ``until``."""
    scope = Scope(until, dialect())
    query = _query([_seen(one, scope) for one in exposures], metric, scope, since, until)
    found = {row["arm"]: row for row in await fetch(query.text, query.params)}
    samples = [
        Sample(row["people"], row["converted"], _exact(row["total"]), _exact(row["squares"]))
        if (row := found.get(at)) is not None
        else Sample(0, 0, 0.0, 0.0)
        for at in range(len(exposures))
    ]
    return Observed(samples, found[_IN_SEVERAL]["people"] if _IN_SEVERAL in found else 0)


async def usual(metric: Metric, since: Moment, until: Moment) -> Sample:
    """What all people brought of whom anything was told in this time."""
    scope = Scope(until, dialect())
    amount = _amount(metric, scope)
    deed = matching_step(metric.step, scope)
    between = "t.occurred_at >= ? AND t.occurred_at < ? AND t.source_id IS NOT NULL"
    rows = await fetch(
        f"SELECT count(*) AS people, sum(did) AS converted, sum(value) AS total,"
        " sum(value * value) AS squares FROM (SELECT t.customer_id,"
        f" max(CASE WHEN {deed.text} THEN 1 ELSE 0 END) AS did,"
        f" {_of_person(metric, amount, deed)} AS value"
        f" FROM {TOUCHPOINT.table} t WHERE {between} GROUP BY t.customer_id) each",
        (*deed.params, *deed.params, *amount.params, since, until),
    )
    row = rows[0]
    total, squares = _exact(row["total"]), _exact(row["squares"])
    return Sample(row["people"], row["converted"] or 0, total, squares)


def _of_person(metric: Metric, amount: Query, deed: Query) -> str:
    if metric.property is None:
        return f"max(CASE WHEN {deed.text} THEN {amount.text} ELSE 0 END)"
    return f"COALESCE(sum(CASE WHEN {deed.text} THEN {amount.text} END), 0)"


def _query(
    seen: Sequence[Query], metric: Metric, scope: Scope, since: Moment, until: Moment
) -> Query:
    between = "t.occurred_at >= ? AND t.occurred_at < ?"
    arms = [
        Query(
            f"SELECT t.customer_id, {at} AS arm, min(t.occurred_at) AS at FROM {TOUCHPOINT.table} t"
            f" WHERE {between} AND {one.text} GROUP BY t.customer_id",
            (since, until, *one.params),
        )
        for at, one in enumerate(seen)
    ]
    deed, amount = matching_step(metric.step, scope), _amount(metric, scope)
    value = f"max({amount.text})" if metric.property is None else f"sum({amount.text})"
    return Query(
        f"WITH seen AS ({' UNION ALL '.join(one.text for one in arms)}),"
        " person AS (SELECT customer_id, min(arm) AS arm, min(at) AS at, count(*) AS arms"
        " FROM seen GROUP BY customer_id),"
        f" deed AS (SELECT p.customer_id, {value} AS value FROM person p"
        f" JOIN {TOUCHPOINT.table} t ON t.customer_id = p.customer_id AND t.occurred_at > p.at"
        f" WHERE p.arms = 1 AND t.occurred_at < ? AND {deed.text} GROUP BY p.customer_id)"
        f" SELECT CASE WHEN p.arms > 1 THEN {_IN_SEVERAL} ELSE p.arm END AS arm,"
        " count(*) AS people, count(d.customer_id) AS converted,"
        " sum(d.value) AS total, sum(d.value * d.value) AS squares"
        " FROM person p LEFT JOIN deed d ON d.customer_id = p.customer_id GROUP BY 1",
        (
            *(param for one in arms for param in one.params),
            *amount.params,
            until,
            *deed.params,
        ),
    )


def _seen(exposure: Exposure, scope: Scope) -> Query:
    """Touchpoints ``t`` by which the people of an arm are known."""
    if exposure.step is not None:
        return matching_step(exposure.step, scope)
    looked = [_is_not(name, scope) for name in _UNSEEN]
    if exposure.asset_id is not None:
        own = [Query("t.asset_id = ?", (exposure.asset_id,))]
    else:
        code = place("t.properties", ("code",), scope)
        same = compared(code, Comparison(Operator.EQUALS, exposure.code))
        own = [Query("t.name = ?", (CLICKED,)), same]
    return joined("AND", [*own, *looked])


def _is_not(name: str, scope: Scope) -> Query:
    said = compared(place("t.properties", (name,), scope), Comparison(Operator.EQUALS, True))
    return Query(f"NOT {said.text}", said.params)


def _amount(metric: Metric, scope: Scope) -> Query:
    """What a touchpoint ``t`` of the metric adds."""
    if metric.property is None:
        return Query("1")
    found = place("t.properties", metric.property.split("."), scope).number()
    return Query(
        f"CASE WHEN abs({found.text}) <= {_LARGEST:.0f} THEN {found.text} ELSE 0 END",
        (*found.params, *found.params),
    )


def _exact(total: object) -> float:
    """Sums of fractions differ in their last digits with the order of the rows: these go."""
    return float(f"{float(str(total or 0)):.12g}")
