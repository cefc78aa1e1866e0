"""Jobs of scoring: each calls one function of the domain."""

from typing import Any

from touchline.domain.scoring import building, ending, primary, sorting, upkeep


async def recompute_scores(payload: dict[str, Any]) -> None:
    """Make all scores by a model anew and swap them in."""
    await building.recompute(payload["task"])


async def make_primary_scores(payload: dict[str, Any]) -> None:
    """Sort lists by another model."""
    await primary.sort_by_primary(payload["task"])


async def forget_scores(payload: dict[str, Any]) -> None:
    """Remove scores that count no more."""
    await ending.forget_build(payload["task"])


async def forget_customer_list(payload: dict[str, Any]) -> None:
    """Remove a list of customers that is not shown any more."""
    await sorting.forget_list(payload["task"])


async def keep_scores() -> None:
    """Move landmarks before sums outgrow their columns, and sort anew what fades in part."""
    await upkeep.keep()
