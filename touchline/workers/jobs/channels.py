"""Jobs of channels: each calls one function of the domain."""

from typing import Any

from touchline.domain.channels import ruling


async def apply_rules(payload: dict[str, Any]) -> None:
    """Bring a list of rules into force."""
    await ruling.apply_rules(payload["run"])
