"""Jobs of experiments: each calls one function of the domain."""

from typing import Any

from touchline.domain.experiments import refreshing


async def refresh_experiment(payload: dict[str, Any]) -> None:
    """Work out what an experiment has shown by now."""
    await refreshing.refresh(payload["experiment"])


async def end_experiments() -> None:
    """End the experiments whose window is over."""
    await refreshing.end_due()
