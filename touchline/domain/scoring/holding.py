"""Of whom the conditions of a model hold, kept for all customers while they are added up."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from touchline.domain.conditions.compiling import matching, next_instants
from touchline.domain.conditions.sql import Query
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.streaming import streamed
from touchline.domain.scoring.definition import Definition


@dataclass(frozen=True, slots=True)
class Held:
    """Customers of whom a rule's condition holds, and when to look at customers again; by id."""

    place: int
    customers: "array[int]" = field(default_factory=lambda: array("q"))
    woken: "array[int]" = field(default_factory=lambda: array("q"))
    moments: "array[int]" = field(default_factory=lambda: array("q"))

    def among(self, after: int, up_to: int) -> Iterable[int]:
        """Those of a range of ids."""
        return _between(self.customers, self.customers, after, up_to)

    def wakes_among(self, after: int, up_to: int) -> Iterable[tuple[int, Moment]]:
        """Who of a range of ids is to be looked at again, and when."""
        moments = _between(self.woken, self.moments, after, up_to)
        return zip(_between(self.woken, self.woken, after, up_to), moments, strict=True)


async def hold_all(definition: Definition, at: Moment) -> list[Held]:
    """Ask each condition once, for all customers."""
    found = []
    for place, rule in definition.of_conditions():
        held = Held(place)
        await _read(matching(rule.condition, at=at), customer_id=held.customers)
        wakes = next_instants(rule.condition, at=at)
        if wakes is not None:
            await _read(wakes, customer_id=held.woken, wake_at=held.moments)
        found.append(held)
    return found


async def _read(query: Query, **columns: "array[int]") -> None:
    sql = f"SELECT {', '.join(columns)} FROM ({query.text}) m ORDER BY customer_id"
    async with streamed(sql, query.params) as parts:
        async for rows in parts:
            for place, column in enumerate(columns.values()):
                column.extend([row[place] for row in rows])


def _between(ids: "array[int]", values: "array[int]", after: int, up_to: int) -> "array[int]":
    return values[bisect_right(ids, after) : bisect_right(ids, up_to)]
