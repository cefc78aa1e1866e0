"""Figures of content, brought up to date and read for tests."""

from typing import Any

from tests.support.judging import judge_all
from touchline.domain.performance.rollups import roll


async def figures_settled() -> None:
    """Judge and add up all that waits."""
    while await judge_all() + await roll():
        pass


def a_read(slug: str, who: str, at: str, **context: Any) -> dict[str, Any]:
    """Somebody read an asset."""
    properties = {"assetSlug": slug, "seconds": 40, "scrollDepth": 0.9}
    call = {"type": "track", "event": "Content Read", "anonymousId": who, "timestamp": at}
    return call | {"properties": properties, "context": context}
