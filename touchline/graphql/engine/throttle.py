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
        available = self._refilled(key, now)
        if cost > available:
            return Level(
                max(0, int(available)), max(1, ceil((cost - available) / self.rates.restore_rate))
            )
        return self._keep(key, available - cost, now)

    async def settle(self, key: str, taken: int, used: int) -> Level:
        now = self.clock()
        level = self._refilled(key, now) + taken - used
        return self._keep(key, min(self.rates.maximum, level), now)

    async def close(self) -> None:
        self._buckets.clear()

    def _refilled(self, key: str, now: float) -> float:
        rates, known = self.rates, self._buckets.get(key)
        if known is None:
            return rates.maximum
        level, at = known
        return min(rates.maximum, level + (now - at) * rates.restore_rate)

    def _keep(self, key: str, level: float, now: float) -> Level:
        buckets = self._buckets
        buckets[key] = (level, now)
        buckets.move_to_end(key)
        if len(buckets) > _KEPT_BUCKETS:
            buckets.popitem(last=False)
        return Level(int(level) if level > 0 else 0)
