"""What came of an item whose window is over: its figure beside its target, and a plain sentence.

Pure: from figures that were counted to a verdict. It is inconclusive where nothing says what was
hoped for, where too few people were reached, and where amounts cannot be added up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from touchline.domain.backlog.types import Metric, Verdict
from touchline.domain.kernel.clock import DAY, Moment
from touchline.domain.kernel.money import exponent
from touchline.domain.kernel.wording import times
from touchline.domain.performance.between import Achieved

FEWEST_REACHED = 30
"""Fewer people than this tell nothing of conversions."""
_OF_CONVERSIONS = (Metric.CONVERSIONS, Metric.CONVERSION_RATE, Metric.CONVERSION_VALUE)
_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Hoped:
    """What an item was to achieve, as it was written; ``window`` in milliseconds."""

    metric: Metric | None
    target_milli: int | None
    window: Moment

    @property
    def target(self) -> Decimal | None:
        """What the metric was to reach."""
        return None if self.target_milli is None else Decimal(self.target_milli) / 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict with the figure it was made of, and how many people would be needed for one."""

    verdict: Verdict
    sentence: str
    value: Decimal | None = None
    currency: str | None = None
    needed: int | None = None


def outcome(hoped: Hoped, came: Achieved | None) -> Outcome:
    """What came of it; ``came`` is ``None`` for what has no content that could be counted."""
    if hoped.metric is None:
        return _unclear("Nobody said by which figure it is to be measured.")
    if came is None:
        return _unclear("It has no content whose figures could be counted.")
    if hoped.metric is Metric.CONVERSION_VALUE and len(came.values) > 1:
        named = ", ".join(sorted(came.values))
        return _unclear(f"What followed is worth money of several currencies ({named}).")
    value = _FIGURES[hoped.metric](came)
    currency = _currency(hoped.metric, came)
    said = f"{_said(hoped.metric, came, value, currency)} in {_days(hoped.window)}"
    target = hoped.target
    if target is None:
        return Outcome(Verdict.INCONCLUSIVE, f"{said}; no target was set.", value, currency)
    if hoped.metric in _OF_CONVERSIONS and _tells_nothing(hoped.metric, came, value, target):
        few = f"{said}; it reached {_people(came.reached)}, and fewer than {FEWEST_REACHED}"
        return Outcome(
            *(Verdict.INCONCLUSIVE, f"{few} tell nothing.", value, currency, FEWEST_REACHED)
        )
    verdict = Verdict.WORKED if value >= target else Verdict.DID_NOT
    return Outcome(verdict, f"{said}; the target was {number(target)}.", value, currency)


def number(value: Decimal) -> str:
    """A figure as people write it: with commas, and without needless decimals."""
    text = f"{value.quantize(_THOUSANDTH):,f}"
    return text.rstrip("0").rstrip(".")


def _tells_nothing(metric: Metric, came: Achieved, value: Decimal, target: Decimal) -> bool:
    """A rate of few people is chance; a number that was reached by few was reached."""
    reached = metric is not Metric.CONVERSION_RATE and value >= target
    return came.reached < FEWEST_REACHED and not reached


def _rate(came: Achieved) -> Decimal:
    if came.reached == 0:
        return Decimal(0)
    return (Decimal(100 * came.converted) / came.reached).quantize(_THOUSANDTH)


def _worth(came: Achieved) -> Decimal:
    for currency, minor in came.values.items():
        return Decimal(minor).scaleb(-exponent(currency))
    return Decimal(0)


_FIGURES: Mapping[Metric, Callable[[Achieved], Decimal]] = {
    Metric.READS: lambda came: Decimal(came.reads),
    Metric.READERS: lambda came: Decimal(came.readers),
    Metric.SHARES: lambda came: Decimal(came.shares),
    Metric.CLICKS: lambda came: Decimal(came.clicks),
    Metric.CONVERSIONS: lambda came: Decimal(came.conversions),
    Metric.CONVERSION_RATE: _rate,
    Metric.CONVERSION_VALUE: _worth,
}


def _said(metric: Metric, came: Achieved, value: Decimal, currency: str | None) -> str:
    match metric:
        case Metric.READS:
            return f"It was read {times(came.reads)}"
        case Metric.READERS:
            return f"{_people(came.readers)} read it"
        case Metric.SHARES:
            return f"It was shared {times(came.shares)}"
        case Metric.CLICKS:
            return f"Its links were clicked {times(came.clicks)}"
        case Metric.CONVERSIONS:
            one = came.conversions == 1
            return f"{came.conversions:,} conversion{'' if one else 's'} followed"
        case Metric.CONVERSION_RATE:
            return f"{number(value)}% of the {_people(came.reached)} that it reached converted"
        case Metric.CONVERSION_VALUE:
            amount = f"{number(value)} {currency}" if currency else "nothing"
            return f"The conversions that followed are worth {amount}"


def _currency(metric: Metric, came: Achieved) -> str | None:
    return next(iter(came.values), None) if metric is Metric.CONVERSION_VALUE else None


def _unclear(sentence: str) -> Outcome:
    return Outcome(Verdict.INCONCLUSIVE, sentence)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _days(window: Moment) -> str:
    days = window // DAY
    return "a day" if days == 1 else f"{days} days"
