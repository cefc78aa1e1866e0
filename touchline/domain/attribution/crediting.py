"""What the touches of a customer earn of its conversions, by every model."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from touchline.domain.attribution.configuration import Settings
from touchline.domain.attribution.journeys import (
    Journey,
    Outcome,
    Touch,
    gathering,
    looked_at,
    parted,
)
from touchline.domain.attribution.shares import WHOLE, share
from touchline.domain.attribution.visits import Seen, Visit
from touchline.domain.attribution.weights import AttributionModel, Effects, weights
from touchline.domain.kernel.clock import Moment


@dataclass(frozen=True, slots=True)
class Converted:
    """A conversion; ``worth`` is in minor units, less what is refunded."""

    id: int
    goal_id: int
    touchpoint_id: int
    at: Moment
    worth: int | None
    currency: str | None

    @property
    def end(self) -> tuple[Moment, int]:
        """When the journey to it ended."""
        return self.at, self.touchpoint_id


class Credit(NamedTuple):
    """What is stored of a touch, or of the part of it that an asset has."""

    model: str
    place: int
    touchpoint_id: int
    channel_id: int
    asset_id: int | None
    campaign: str
    weight_micro: int
    value_minor: int | None


def journeys(
    visits: Sequence[Visit],
    converted: Iterable[Converted],
    settings: Settings,
    direct: frozenset[int],
) -> list[Journey]:
    """The journeys of a customer to one goal, with the touches that count.

    The key of a touch is its place among the visits, that of a journey the conversion's id.
    """
    begun = [visit.begun for visit in visits]
    touches = [
        Touch(visit.first.at, visit.first.channel, visit.first.channel in direct, place)
        for place, visit in enumerate(visits)
    ]
    outcomes = [
        Outcome(bisect_right(begun, one.end), one.at, key=one.id)
        for one in sorted(converted, key=lambda one: one.end)
    ]
    found = (parted if settings.is_split else gathering)(touches, outcomes)
    return [looked_at(one, settings.look) for one in found]


def earned(
    visits: Sequence[Visit],
    converted: Sequence[Converted],
    settings: Settings,
    direct: frozenset[int],
    effects: Effects,
) -> dict[int, list[Credit]]:
    """The credits for conversions by one goal, by their ids; none where no touch counts."""
    known = {one.id: one for one in converted}
    return {
        one.id: [
            credit
            for model in AttributionModel
            for credit in _shared(model, journey, one, visits, effects)
        ]
        for journey in journeys(visits, converted, settings, direct)
        if journey.touches and (one := known.get(journey.key))
    }


def _shared(
    model: AttributionModel,
    journey: Journey,
    converted: Converted,
    visits: Sequence[Visit],
    effects: Mapping[int, float],
) -> list[Credit]:
    """Content that was read in one visit shares alike what the visit earns."""
    parts: list[tuple[Seen, Seen]] = []
    weighed: list[float] = []
    for touch, weight in zip(journey.touches, weights(model, journey, effects), strict=True):
        if weight:
            visit = visits[touch.key]
            own = visit.parts(converted.end)
            parts += [(one, visit.first) for one in own]
            weighed += [weight / len(own)] * len(own)
    worth = converted.worth
    values = share(worth, weighed) if worth is not None else [None] * len(parts)
    return [
        Credit(
            *(model.value, place, part.id, first.channel, part.asset, first.campaign),
            *(micro, value),
        )
        for place, ((part, first), micro, value) in enumerate(
            zip(parts, share(WHOLE, weighed), values, strict=True)
        )
    ]
