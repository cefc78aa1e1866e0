"""Getting an update to a target, once, however often workers die on the way.

What goes out is no part of a transaction: a worker that is killed between sending and noting it
sends again, with the same id (``Message-ID`` of a mail, ``Idempotency-Key`` of a webhook), by which
a receiver can tell the two. What was tried too often is dead until somebody has it sent anew.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from touchline.domain.digest.errors import DigestErrorCode as Code
from touchline.domain.digest.service import TargetKind
from touchline.domain.kernel import job_care, jobs
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import MINUTE, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import for_update

DELIVER = "deliver_digest"
HELD = 2 * MINUTE
"""For so long nobody else sends what one has begun to send; sending takes at most half of it."""
_LONGEST_ERROR = 500


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


async def queue(delivery_id: int) -> None:
    """Have a delivery sent by the worker."""
    await jobs.enqueue(DELIVER, {"delivery": delivery_id}, key=str(delivery_id))


async def deliver(delivery_id: int, send: Send) -> None:
    """Send one delivery, unless it was sent.

    Raises ``NotSent`` when it is to be tried again, and ``NotYet`` while another may be sending it.
    """
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
async def retry_delivery(actor: Actor, delivery_id: int) -> None:
    """Have a delivery that was tried too often sent anew, with all its tries."""
    actor.require(Scope.ADMIN)
    row = await fetch_one(
        "SELECT d.state, t.removed_at FROM digest_delivery d"
        f" JOIN digest_target t ON t.id = d.target_id WHERE d.id = ?{for_update()}",
        (delivery_id,),
    )
    if row is None:
        raise Refused(Code.DELIVERY_NOT_FOUND, "There is no such delivery.", ("id",))
    if row["state"] != "DEAD":
        message = "Only what was tried too often is sent anew."
        raise Refused(Code.DELIVERY_NOT_DEAD, message, ("id",))
    if row["removed_at"] is not None:
        message = "Nothing is sent to its target any more."
        raise Refused(Code.TARGET_NOT_FOUND, message, ("id",))
    await _revive(delivery_id)
    await job_care.forget_dead(DELIVER, str(delivery_id))
    await queue(delivery_id)


@jobs.when_dead
async def _job_died(kind: str, payload: Mapping[str, Any], error: str | None) -> None:
    """A delivery is dead with the job that sends it, and on its way again with it."""
    if kind != DELIVER:
        return
    if error is None:
        await _revive(payload["delivery"])
        return
    said = error.removeprefix(f"{NotSent.__name__}: ")[:_LONGEST_ERROR]
    await execute(
        "UPDATE digest_delivery SET state = 'DEAD', error = ?, held_until = NULL"
        " WHERE id = ? AND state = 'PENDING'",
        (said, payload["delivery"]),
    )


async def _revive(delivery_id: int) -> None:
    await execute(
        "UPDATE digest_delivery SET state = CASE WHEN target_id IN"
        " (SELECT id FROM digest_target WHERE removed_at IS NULL) THEN 'PENDING' ELSE 'DROPPED' END"
        " WHERE id = ? AND state = 'DEAD'",
        (delivery_id,),
    )


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
        "SELECT d.state, d.held_until, t.kind, t.address, e.title, e.markdown, e.due_at,"
        " t.id AS target_id"
        " FROM digest_delivery d JOIN digest_edition e ON e.id = d.edition_id"
        " JOIN digest_target t ON t.id = d.target_id WHERE d.id = ?",
        (delivery_id,),
    )
    if row is None or row["state"] != "PENDING":
        return None
    if not taken:
        raise jobs.NotYet(row["held_until"] or moment)
    key = f"touchline-digest-{row['due_at']}-{row['target_id']}"
    return Message(key, TargetKind(row["kind"]), row["address"], row["title"], row["markdown"])


@transactional
async def _give_back(delivery_id: int, error: str) -> None:
    await execute(
        "UPDATE digest_delivery SET held_until = NULL, error = ? WHERE id = ?",
        (error[:_LONGEST_ERROR], delivery_id),
    )


@transactional
async def _note_sent(delivery_id: int) -> None:
    await execute(
        "UPDATE digest_delivery SET state = 'SENT', sent_at = ?, held_until = NULL, error = NULL"
        " WHERE id = ? AND state IN ('PENDING', 'DEAD')",
        (now(), delivery_id),
    )
