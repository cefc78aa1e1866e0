"""What a goal would count if it were written: nothing is changed."""

from collections import Counter
from dataclasses import dataclass

from touchline.domain.conditions.sql import Range
from touchline.domain.conversions.definition import Definition
from touchline.domain.conversions.describing import check_definition
from touchline.domain.conversions.gathering import seen_by
from touchline.domain.conversions.projecting import conversions
from touchline.domain.customers.queries import standing_after
from touchline.domain.kernel.actor import Actor, Scope

MOST_LOOKED_AT = 50_000
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Sum:
    """What conversions in one currency come to, in minor units."""

    currency: str
    conversions: int
    value_minor: int
    refunded_minor: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be counted of the customers that were looked at.

    ``without_value``: how many conversions of which nothing says what they are worth.
    """

    looked_at: int
    is_whole: bool
    customers: int
    conversions: int
    without_value: int
    sums: list[Sum]


async def preview(actor: Actor, definition: Definition) -> Preview:
    """Count in the past what a goal would count, of the first ``MOST_LOOKED_AT`` customers."""
    actor.require(Scope.READ)
    check_definition(definition)
    reached = looked_at = customers = 0
    counts: Counter[str] = Counter()
    values: Counter[str] = Counter()
    refunded: Counter[str] = Counter()
    while looked_at < MOST_LOOKED_AT and (chosen := await standing_after(reached, _AT_ONCE)):
        seen = await seen_by(definition, Range(reached, chosen[-1]))
        reached = chosen[-1]
        looked_at += len(chosen)
        for own in seen.values():
            made = conversions(definition, own, {})
            customers += bool(made)
            for one in made:
                counts[one.currency or ""] += 1
                values[one.currency or ""] += one.value_minor or 0
                refunded[one.currency or ""] += one.refunded_minor
    is_whole = not await standing_after(reached, 1)
    sums = [
        Sum(currency, counts[currency], values[currency], refunded[currency])
        for currency in sorted(counts)
        if currency
    ]
    return Preview(looked_at, is_whole, customers, counts.total(), counts[""], sums)
