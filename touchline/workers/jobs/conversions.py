"""Jobs of conversions: each calls one function of the domain."""

from typing import Any

from touchline.domain.conversions import applying


async def apply_conversion_goal(payload: dict[str, Any]) -> None:
    """Count what a version of a goal counts in the whole past, and put it into force."""
    await applying.go_on(payload["task"])
