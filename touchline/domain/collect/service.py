"""Accepting what clients send, and trying again what was rejected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from touchline.domain.collect.calls import CallType
from touchline.domain.collect.errors import Fault
from touchline.domain.collect.group_commit import GroupCommitter
from touchline.domain.collect.intake import Intake, Limits, take_again, take_batch
from touchline.domain.collect.landed import Origin, pack_landing
from touchline.domain.collect.landing import Arrival, write
from touchline.domain.collect.models import RejectedEvent
from touchline.domain.collect.quarantine import quarantined
from touchline.domain.kernel import clock, doorbell
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.db import after_commit, transactional


@dataclass(frozen=True, slots=True)
class Replay:
    """What became of a rejected event that was tried again.

    ``accepted`` counts the events that landed now (several for the body of a batch); ``fault`` is
    the present reason when none did. Both are empty for one that was replayed before.
    """

    id: int
    accepted: int = 0
    fault: Fault | None = None


async def accept(
    committer: GroupCommitter,
    *,
    source_id: int,
    intake: Intake,
    origin: Origin,
    call: CallType | None,
) -> None:
    """Land the accepted events of a request and quarantine the others, together and durably.

    Raises ``LandingUnavailable`` when neither was kept. ``call`` is what the path said, ``None``
    for a batch.
    """
    arrival = arrived(source_id, intake, origin, call)
    if arrival.accepted or arrival.rejected:
        await committer.submit(arrival)


@transactional
async def replay_rejected(
    actor: Actor, ids: Sequence[int], *, limits: Limits | None = None
) -> list[Replay]:
    """Judge rejected events anew and land those that pass now, as if they had come then.

    Idempotent: one that was replayed lands no second time. Of a batch that is now understood, the
    events that still fail stand in the quarantine on their own. Unknown ids are left out.
    """
    actor.require(Scope.WRITE)
    rows = await RejectedEvent.filter(id__in=list(ids)).order_by("id").select_for_update()
    return [await _replay(row, limits or Limits()) for row in rows]


async def _replay(row: RejectedEvent, limits: Limits) -> Replay:
    if row.replayed_at is not None:
        return Replay(row.id)
    said = row.request or {}
    call = CallType(said["call"]) if said.get("call") else None
    origin = Origin(row.received_at, ip=said.get("ip"), user_agent=said.get("userAgent"))
    if said.get("whole") and call is None:
        intake = take_batch(row.raw_bytes, row.received_at, limits)
    else:
        around = Intake(sent_at=said.get("sentAt"), shared=said.get("shared") or {})
        intake = take_again(row.raw_bytes, call, around, row.received_at, limits)
    if not intake.accepted:
        return Replay(row.id, fault=intake.rejected[0].fault if intake.rejected else None)
    await write([arrived(row.source_id, intake, origin, call)])
    row.replayed_at = clock.now()
    await row.save(update_fields=["replayed_at"])
    after_commit(partial(doorbell.ring, doorbell.LANDING))
    return Replay(row.id, accepted=len(intake.accepted))


def arrived(source_id: int, intake: Intake, origin: Origin, call: CallType | None) -> Arrival:
    """A request as it will be written."""
    full = replace(origin, sent_at=intake.sent_at, shared=intake.shared)
    return Arrival(
        source_id=source_id,
        received_at=origin.received_at,
        accepted=len(intake.accepted),
        landing=pack_landing(full, intake.accepted) if intake.accepted else b"",
        rejected=quarantined(source_id, intake, full, call),
    )
