"""Jobs of segments: each calls one function of the domain."""

from typing import Any

from touchline.domain.segments import working_out


async def build_segment(payload: dict[str, Any]) -> None:
    """Find who is in a version of a segment, and have it stand."""
    await working_out.go_on(payload["task"])
