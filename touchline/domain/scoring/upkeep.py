"""What scores need as time goes by, beside the instants at which single ones change."""

from functools import partial

from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import execute_many, fetch, in_transaction
from touchline.domain.scoring.announcing import announce
from touchline.domain.scoring.bands import Total, rank_of
from touchline.domain.scoring.builds import Build, open_builds
from touchline.domain.scoring.service import recompute_model
from touchline.domain.scoring.sorting import set_ranks
from touchline.domain.staleness.service import hold_judgement

_AT_ONCE = 5_000


async def keep() -> None:
    """Move the landmarks that are long past, by new builds, and refresh the ranks that drift.

    Whoever was to be told that a build counts is told, should the task have been given up.

    Beside scores that fade, one of which some points stay (those of a condition, or given by a
    person) sinks slower or not at all, so its rank is that of the instant at which it was looked
    at last.
    """
    builds = await open_builds()
    for build in builds:
        if build.counts:
            await announce(build.id)
    making = {build.model_id for build in builds if not build.counts}
    for build in builds:
        kept = build.kept
        if not build.counts or kept.half_life is None or build.model_id in making:
            continue
        if not build.keeps_at(now()):
            await recompute_model(SYSTEM, build.model_id)
        else:
            await _refresh_ranks(build)


async def _refresh_ranks(build: Build) -> None:
    after: int | None = 0
    while after is not None:
        after = await in_transaction(partial(_refresh_some, build, after, now()))


async def _refresh_some(build: Build, after: int, at: Moment) -> int | None:
    """Refresh the ranks of some customers; returns the last of them, ``None`` after all."""
    await hold_judgement()
    rows = await fetch(
        "SELECT customer_id, fading, steady FROM customer_score WHERE build_id = ?"
        " AND customer_id > ? AND steady <> 0 ORDER BY customer_id LIMIT ?",
        (build.id, after, _AT_ONCE),
    )
    ranks = {
        row["customer_id"]: rank_of(Total(row["fading"], row["steady"]), at, build.kept)
        for row in rows
    }
    await execute_many(
        "UPDATE customer_score SET rank = ? WHERE build_id = ? AND customer_id = ?",
        [(one, build.id, customer) for customer, one in ranks.items()],
    )
    await set_ranks(build, ranks)
    return max(ranks) if ranks else None
