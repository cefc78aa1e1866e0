"""What people do about jobs: see how many wait, look at the dead ones, try those again."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from touchline.domain.kernel import clock, doorbell
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import (
    after_commit,
    execute,
    fetch,
    fetch_one,
    transactional,
)
from touchline.domain.kernel.errors import NotFound
from touchline.domain.kernel.jobs import tell_of_death
from touchline.domain.kernel.outbox import as_document


@dataclass(frozen=True, slots=True)
class Depths:
    """How many jobs there are. ``late_by`` is how long the oldest due one has waited, in ms."""

    waiting: int
    due: int
    running: int
    dead: int
    late_by: Moment


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that was put aside, and why."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int
    error: str
    created_at: Moment
    died_at: Moment


async def depths() -> Depths:
    """The depth of the queue now."""
    now = clock.now()
    row = await fetch_one(
        """SELECT COUNT(*) AS jobs,
        COALESCE(SUM(CASE WHEN lease_token IS NOT NULL THEN 1 ELSE 0 END), 0) AS running,
        COALESCE(SUM(CASE WHEN lease_token IS NULL AND run_at <= ? THEN 1 ELSE 0 END), 0) AS due,
        MIN(CASE WHEN lease_token IS NULL THEN run_at END) AS oldest,
        (SELECT COUNT(*) FROM dead_job) AS dead FROM job""",
        (now,),
    )
    assert row is not None
    late_by = 0 if row["oldest"] is None else max(0, now - row["oldest"])
    waiting = row["jobs"] - row["running"]
    return Depths(waiting, row["due"], row["running"], row["dead"], late_by)


async def dead_letters(limit: int = 100) -> list[DeadLetter]:
    """The jobs that were put aside, the latest first."""
    rows = await fetch(
        """SELECT id, kind, payload, attempts, error, created_at, died_at FROM dead_job
        ORDER BY id DESC LIMIT ?""",
        (limit,),
    )
    return [
        DeadLetter(
            row["id"],
            row["kind"],
            as_document(row["payload"]),
            row["attempts"],
            row["error"],
            row["created_at"],
            row["died_at"],
        )
        for row in rows
    ]


@transactional
async def retry_dead(letter_id: int) -> None:
    """Queue a dead job anew, with all its tries; raises ``NotFound``."""
    now = clock.now()
    moved = await fetch(
        """INSERT INTO job (kind, payload, key, run_at, created_at, attempts)
        SELECT kind, payload, key, CAST(? AS BIGINT), created_at, 0 FROM dead_job WHERE id = ?
        RETURNING kind, payload""",
        (now, letter_id),
    )
    if not moved:
        raise NotFound("There is no such dead job.", ["id"])
    for row in moved:
        await tell_of_death(row["kind"], as_document(row["payload"]), None)
    await execute("DELETE FROM dead_job WHERE id = ?", (letter_id,))
    after_commit(partial(doorbell.ring, doorbell.JOBS))


async def discard_dead(letter_id: int) -> None:
    """Forget a dead job for good; raises ``NotFound``."""
    if not await execute("DELETE FROM dead_job WHERE id = ?", (letter_id,)):
        raise NotFound("There is no such dead job.", ["id"])


async def forget_dead(kind: str, key: str) -> None:
    """Forget the dead jobs of a kind and key, if there are any: their work was queued anew."""
    await execute("DELETE FROM dead_job WHERE kind = ? AND key = ?", (kind, key))
