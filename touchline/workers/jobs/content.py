"""Jobs of content: each calls one function of the domain."""

from typing import Any

from touchline.domain.content import publishing


async def publish_scheduled(payload: dict[str, Any]) -> None:
    """Show an asset to readers whose instant has come."""
    await publishing.publish_due(payload["asset"])
