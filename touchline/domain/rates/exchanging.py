"""What actions are worth in units of the reference action. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

MICRO = 1_000_000
EVERY_CHANNEL = 0
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Rate:
    """``units_micro`` millionths of an action are worth one of the reference action."""

    action: str
    channel_id: int
    units_micro: int
    first: int
    last: int


class Rates:
    """Rates, found by action, channel and day.

    A channel's own rate goes before the one for every channel. The reference action is worth one,
    and what has no rate on a day nothing.
    """

    def __init__(self, rates: Iterable[Rate], reference: str | None) -> None:
        self._reference = reference
        self._by_place: dict[tuple[str, int], list[Rate]] = {}
        for rate in rates:
            self._by_place.setdefault((rate.action, rate.channel_id), []).append(rate)

    @property
    def actions(self) -> frozenset[str]:
        """All actions that are ever worth something."""
        own = {self._reference} if self._reference is not None else set()
        return frozenset(own | {action for action, _ in self._by_place})

    def worth(self, action: str, day: int, channel_id: int | None = None) -> Fraction:
        """What one such action on a day (UTC, from 1970) is worth in units."""
        if action == self._reference:
            return Fraction(1)
        for place in {channel_id or EVERY_CHANNEL: None, EVERY_CHANNEL: None}:
            for rate in self._by_place.get((action, place), ()):
                if rate.first <= day <= rate.last:
                    return Fraction(MICRO, rate.units_micro)
        return Fraction(0)

    def units(self, counts: Mapping[tuple[str, int, int | None], int]) -> Fraction:
        """What actions are worth together: how many of each by action, day and channel."""
        return sum(
            (count * self.worth(*place) for place, count in counts.items()), start=Fraction(0)
        )


def as_decimal(units: Fraction) -> Decimal:
    """Units as they are shown, with at most six decimals."""
    micro = (Decimal(units.numerator) * MICRO / Decimal(units.denominator)).to_integral_value(
        ROUND_HALF_EVEN
    )
    return micro.scaleb(-_SHOWN)
