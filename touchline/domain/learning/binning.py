"""Signs: what customers did or were, cut into bins, each of which is a condition. Pure.

Where bins are cut is decided by how many customers lie in them, never by who converted.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from touchline.domain.conditions.tree import (
    All,
    Channel,
    Comparison,
    Condition,
    Did,
    Operator,
    Scalar,
    Trait,
)
from touchline.domain.kernel.clock import Moment

FEWEST = 20
FEWEST_SHARE = 0.02
_EDGES = (1, 2, 3, 5, 10, 20, 50, 100)
_MOST_STEPS = 4
_MOST_VALUES = 6
_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Bin:
    """A part of a sign: what must hold, and what it is called."""

    name: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Sign:
    """What is looked at. ``column`` says for each customer in which bin they lie, from 1 on; 0 is
    whoever lies in none, to whom the others are compared.
    """

    dimension: str
    bins: Sequence[Bin]
    column: Sequence[int]


def fewest(customers: int) -> int:
    """How many customers a bin must hold, so that it says something."""
    return max(FEWEST, round(customers * FEWEST_SHARE))


def of_counts(
    counts: Mapping[int, int],
    customers: int,
    lookback: Moment,
    *,
    event: str | None = None,
    kind: str | None = None,
) -> Sign | None:
    """How often customers (by their place, those who did) did something within the lookback.

    ``None`` where too few did it at all, or hardly anybody did not.
    """
    least = fewest(customers)
    if len(counts) < least or customers - len(counts) < least:
        return None
    edges = _edges(list(counts.values()), least)
    called = event if event is not None else f"any {(kind or '').lower()}"
    bins = []
    for at, edge in enumerate(edges):
        most = edges[at + 1] - 1 if at + 1 < len(edges) else None
        only = edge == 1 and most is None
        condition = Did(
            event=event,
            type=None if event is not None else kind,
            at_least=None if only else edge,
            at_most=most,
            within=lookback,
        )
        bins.append(Bin(f"{called}{_times(edge, most)}", condition))
    column = [sum(counts.get(one, 0) >= edge for edge in edges) for one in range(customers)]
    return Sign("engagement", bins, column)


def of_campaigns(
    kind: str, value: str, who: Collection[int], customers: int, lookback: Moment
) -> Sign | None:
    """Who (by their place) came by a campaign of this ``source`` or ``medium`` in the lookback."""
    least = fewest(customers)
    if len(who) < least or customers - len(who) < least:
        return None
    test = Comparison(Operator.EQUALS, value)
    source, medium = (test, None) if kind == "source" else (None, test)
    came = Channel(source=source, medium=medium, within=lookback)
    bins = [Bin(f"campaign {kind} is {value}", came)]
    return Sign("engagement", bins, [int(one in who) for one in range(customers)])


def of_values(name: str, values: Mapping[int, Scalar], customers: int) -> Sign | None:
    """What a trait says of customers (by their place): its commonest values, or its quarters."""
    least = fewest(customers)
    numbers = {
        at: float(value)
        for at, value in values.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    if len(set(numbers.values())) > _MOST_VALUES:
        return _of_quarters(name, numbers, customers, least)
    common = [
        value
        for value, count in sorted(Counter(map(_typed, values.values())).items(), key=_commonest)
        if count >= least and len(str(value[1])) <= _LONGEST_VALUE
    ][:_MOST_VALUES]
    if not common:
        return None
    bins = [
        Bin(f"{name} is {_shown(value)}", Trait(name, Comparison(Operator.EQUALS, value)))
        for _, value in common
    ]
    places = {value: at for at, value in enumerate(common, 1)}
    column = [
        places.get(_typed(values[one]), 0) if one in values else 0 for one in range(customers)
    ]
    return Sign("fit", bins, column)


def _of_quarters(
    name: str, numbers: Mapping[int, float], customers: int, least: int
) -> Sign | None:
    ordered = sorted(numbers.values())
    if len(ordered) < 4 * least:
        return None
    cuts = sorted({ordered[len(ordered) * part // 4] for part in (1, 2, 3)} - {ordered[0]})
    if not cuts:
        return None

    def test(operator: Operator, edge: float) -> Trait:
        return Trait(name, Comparison(operator, edge))

    bins = [Bin(f"{name} below {cuts[0]:g}", test(Operator.LESS_THAN, cuts[0]))]
    for low, high in pairwise(cuts):
        within = (test(Operator.AT_LEAST, low), test(Operator.LESS_THAN, high))
        bins.append(Bin(f"{name} from {low:g} to below {high:g}", All(within)))
    bins.append(Bin(f"{name} at least {cuts[-1]:g}", test(Operator.AT_LEAST, cuts[-1])))
    column = [
        1 + sum(numbers[one] >= cut for cut in cuts) if one in numbers else 0
        for one in range(customers)
    ]
    return Sign("fit", bins, column)


def _edges(counts: Sequence[int], least: int) -> list[int]:
    """Where counts are cut, so that each part holds enough; the first part begins at 1."""
    edges = [1]
    for edge in _EDGES[1:]:
        inside = sum(edges[-1] <= count < edge for count in counts)
        above = sum(count >= edge for count in counts)
        if len(edges) < _MOST_STEPS and inside >= least and above >= least:
            edges.append(edge)
    return edges


def _times(least: int, most: int | None) -> str:
    if most is None:
        return "" if least == 1 else f", {least} times or more"
    if least == most:
        return ", once" if least == 1 else f", {least} times"
    return f", {least} to {most} times"


def _typed(value: Scalar) -> tuple[str, Scalar]:
    """True is not 1."""
    return ("flag" if isinstance(value, bool) else "value", value)


def _commonest(one: tuple[tuple[str, Scalar], int]) -> tuple[int, str]:
    return -one[1], str(one[0])


def _shown(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else f"{value:g}"
