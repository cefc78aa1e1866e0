"""How the touches of one journey share its credit, by a rule.

Every function gives one number of 0 or more for each touch; what counts is how they compare. There
is at least one touch.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from touchline.domain.attribution.journeys import Channel, Journey, Touch
from touchline.domain.kernel.clock import DAY

HALF_LIFE = 7 * DAY
_ENDS, _MIDDLE = 40, 20
"""In percent: what the first and the last touch get each, and those between them together."""

Effects = Mapping[Any, float]
"""By channel."""


class AttributionModel(StrEnum):
    """By what a journey's credit is shared."""

    FIRST = "FIRST"
    LAST = "LAST"
    LAST_NON_DIRECT = "LAST_NON_DIRECT"
    LINEAR = "LINEAR"
    POSITION = "POSITION"
    TIME_DECAY = "TIME_DECAY"
    MARKOV = "MARKOV"
    SHAPLEY = "SHAPLEY"


def weights(model: AttributionModel, journey: Journey, effects: Effects) -> list[float]:
    """The weight of each touch; they sum to 1, but for rounding.

    ``effects`` are the removal effects of channels, for ``MARKOV``. A channel that has none yet
    gets nothing beside others that have; where none has, all share alike.
    """
    if model is AttributionModel.MARKOV:
        found = _by_channel(journey.touches, lambda channel: effects.get(channel, 0.0))
    else:
        found = _RULES[model](journey)
    total = sum(found)
    return [one / total for one in found]


def _first(journey: Journey) -> list[float]:
    return _only(0, len(journey.touches))


def _last(journey: Journey) -> list[float]:
    return _only(len(journey.touches) - 1, len(journey.touches))


def _last_non_direct(journey: Journey) -> list[float]:
    """The last of all where every touch is direct."""
    ways = [at for at, touch in enumerate(journey.touches) if not touch.is_direct]
    return _only(ways[-1] if ways else -1, len(journey.touches))


def _linear(journey: Journey) -> list[float]:
    return [1.0] * len(journey.touches)


def _position(journey: Journey) -> list[float]:
    """Two touches share alike."""
    count = len(journey.touches)
    if count <= 2:
        return [1.0] * count
    return [_ENDS, *[_MIDDLE / (count - 2)] * (count - 2), _ENDS]


def _time_decay(journey: Journey) -> list[float]:
    """A touch counts half as much as one that came a half-life later; the last counts 1."""
    last = journey.touches[-1].at
    return [2.0 ** ((touch.at - last) / HALF_LIFE) for touch in journey.touches]


def _shapley(journey: Journey) -> list[float]:
    """The journey's part of the Shapley values of channels.

    A coalition of channels is worth what all journeys earned whose channels are all in it, in
    whichever order they came (Zhao, Mahboobi and Bagheri, 2018). That is the sum of one game for
    each journey, in which its channels are worth something only together: they share alike. So the
    values are exact for any number of channels, without going through their coalitions.
    """
    return _by_channel(journey.touches, lambda _channel: 1.0)


def _only(chosen: int, count: int) -> list[float]:
    found = [0.0] * count
    found[chosen] = 1.0
    return found


def _by_channel(touches: Sequence[Touch], worth: Callable[[Channel], float]) -> list[float]:
    """Channels share by their worth, and the touches of a channel share what it gets alike."""
    times = Counter(touch.channel for touch in touches)
    found = [worth(touch.channel) / times[touch.channel] for touch in touches]
    return found if sum(found) > 0 else [1 / times[touch.channel] for touch in touches]


_RULES: Mapping[AttributionModel, Callable[[Journey], list[float]]] = {
    AttributionModel.FIRST: _first,
    AttributionModel.LAST: _last,
    AttributionModel.LAST_NON_DIRECT: _last_non_direct,
    AttributionModel.LINEAR: _linear,
    AttributionModel.POSITION: _position,
    AttributionModel.TIME_DECAY: _time_decay,
    AttributionModel.SHAPLEY: _shapley,
}
