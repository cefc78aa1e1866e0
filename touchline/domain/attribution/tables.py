"""Tables of all models over many journeys: what each channel is credited with, summing exactly."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from touchline.domain.attribution.chain import Chain
from touchline.domain.attribution.journeys import (
    Journey,
    Look,
    Outcome,
    Touch,
    looked_at,
    parted,
    whole,
)
from touchline.domain.attribution.recorded import History
from touchline.domain.attribution.shares import WHOLE, share
from touchline.domain.attribution.weights import AttributionModel, weights


class Parting(StrEnum):
    """What is a journey: all that a customer did, or what led to each conversion since the last."""

    WHOLE = "WHOLE"
    SPLIT = "SPLIT"


@dataclass(frozen=True, slots=True)
class Line:
    """What a channel is credited with: ``conversions`` in millionths, ``value`` in minor units."""

    channel: str
    conversions: int
    value: int


@dataclass(frozen=True, slots=True)
class Table:
    """What a model says. The lines, with what was left without touches, sum to all there was."""

    model: AttributionModel
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Tables:
    """All models over the same journeys.

    ``uncredited`` are conversions whose journey had no touch that counts, and their value.
    """

    journeys: int
    conversions: int
    value: int
    uncredited: tuple[int, int]
    effects: dict[str, float]
    tables: Sequence[Table]


_PARTINGS: dict[Parting, Callable[[Sequence[Touch], Sequence[Outcome]], list[Journey]]] = {
    Parting.WHOLE: whole,
    Parting.SPLIT: parted,
}


def tables(histories: Iterable[History], parting: Parting, look: Look) -> Tables:
    """What every model says of all journeys."""
    journeys = [
        looked_at(journey, look)
        for history in histories
        for journey in _PARTINGS[parting](history.touches, history.outcomes)
    ]
    chain = Chain()
    chain.add(journeys)
    effects = {str(channel): one for channel, one in sorted(chain.effects().items(), key=str)}
    won = [one for one in journeys if one.conversions and one.touches]
    lost = [one for one in journeys if one.conversions and not one.touches]
    return Tables(
        journeys=len(journeys),
        conversions=sum(one.conversions for one in journeys),
        value=sum(one.value for one in journeys),
        uncredited=(sum(one.conversions for one in lost), sum(one.value for one in lost)),
        effects=effects,
        tables=[_table(model, won, effects) for model in AttributionModel] if won else [],
    )


def _table(
    model: AttributionModel, journeys: Sequence[Journey], effects: dict[str, float]
) -> Table:
    """Removal effects share all conversions at once, as they are published; rules each journey.

    Rounding is done once, for the sums.
    """
    counts, values = effects, effects
    if model is not AttributionModel.MARKOV:
        counts, values = _summed(model, journeys, effects)
    conversions = share(sum(one.conversions for one in journeys) * WHOLE, list(counts.values()))
    value = sum(one.value for one in journeys)
    shared = share(value, list(values.values())) if value else [0] * len(counts)
    return Table(model, [Line(*line) for line in zip(counts, conversions, shared, strict=True)])


def _summed(
    model: AttributionModel, journeys: Sequence[Journey], effects: dict[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    """Conversions and value by channel."""
    counts: dict[str, list[float]] = {channel: [] for channel in effects}
    values: dict[str, list[float]] = {channel: [] for channel in effects}
    for journey in journeys:
        weighed = weights(model, journey, effects)
        for touch, weight in zip(journey.touches, weighed, strict=True):
            counts[str(touch.channel)].append(journey.conversions * weight)
            values[str(touch.channel)].append(journey.value * weight)
    return (
        {channel: fsum(found) for channel, found in counts.items()},
        {channel: fsum(found) for channel, found in values.items()},
    )
