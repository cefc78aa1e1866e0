"""When and for how much customers bought, as the models want to know it. Pure.

A purchase is a day on which a customer brought something in; several of a day are one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from touchline.domain.forecasts.question import Question

WEEK = 7
Purchase = tuple[int, int, int]
"""A customer, a day from 1970, and minor units that were brought in on it and not refunded."""


@dataclass(frozen=True, slots=True)
class History:
    """The days on which a customer bought, in order, and for how much."""

    customer_id: int
    days: Sequence[int]
    amounts: Sequence[int]

    @property
    def repeats(self) -> int:
        """How often the customer bought again."""
        return len(self.days) - 1

    def until(self, day: int) -> "History":
        """What was known of it before a day."""
        kept = sum(one < day for one in self.days)
        return History(self.customer_id, self.days[:kept], self.amounts[:kept])


def histories(purchases: Iterable[Purchase]) -> list[History]:
    """The history of each customer, from purchases sorted by customer and day."""
    days: dict[int, list[int]] = {}
    amounts: dict[int, list[int]] = {}
    for customer, day, minor in purchases:
        days.setdefault(customer, []).append(day)
        amounts.setdefault(customer, []).append(minor)
    return [History(one, days[one], amounts[one]) for one in days]


def question(known: Sequence[History], today: int, ahead_weeks: float) -> Question:
    """What is to be fitted, as of a day; who had bought nothing by then must not be among them."""
    return Question(
        repeats=[one.repeats for one in known],
        last=[(one.days[-1] - one.days[0]) / WEEK for one in known],
        age=[(today - one.days[0]) / WEEK for one in known],
        spend=[sum(one.amounts[1:]) / one.repeats if one.repeats else 0.0 for one in known],
        ahead=ahead_weeks,
    )


def bought_between(known: Iterable[History], first: int, last: int) -> int:
    """How many purchases there were from one day on and before another."""
    return sum(first <= day < last for one in known for day in one.days)
