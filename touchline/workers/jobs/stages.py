"""Jobs of stages: each calls one function of the domain."""

from typing import Any

from touchline.domain.stages import replacing


async def place_customers(payload: dict[str, Any]) -> None:
    """Place everybody by a journey that was written anew."""
    await replacing.go_on(payload["task"])
