"""Journeys: the touches that led to a conversion, or to none.

A journey is made in this order: the touches of a customer are parted at conversions or not, those
outside the look-back are left out, the transforms are done, and of what is left the last so many
steps count.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from touchline.domain.kernel.clock import Moment

Channel = Hashable


@dataclass(frozen=True, slots=True)
class Touch:
    """One touch; ``key`` is whatever the caller finds it by."""

    at: Moment
    channel: Channel
    is_direct: bool = False
    key: Any = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A conversion of a customer, that came after the first ``after`` of the touches.

    ``value`` is in minor units of a currency.
    """

    after: int
    at: Moment
    value: int = 0
    key: Any = None


@dataclass(frozen=True, slots=True)
class Journey:
    """Touches in order, and what came of them until ``ends_at``.

    ``conversions`` is 0 where the customer has not converted; ``key`` is the conversion's.
    """

    touches: tuple[Touch, ...]
    ends_at: Moment
    conversions: int = 0
    value: int = 0
    key: Any = None


class Transform(StrEnum):
    """What is done to the touches of a journey before they share the credit."""

    EXPOSURE = "EXPOSURE"
    FIRST = "FIRST"
    UNIQUE = "UNIQUE"
    REMOVE_DIRECT = "REMOVE_DIRECT"


@dataclass(frozen=True, slots=True)
class Look:
    """How journeys are looked at. ``days`` is in ms, ``steps`` counts touches; ``None`` is all."""

    days: Moment | None = None
    steps: int | None = None
    transforms: tuple[Transform, ...] = ()


def whole(touches: Sequence[Touch], outcomes: Sequence[Outcome]) -> list[Journey]:
    """All that a customer ever did as one journey, with as many conversions as there were."""
    if not touches and not outcomes:
        return []
    last = max([*(touch.at for touch in touches), *(one.at for one in outcomes)])
    value = sum(one.value for one in outcomes)
    return [Journey(tuple(touches), last, len(outcomes), value)]


def parted(touches: Sequence[Touch], outcomes: Sequence[Outcome]) -> list[Journey]:
    """A journey up to each conversion from the one before, and what came after the last.

    Where nothing came between two conversions, the last touch led to both.
    """
    found: list[Journey] = []
    begin = 0
    for one in outcomes:
        own = touches[begin : one.after] or touches[: one.after][-1:]
        found.append(Journey(tuple(own), one.at, 1, one.value, one.key))
        begin = one.after
    return [*found, *_unfinished(touches[begin:])]


def gathering(touches: Sequence[Touch], outcomes: Sequence[Outcome]) -> list[Journey]:
    """A journey up to each conversion from the very beginning; what follows the last is none."""
    if not outcomes:
        return _unfinished(touches)
    return [Journey(tuple(touches[: one.after]), one.at, 1, one.value, one.key) for one in outcomes]


def looked_at(journey: Journey, look: Look) -> Journey:
    """The journey with those touches that count."""
    touches: Sequence[Touch] = journey.touches
    if look.days is not None:
        touches = [touch for touch in touches if touch.at > journey.ends_at - look.days]
    for transform in look.transforms:
        touches = TRANSFORMS[transform](touches)
    if look.steps is not None:
        touches = touches[-look.steps :]
    return replace(journey, touches=tuple(touches))


def _unfinished(touches: Sequence[Touch]) -> list[Journey]:
    return [Journey(tuple(touches), touches[-1].at)] if touches else []


def _exposure(touches: Iterable[Touch]) -> Sequence[Touch]:
    """Of touches of one channel in a row the first counts."""
    found: list[Touch] = []
    for touch in touches:
        if not found or found[-1].channel != touch.channel:
            found.append(touch)
    return found


def _first(touches: Iterable[Touch]) -> Sequence[Touch]:
    """Of each channel the first touch counts."""
    found: dict[Channel, Touch] = {}
    for touch in touches:
        found.setdefault(touch.channel, touch)
    return list(found.values())


def _unique(touches: Sequence[Touch]) -> Sequence[Touch]:
    """Each touch stands for itself."""
    return touches


def _remove_direct(touches: Sequence[Touch]) -> Sequence[Touch]:
    """Direct touches count only where there are no others."""
    return [touch for touch in touches if not touch.is_direct] or touches


TRANSFORMS: Mapping[Transform, Callable[[Sequence[Touch]], Sequence[Touch]]] = {
    Transform.EXPOSURE: _exposure,
    Transform.FIRST: _first,
    Transform.UNIQUE: _unique,
    Transform.REMOVE_DIRECT: _remove_direct,
}
