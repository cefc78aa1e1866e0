"""Sharing all credit anew from the log, and telling whether it is shared as it should be."""

from dataclasses import dataclass
from functools import partial

from touchline.domain.attribution.effects import Fitted, fit
from touchline.domain.attribution.keeping import keep
from touchline.domain.attribution.rolling import sum_all
from touchline.domain.customers.queries import standing_after
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import in_transaction
from touchline.domain.kernel.rehearsing import rehearsed
from touchline.domain.staleness.service import hold_judgement

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was mended: the credit for so many conversions, and so many sums of days."""

    conversions: int
    days: int
    fitted: list[Fitted]


async def rebuild() -> Rebuilt:
    """Work all out anew, some customers in each transaction: effects, credits and days."""
    return Rebuilt(fitted=await fit(), conversions=await _share_all(), days=await sum_all())


async def differences() -> tuple[int, int]:
    """For how many conversions credits differ by the effects in force, and how many sums of days.

    Nothing is changed.
    """
    return await rehearsed(_mended)


async def _mended() -> tuple[int, int]:
    return await _share_all(), await sum_all()


async def _share_all() -> int:
    moved = reached = 0
    while customers := await standing_after(reached, _AT_ONCE):
        reached = customers[-1]
        moved += await in_transaction(partial(_share, customers))
    return moved


async def _share(customers: list[int]) -> int:
    await hold_judgement()
    return await keep(customers, now())
