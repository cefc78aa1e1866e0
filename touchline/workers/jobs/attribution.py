"""Jobs of attribution: each calls one function of the domain."""

from typing import Any

from touchline.domain.attribution import effects


async def fit_attribution() -> None:
    """Work out the effects of channels where something happened since."""
    await effects.fit_if_changed()


async def share_anew(_payload: dict[str, Any]) -> None:
    """Share all credit by other settings, or other channels."""
    await effects.share_anew()
