"""Scores that advise on the order. They are shown beside it, and move nothing.

Each is a pure function of what is written of an item; ``None`` where something it needs is not.
Levels go from 1 to 5. Beside each stands the same as SQL for both databases, with holes called as
the fields of ``Figures``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from touchline.domain.backlog.types import Formula

_FIBONACCI = {1: 1, 2: 2, 3: 3, 4: 5, 5: 8}
_IMPACT = {1: 0.25, 2: 0.5, 3: 1.0, 4: 2.0, 5: 3.0}
_EASE = {1: 10, 2: 9, 3: 8, 5: 6, 8: 4, 13: 1}
_DOUBLE = "CAST({} AS DOUBLE PRECISION)"
_EFFORT = _DOUBLE.format("{effort}")
_HARMLESS = 1
"""The urgency of what loses nothing by waiting."""


def _looked_up(table: Mapping[int, float], name: str) -> str:
    cases = " ".join(f"WHEN {key} THEN {value}" for key, value in table.items())
    return f"CASE {{{name}}} {cases} END"


class Figures(NamedTuple):
    """What scores are made of. ``reach`` is how many customers the segment holds now."""

    effort: int | None
    customer_level: int | None
    business_level: int | None
    urgency: int | None = None
    confidence: int | None = None
    reach: int | None = None


def wsjf(of: Figures) -> float | None:
    """Weighted shortest job first: cost of delay by size.

    Cost of delay is user-business value, time criticality, and what else is enabled, each on a
    modified Fibonacci scale: D. Leffingwell, SAFe, after D. Reinertsen, *The Principles of Product
    Development Flow* (2009), ch. 2. Here value to the customer, value to the business and urgency.
    """
    if of.effort is None or of.customer_level is None or of.business_level is None:
        return None
    parts = (of.customer_level, of.business_level, of.urgency or _HARMLESS)
    return sum(_FIBONACCI[part] for part in parts) / of.effort


WSJF_SQL = (
    f"({_looked_up(_FIBONACCI, 'customer_level')} + {_looked_up(_FIBONACCI, 'business_level')}"
    f" + coalesce({_looked_up(_FIBONACCI, 'urgency')}, {_FIBONACCI[_HARMLESS]}))"
    f" / {_EFFORT}"
)


def rice(of: Figures) -> float | None:
    """Reach × impact × confidence / effort, after S. McBride, *RICE* (Intercom, 2018).

    Impact is on that article's scale from 0.25 to 3, the mean of both values; reach is counted in
    customers of the segment, effort in points.
    """
    if None in (of.effort, of.customer_level, of.business_level, of.confidence, of.reach):
        return None
    impact = (_IMPACT[of.customer_level or 0] + _IMPACT[of.business_level or 0]) / 2
    return (of.reach or 0) * impact * (of.confidence or 0) / 100 / (of.effort or 0)


RICE_SQL = (
    f"{{reach}} * (({_DOUBLE.format(_looked_up(_IMPACT, 'customer_level'))}"
    f" + {_DOUBLE.format(_looked_up(_IMPACT, 'business_level'))}) / 2)"
    " * {confidence} / 100 / {effort}"
)


def ice(of: Figures) -> float | None:
    """Impact × confidence × ease, each up to 10, after S. Ellis, *Hacking Growth* (2017).

    Impact is the sum of both values, ease falls as effort rises.
    """
    if None in (of.effort, of.customer_level, of.business_level, of.confidence):
        return None
    impact = (of.customer_level or 0) + (of.business_level or 0)
    return impact * (of.confidence or 0) / 10 * _EASE[of.effort or 0]


_PROMISE = _DOUBLE.format("({customer_level} + {business_level}) * {confidence}")
ICE_SQL = f"{_PROMISE} / 10 * {_looked_up(_EASE, 'effort')}"


def value_per_effort(of: Figures) -> float | None:
    """Both values by effort: return on investment in its plainest form."""
    if of.effort is None or of.customer_level is None or of.business_level is None:
        return None
    return (of.customer_level + of.business_level) / of.effort


VALUE_PER_EFFORT_SQL = f"({{customer_level}} + {{business_level}}) / {_EFFORT}"


FORMULAS: Mapping[Formula, Callable[[Figures], float | None]] = {
    Formula.WSJF: wsjf,
    Formula.RICE: rice,
    Formula.ICE: ice,
    Formula.VALUE_EFFORT: value_per_effort,
}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An item that a formula would have elsewhere; places are counted from 1."""

    item_id: int
    rank: int
    formula_rank: int


def disagreements(order: list[tuple[int, float | None]]) -> list[Disagreement]:
    """Which items of a list a formula would have elsewhere, the farthest first.

    ``order`` holds each item with its score. Those without a score keep their places, and the
    others are sorted among the places that are left; equal scores keep the Owner's order.
    """
    places = [at for at, (_, score) in enumerate(order) if score is not None]
    scored = sorted(places, key=lambda at: -(order[at][1] or 0.0))
    found = [
        Disagreement(order[was][0], was + 1, would + 1)
        for would, was in zip(places, scored, strict=True)
        if was != would
    ]
    return sorted(found, key=lambda one: (-abs(one.rank - one.formula_rank), one.rank))
