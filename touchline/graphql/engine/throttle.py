"""How much cost a caller may spend: a bucket that is filled again little by little."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple, Protocol

_KEPT_BUCKETS = 10_000


@dataclass(frozen=True, slots=True)
class Rates:
    """What a bucket holds, and what it regains in a second."""

    maximum: int = 10_000
    restore_rate: int = 500


class Level(NamedTuple):
    """A bucket after a visit. ``wait`` is the seconds until what was refused could be had."""

    available: int
    wait: int = 0


class Throttle(Protocol):
    """A set of buckets; the one for a single process is ``LocalThrottle``."""

    rates: Rates

    async def take(self, key: str, cost: int) -> Level:
        """Take ``cost`` if it is there; otherwise take nothing and say how long to wait."""

    async def settle(self, key: str, taken: int, used: int) -> Level:
        """Give back what was taken and not used; take what was used besides, even as a debt."""

    async def close(self) -> None:
        """Let go of what it holds open."""


@dataclass(slots=True)
class LocalThrottle:
    """Buckets in this process's memory. A full bucket need not be kept, so few are."""

    rates: Rates = Rates()
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    async def take(self, key: str, cost: int) -> Level:
        now = self.clock()
        available = self._level(key, now)
        if cost > available:
            return Level(
                max(0, int(available)), max(1, ceil((cost - available) / self.rates.restore_rate))
            )
        return self._set(key, available - cost, now)

    async def settle(self, key: str, taken: int, used: int) -> Level:
        now = self.clock()
        return self._set(key, self._level(key, now) + taken - used, now)

    async def close(self) -> None:
        self._buckets.clear()

    def _level(self, key: str, now: float) -> float:
        rates = self.rates
        level, at = self._buckets.get(key, (rates.maximum, 0.0))
        return min(rates.maximum, level + (now - at) * rates.restore_rate)

    def _set(self, key: str, level: float, now: float) -> Level:
        level = min(self.rates.maximum, level)
        if key in self._buckets:
            self._buckets.move_to_end(key)
        self._buckets[key] = (level, now)
        if len(self._buckets) > _KEPT_BUCKETS:
            self._buckets.popitem(last=False)
        return Level(max(0, int(level)))
