"""How far customers come on their journey, and how long they take."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch
from touchline.domain.stages.queries import all_stages


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of the funnel.

    ``reached`` ever were in it or in a later one. ``rate`` is their share of those who reached the
    stage before, ``typical_time`` the median (ms) they took from it, as far as both were seen.
    """

    stage_id: int
    present: int
    reached: int
    rate: float | None
    typical_time: Moment | None


async def funnel(since: Moment | None = None, until: Moment | None = None) -> list[Step]:
    """The funnel of customers who first came into any stage within a time (by default ever)."""
    stages = await all_stages()
    firsts = await _firsts(since, until)
    present = {
        row["stage_id"]: row["n"]
        for row in await fetch(
            "SELECT stage_id, count(*) AS n FROM customer_stage GROUP BY stage_id"
        )
    }
    steps: list[Step] = []
    before: dict[int, Moment] = {}
    for at, stage in enumerate(stages):
        later = {one.id for one in stages[at:]}
        now = {
            customer: min(moment for to, moment in seen if to in later)
            for customer, seen in firsts.items()
            if any(to in later for to, _ in seen)
        }
        times = [now[one] - before[one] for one in now if one in before]
        steps.append(
            Step(
                stage.id,
                present.get(stage.id, 0),
                len(now),
                len(now) / len(before) if before else None,
                median_low(times) if times else None,
            )
        )
        before = now
    return steps


async def _firsts(
    since: Moment | None, until: Moment | None
) -> dict[int, Sequence[tuple[int, Moment]]]:
    """By customer when it first came into each stage it was in."""
    rows = await fetch(
        "SELECT customer_id, to_id, min(at) AS first FROM stage_change"
        " WHERE to_id IS NOT NULL GROUP BY customer_id, to_id"
    )
    found: dict[int, list[tuple[int, Moment]]] = {}
    for row in rows:
        found.setdefault(row["customer_id"], []).append((row["to_id"], row["first"]))
    return {
        customer: seen
        for customer, seen in found.items()
        if (since is None or min(moment for _, moment in seen) >= since)
        and (until is None or min(moment for _, moment in seen) < until)
    }
