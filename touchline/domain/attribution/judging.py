"""Bringing the credits of stale customers up to date."""

from touchline.domain.attribution.keeping import keep
from touchline.domain.staleness import facts
from touchline.domain.staleness.draining import Judged

_TOUCHING = frozenset({facts.EVENT, facts.CONVERSION, facts.ATTRIBUTION})


async def judge(judged: Judged) -> None:
    """Share anew the credit for the conversions of customers whom something happened to."""
    await keep(judged.touched(_TOUCHING), judged.at)
