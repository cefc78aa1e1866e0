"""The job table: the truth about work that is to be done, whatever becomes of workers and queues.

A worker claims a job for a lease and renews it while it works. A job whose lease ran out counts
as failed, is tried again later, and after ``MAX_ATTEMPTS`` tries is put aside as dead with its
last error. So a job runs at least once, and may run twice: its effect must be idempotent.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from touchline.domain.kernel import clock, doorbell, ids
from touchline.domain.kernel.clock import SECOND, Moment
from touchline.domain.kernel.db import (
    Row,
    after_commit,
    dialect,
    execute,
    fetch,
    fetch_one,
    transactional,
)
from touchline.domain.kernel.outbox import as_document
from touchline.domain.kernel.rows import for_update, in_list

MAX_ATTEMPTS = 8
LEASE = 30 * SECOND
FIRST_RETRY = 2 * SECOND
RETRY_GROWTH = 3
ERROR_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job. ``attempts`` are the tries that failed before; ``token`` is the lease."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int
    token: str


class NotYet(Exception):
    """A job cannot be done before an instant: it is run then, and this was no try."""

    def __init__(self, until: Moment) -> None:
        super().__init__()
        self.until = until


Told = Callable[[str, dict[str, Any], str | None], Awaitable[None]]
_told: list[Told] = []


def when_dead(tell: Told) -> Told:
    """Have it told when a job is put aside as dead: its kind, what it was given, and the error.

    It runs in the same transaction. The error is ``None`` where a dead job is tried again.
    """
    _told.append(tell)
    return tell


async def tell_of_death(kind: str, payload: dict[str, Any], error: str | None) -> None:
    """Tell all who want to know."""
    for tell in _told:
        await tell(kind, payload, error)


async def enqueue(
    kind: str, payload: dict[str, Any], *, run_at: Moment | None = None, key: str | None = None
) -> None:
    """Queue work in the surrounding transaction, now or for ``run_at``.

    With a ``key``, work of the same kind and key that still waits stands for this one too (with
    its own payload, at the earlier of both instants); a running one does not.
    """
    now = clock.now()
    due = now if run_at is None else run_at
    pending_key = None if key is None else f"{kind}:{key}"
    await execute(
        """INSERT INTO job (kind, payload, key, pending_key, run_at, created_at, attempts)
        VALUES (?, ?, ?, ?, ?, ?, 0)
        ON CONFLICT (pending_key) DO UPDATE SET run_at = CASE
            WHEN job.attempts = 0 AND excluded.run_at < job.run_at THEN excluded.run_at
            ELSE job.run_at END""",
        (kind, orjson.dumps(payload).decode(), key, pending_key, due, now),
    )
    if due <= now:
        after_commit(partial(doorbell.ring, doorbell.JOBS))


async def any_due(kinds: Sequence[str]) -> bool:
    """Whether a claim would find something; reads only."""
    known, params = in_list("kind", kinds)
    now = clock.now()
    row = await fetch_one(
        f"""SELECT 1 AS found FROM job WHERE {known}
        AND ((lease_token IS NULL AND run_at <= ?) OR lease_until < ?) LIMIT 1""",
        [*params, now, now],
    )
    return row is not None


@transactional
async def claim(kinds: Sequence[str], limit: int, lease: Moment = LEASE) -> list[Job]:
    """Take up to ``limit`` due jobs of ``kinds`` for ``lease`` milliseconds, the oldest first.

    Nobody else gets them meanwhile. Leases that ran out are first counted as failures.
    """
    now = clock.now()
    await _reap(now)
    known, params = in_list("kind", kinds)
    token = ids.secret("lease")
    rows = await fetch(
        f"""UPDATE job SET lease_token = ?, lease_until = ?, pending_key = NULL WHERE id IN (
            SELECT id FROM job WHERE lease_token IS NULL AND run_at <= ? AND {known}
            ORDER BY run_at, id LIMIT ?{_skip_locked()})
        RETURNING id, kind, payload, attempts, run_at""",
        [token, now + lease, now, *params, limit],
    )
    ordered = sorted(rows, key=lambda row: (row["run_at"], row["id"]))
    return [
        Job(row["id"], row["kind"], as_document(row["payload"]), row["attempts"], token)
        for row in ordered
    ]


async def heartbeat(job: Job, lease: Moment = LEASE) -> bool:
    """Renew the lease; ``False`` when it was lost and another worker may have the job."""
    return bool(
        await execute(
            "UPDATE job SET lease_until = ? WHERE id = ? AND lease_token = ?",
            (clock.now() + lease, job.id, job.token),
        )
    )


async def finish(job: Job) -> bool:
    """The work is done; ``False`` when the lease was lost meanwhile.

    Called inside the transaction of the work's effect it makes both one.
    """
    sql = "DELETE FROM job WHERE id = ? AND lease_token = ?"
    return bool(await execute(sql, (job.id, job.token)))


@transactional
async def fail(job: Job, error: str) -> None:
    """The try failed: run the job again later, or put it aside as dead after the last try."""
    row = await fetch_one(
        f"SELECT id, kind, key, attempts FROM job WHERE id = ? AND lease_token = ?{for_update()}",
        (job.id, job.token),
    )
    if row is not None:
        await _put_back(row, error, clock.now())


async def put_off(job: Job, until: Moment) -> None:
    """Give a job back untried, to be run at an instant."""
    await execute(
        """UPDATE job SET lease_token = NULL, lease_until = NULL, run_at = ?
        WHERE id = ? AND lease_token = ?""",
        (until, job.id, job.token),
    )


async def release(job: Job) -> None:
    """Give a job back untried, due at once: its worker is being stopped."""
    await execute(
        """UPDATE job SET lease_token = NULL, lease_until = NULL
        WHERE id = ? AND lease_token = ?""",
        (job.id, job.token),
    )
    after_commit(partial(doorbell.ring, doorbell.JOBS))


async def _reap(now: Moment) -> None:
    rows = await fetch(
        f"""SELECT id, kind, key, attempts FROM job WHERE lease_until < ?
        ORDER BY id{_skip_locked()}""",
        (now,),
    )
    for row in rows:
        await _put_back(row, "The worker went away before it was done.", now)


async def _put_back(row: Row, error: str, now: Moment) -> None:
    attempts = row["attempts"] + 1
    if attempts >= MAX_ATTEMPTS:
        await _bury(row["id"], attempts, error[:ERROR_LIMIT], now)
        return
    run_at = now + FIRST_RETRY * RETRY_GROWTH ** (attempts - 1)
    if row["key"] is not None and await _merge(row, attempts, run_at, error):
        return
    await execute(
        """UPDATE job SET lease_token = NULL, lease_until = NULL, attempts = ?, run_at = ?,
        error = ?, pending_key = CASE WHEN key IS NULL THEN NULL ELSE kind || ':' || key END
        WHERE id = ?""",
        (attempts, run_at, error[:ERROR_LIMIT], row["id"]),
    )


async def _merge(row: Row, attempts: int, run_at: Moment, error: str) -> bool:
    """Let a job of the same key that was queued meanwhile stand for the one that failed."""
    merged = await execute(
        """UPDATE job SET error = ?,
        attempts = CASE WHEN attempts < ? THEN ? ELSE attempts END,
        run_at = CASE WHEN run_at < ? THEN ? ELSE run_at END
        WHERE pending_key = ?""",
        (error[:ERROR_LIMIT], attempts, attempts, run_at, run_at, f"{row['kind']}:{row['key']}"),
    )
    if merged:
        await execute("DELETE FROM job WHERE id = ?", (row["id"],))
    return bool(merged)


async def _bury(job_id: int, attempts: int, error: str, now: Moment) -> None:
    await execute(
        """INSERT INTO dead_job (kind, payload, key, attempts, error, created_at, died_at)
        SELECT kind, payload, key, CAST(? AS INTEGER), CAST(? AS TEXT), created_at,
        CAST(? AS BIGINT) FROM job WHERE id = ?""",
        (attempts, error, now, job_id),
    )
    gone = await fetch("DELETE FROM job WHERE id = ? RETURNING kind, payload", (job_id,))
    for row in gone:
        await tell_of_death(row["kind"], as_document(row["payload"]), error)


def _skip_locked() -> str:
    return " FOR UPDATE SKIP LOCKED" if dialect() == "postgres" else ""
