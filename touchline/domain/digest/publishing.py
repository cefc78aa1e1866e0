"""Writing the update when it is due, and getting it to each target.

That an edition is written and that it is to go to a target are rows with unique keys, written in
one transaction with the jobs: whoever is killed where, there is one edition a week and one delivery
of it for each target. What goes out is no part of a transaction: a worker that is killed between
sending and noting it sends again, with the same id (``Message-ID`` of a mail, ``Idempotency-Key``
of a webhook), by which a receiver can tell the two.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from touchline.domain.digest.gathering import digest_of
from touchline.domain.digest.service import TargetKind, has_targets
from touchline.domain.digest.weeks import last_due
from touchline.domain.kernel import jobs
from touchline.domain.kernel.clock import MINUTE, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch, fetch_one, transactional
from touchline.domain.kernel.rows import insert_rows

DELIVER = "deliver_digest"
HELD = 2 * MINUTE
"""For so long nobody else sends what one has begun to send; sending takes at most half of it."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: ``key`` is the same whenever it is sent again."""

    key: str
    kind: TargetKind
    address: str
    title: str
    markdown: str


Send = Callable[[Message], Awaitable[None]]
"""Gets a message to where it is to go; raises ``NotSent`` when it cannot."""


class NotSent(Exception):
    """A message did not go out, or nobody knows: it is to be tried again."""


async def publish_due(when: str) -> int | None:
    """Write the update whose hour (``MON 07:00``) came last, once; returns it if it was written.

    It goes to the targets that there were at that hour; without any it is not written.
    """
    due = last_due(now(), when)
    known = await fetch_one("SELECT max(due_at) AS latest FROM digest_edition")
    if known is not None and known["latest"] is not None and known["latest"] >= due:
        return None
    if not await has_targets():
        return None
    found = await digest_of(due)
    return await _write(due, found.title, found.markdown)


@transactional
async def _write(due: int, title: str, markdown: str) -> int | None:
    targets = await fetch(
        "SELECT id FROM digest_target WHERE removed_at IS NULL AND created_at <= ? ORDER BY id",
        (due,),
    )
    if not targets:
        return None
    rows = await insert_rows(
        "digest_edition",
        ["due_at", "title", "markdown", "created_at"],
        [(due, title, markdown, now())],
        on_conflict="ON CONFLICT (due_at) DO NOTHING",
        returning="id",
    )
    if not rows:
        return None
    edition = int(rows[0]["id"])
    deliveries = await insert_rows(
        "digest_delivery",
        ["edition_id", "target_id", "state", "attempts", "created_at"],
        [(edition, row["id"], "PENDING", 0, now()) for row in targets],
        returning="id",
    )
    for row in deliveries:
        await jobs.enqueue(DELIVER, {"delivery": row["id"]})
    crashpoint("digest.written")
    return edition


async def deliver(delivery_id: int, send: Send) -> None:
    """Send one delivery, unless it was sent; raises ``NotSent`` when it is to be tried again."""
    message = await _take(delivery_id)
    if message is None:
        return
    crashpoint("digest.taken")
    try:
        await send(message)
    except NotSent as error:
        await _give_back(delivery_id, str(error))
        raise
    crashpoint("digest.sent")
    await _note_sent(delivery_id)


@transactional
async def _take(delivery_id: int) -> Message | None:
    """Hold a delivery for a while; ``None`` when it needs no sending."""
    moment = now()
    taken = await execute(
        "UPDATE digest_delivery SET held_until = ?, attempts = attempts + 1"
        " WHERE id = ? AND state = 'PENDING' AND (held_until IS NULL OR held_until <= ?)",
        (moment + HELD, delivery_id, moment),
    )
    row = await fetch_one(
        "SELECT d.state, t.kind, t.address, e.title, e.markdown, e.due_at, t.id AS target_id"
        " FROM digest_delivery d JOIN digest_edition e ON e.id = d.edition_id"
        " JOIN digest_target t ON t.id = d.target_id WHERE d.id = ?",
        (delivery_id,),
    )
    if row is None or row["state"] != "PENDING":
        return None
    if not taken:
        raise NotSent("Another worker may be sending it.")
    key = f"touchline-digest-{row['due_at']}-{row['target_id']}"
    return Message(key, TargetKind(row["kind"]), row["address"], row["title"], row["markdown"])


@transactional
async def _give_back(delivery_id: int, error: str) -> None:
    await execute(
        "UPDATE digest_delivery SET held_until = NULL, error = ? WHERE id = ?",
        (error[:500], delivery_id),
    )


@transactional
async def _note_sent(delivery_id: int) -> None:
    await execute(
        "UPDATE digest_delivery SET state = 'SENT', sent_at = ?, held_until = NULL, error = NULL"
        " WHERE id = ? AND state = 'PENDING'",
        (now(), delivery_id),
    )
