"""Jobs of performance: each calls one function of the domain."""

from typing import Any

from touchline.domain.performance import rollups


async def sum_by_channel(_payload: dict[str, Any]) -> None:
    """Sum the figures of content by channel anew, after the rules of channels changed."""
    await rollups.rebuild_channels()
