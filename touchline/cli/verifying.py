"""What ``touchline doctor --verify`` compares: what is kept live with what a rebuild would say."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from touchline.domain.attribution import upkeep as attribution
from touchline.domain.channels.verifying import differences as of_channels
from touchline.domain.conversions import upkeep as conversions
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.rehearsing import rehearsed
from touchline.domain.performance.verifying import differences as of_performance
from touchline.domain.scoring import verifying as scoring
from touchline.domain.segments.verifying import differences as of_segments
from touchline.domain.stages.service import place_everybody
from touchline.domain.tags import upkeep as tags
from touchline.domain.vocabulary.leaves import LEAVES as LEAVES

Compare = Callable[[], Awaitable[list[str]]]


async def _segments() -> list[str]:
    return [
        f"{one.name}: {one.missing:,} missing, {one.surplus:,} too many"
        for one in await of_segments()
    ]


async def _tags() -> list[str]:
    return [
        f"{one.rule or 'what stands'}: {one.changed:,} customers differ"
        for one in await tags.differences()
    ]


async def _scores() -> list[str]:
    return [
        f"{one.model}: {one.differ:,} of {one.scores:,} scores differ"
        for one in await scoring.differences()
        if one.differ
    ]


async def _stages() -> list[str]:
    moved = await rehearsed(partial(place_everybody, SYSTEM))
    return [f"{moved:,} customers stand elsewhere"] if moved else []


async def _conversions() -> list[str]:
    return [
        f"{one.name}: {one.changed:,} of {one.conversions:,} conversions differ"
        for one in await conversions.differences()
    ]


async def _attribution() -> list[str]:
    conversions, days = await attribution.differences()
    found = {"conversions are credited": conversions, "sums of days are": days}
    return [f"{count:,} {what} otherwise" for what, count in found.items() if count]


# Part that is verified → what differs in it, in words. `touchline recompute PART` mends it.
VERIFIED: Mapping[str, Compare] = {
    "tags": _tags,
    "stages": _stages,
    "scores": _scores,
    "segments": _segments,
    "channels": of_channels,
    "conversions": _conversions,
    "attribution": _attribution,
    "performance": of_performance,
}
