"""Moving landed events onto the timeline, batch by batch."""

from collections.abc import Iterable, Sequence

import structlog

from touchline.domain.channels import service as channels
from touchline.domain.collect import taking
from touchline.domain.collect.landed import Call, count_landed, read_landed_call, read_landing
from touchline.domain.collect.taking import Warned
from touchline.domain.customers import profiles
from touchline.domain.customers.provenance import TraitLevel
from touchline.domain.identity import service as identity
from touchline.domain.identity.errors import IdentityWarning
from touchline.domain.identity.service import Observation
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import in_transaction, savepoint
from touchline.domain.kernel.rows import plan_by_key
from touchline.domain.kernel.transience import is_transient
from touchline.domain.links.locating import assets_of
from touchline.domain.performance import service as performance
from touchline.domain.performance.counting import Happening
from touchline.domain.pipeline.preparing import Prepared, prepare, touchpoint
from touchline.domain.pipeline.stating import Placed, collect_statements, record
from touchline.domain.sources import queries as sources
from touchline.domain.timeline import service as timeline
from touchline.domain.timeline.robots import is_of_robot
from touchline.domain.timeline.types import NewTouchpoint
from touchline.settings import Settings

Arrival = tuple[int, Call]
"""A call and the source that sent it."""

_FAILED = "The event could not be processed. It is kept and can be replayed."

log = structlog.get_logger()


async def process_batch(settings: Settings, *, at_most: int | None = None) -> int:
    """Take some landed requests, oldest first, and put their events on the timeline.

    One transaction: a crash at any point leaves them landed. Returns the number of events taken,
    0 when nothing waits; ``at_most`` makes it fewer than usual. Several processes may do this at
    once; each takes other requests.
    """
    try:
        events = min(at_most or settings.pipeline_batch, settings.pipeline_batch)
        return await in_transaction(lambda: _process(settings, events))
    except Exception as error:
        if is_transient(error):
            raise
        log.exception("pipeline.batch_failed")
    return await in_transaction(lambda: _process_patiently(settings))


async def _process(settings: Settings, events: int) -> int:
    taken = await taking.take(events)
    arrivals = [(landed.source_id, call) for landed in taken for call in read_landing(landed.body)]
    await _place(arrivals, settings)
    crashpoint("pipeline.before_remove")
    if taken:
        await taking.remove([landed.id for landed in taken])
    return len(arrivals)


async def _process_patiently(settings: Settings) -> int:
    """Take one request and place its events one by one; quarantine those that still fail."""
    taken = await taking.take(1)
    if not taken:
        return 0
    landed = taken[0]
    events = count_landed(landed.body)
    for index in range(events):
        try:
            async with savepoint():
                call = read_landed_call(landed.body, index)
                await _place([(landed.source_id, call)], settings)
        except Exception as error:
            if is_transient(error):
                raise
            log.exception("pipeline.event_failed", landing=landed.id, index=index)
            await taking.quarantine(landed, index, _FAILED)
    await taking.remove([landed.id])
    return events


async def _place(arrivals: Sequence[Arrival], settings: Settings) -> None:
    await plan_by_key()
    fresh = await _unseen(arrivals, settings)
    if not fresh:
        return
    touchpoint_ids = await timeline.reserve(len(fresh))
    levels = await _levels({one.source_id for one in fresh})
    assets = await assets_of([one.mention for one in fresh])
    # From here on one transaction at a time: what can be done before it is done before.
    resolution = await identity.resolve(
        [Observation(one.extraction.identifiers, one.call.occurred_at) for one in fresh]
    )
    placed = [
        Placed(one, touchpoint_id, spot.customer_id, spot.link_id, levels[one.source_id])
        for one, touchpoint_id, spot in zip(
            fresh, touchpoint_ids, resolution.placements, strict=True
        )
    ]
    origins = await channels.note_origins([one.origin for one in fresh])
    entries = _entries(placed, origins, assets)
    await timeline.append(entries)
    happenings = _happenings(entries, placed)
    await channels.count_in(
        [
            (one.origin_id, one.moment)
            for one in happenings
            if not is_of_robot(one.kind, one.name, one.properties)
        ]
    )
    await performance.count_in(happenings)
    crashpoint("pipeline.after_append")
    stated = await record(collect_statements(placed))
    await profiles.recompute(stated, identifiers=resolution.changed, spans=_spans(placed))
    await taking.warn(_warnings(placed, resolution.warnings))


def _entries(
    batch: Sequence[Placed], origins: Sequence[int], assets: Sequence[int | None]
) -> list[NewTouchpoint]:
    return [
        touchpoint(
            placed.prepared,
            placed.touchpoint_id,
            placed.customer_id,
            placed.link_id,
            origin_id=origin_id,
            asset_id=asset_id,
        )
        for placed, origin_id, asset_id in zip(batch, origins, assets, strict=True)
    ]


def _happenings(entries: Sequence[NewTouchpoint], batch: Sequence[Placed]) -> list[Happening]:
    return [
        Happening(
            *(entry.asset_id, entry.customer_id, entry.origin_id or 0, entry.occurred_at),
            *(entry.type, entry.name, placed.prepared.call.properties),
        )
        for entry, placed in zip(entries, batch, strict=True)
    ]


async def _unseen(arrivals: Sequence[Arrival], settings: Settings) -> list[Prepared]:
    """The calls that were never stored, each message once, in the order they came."""
    told: dict[bytes, Arrival] = {}
    for source_id, call in arrivals:
        told.setdefault(timeline.message_digest(source_id, call.message_id), (source_id, call))
    unseen = await timeline.claim_messages(list(told))
    return [
        prepare(call, source_id, settings.phone_region)
        for digest, (source_id, call) in told.items()
        if digest in unseen
    ]


async def _levels(source_ids: set[int]) -> dict[int, TraitLevel]:
    """How much the word of each source weighs: a form carries the customer's own."""
    stated = await sources.spoken_by_customers(source_ids)
    return {
        source_id: TraitLevel.STATED if source_id in stated else TraitLevel.CONNECTED
        for source_id in source_ids
    }


def _spans(batch: Sequence[Placed]) -> dict[int, tuple[Moment, Moment]]:
    spans: dict[int, tuple[Moment, Moment]] = {}
    for placed in batch:
        moment = placed.prepared.call.occurred_at
        first, last = spans.get(placed.customer_id, (moment, moment))
        spans[placed.customer_id] = (min(first, moment), max(last, moment))
    return spans


def _warnings(
    batch: Sequence[Placed], raised: Iterable[tuple[int, IdentityWarning]]
) -> list[Warned]:
    extracted = ((placed, one) for placed in batch for one in placed.prepared.extraction.warnings)
    resolved = ((batch[index], one) for index, one in raised)
    return [
        Warned(placed.prepared.source_id, placed.touchpoint_id, one.code, one.message)
        for placed, one in (*extracted, *resolved)
    ]
