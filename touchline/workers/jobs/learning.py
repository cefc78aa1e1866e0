"""Jobs of learning: each calls one function of the domain."""

from typing import Any

from touchline.domain.learning import working
from touchline.workers.fitting_apart import fit_apart


async def suggest_scores(payload: dict[str, Any]) -> None:
    """Learn a scoring model from conversions, as a draft."""
    await working.go_on(payload["task"], fit_apart)
