"""Jobs of the backlog: each calls one function of the domain."""

from typing import Any

from touchline.domain.backlog import measuring


async def measure_item(payload: dict[str, Any]) -> None:
    """Measure an item whose window is over."""
    await measuring.measure(payload["item"])


async def measure_tried_item(payload: dict[str, Any]) -> None:
    """Measure the item of an experiment that has ended."""
    await measuring.measure_tried(payload["experiment"])


async def measure_items() -> None:
    """Have all measured that nobody measured in time."""
    await measuring.measure_due()
