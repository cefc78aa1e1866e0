"""What ``touchline doctor --verify`` compares: what is kept live with what a rebuild would say."""

from collections.abc import Awaitable, Callable, Mapping

from touchline.domain.segments.verifying import differences as of_segments

Compare = Callable[[], Awaitable[list[str]]]


async def _segments() -> list[str]:
    return [
        f"{one.name}: {one.missing:,} missing, {one.surplus:,} too many"
        for one in await of_segments()
    ]


# Part that is verified → what differs in it, in words. `touchline recompute PART` mends it.
VERIFIED: Mapping[str, Compare] = {
    "segments": _segments,
}
