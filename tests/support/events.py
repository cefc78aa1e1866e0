"""Landing events and driving the pipeline, for tests that need customers with a history."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from touchline.domain.collect.intake import Limits, take_batch
from touchline.domain.collect.landed import Origin
from touchline.domain.collect.landing import write
from touchline.domain.collect.service import arrived
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.pipeline.service import process_batch
from touchline.domain.sources.service import ensure_source
from touchline.domain.sources.types import SourceKind
from touchline.settings import Settings

Event = Mapping[str, Any]


async def source(name: str = "web", kind: SourceKind = SourceKind.WEBSITE) -> int:
    """The id of a source of that name."""
    return (await ensure_source(SYSTEM, name=name, kind=kind)).id


async def land(*events: Event, source_id: int | None = None) -> None:
    """Land a batch as the collect endpoint would."""
    origin = Origin(now())
    intake = take_batch(
        orjson.dumps({"batch": list(events)}), origin.received_at, Limits.of(Settings())
    )
    sender = source_id if source_id is not None else await source()
    arrival = arrived(sender, intake, origin, None)
    await in_transaction(lambda: write([arrival]))


async def drain(settings: Settings) -> int:
    """Run the pipeline until nothing waits; returns how many events it took."""
    total = 0
    while taken := await process_batch(settings):
        total += taken
    return total


async def arrive(settings: Settings, *events: Event, source_id: int | None = None) -> None:
    """Land events and put them on the timeline."""
    await land(*events, source_id=source_id)
    await drain(settings)


async def customer_of(kind: str, value: str) -> int:
    """The customer an identifier belongs to."""
    rows = await fetch(
        "SELECT customer_id FROM identifier WHERE kind = ? AND value = ?", (kind, value)
    )
    return int(rows[0]["customer_id"])


async def timeline_of(customer_id: int) -> Sequence[tuple[str, str]]:
    """Type and message id (or summary, of a person's entry) of a customer's touchpoints."""
    rows = await fetch(
        "SELECT type, name, summary, message_id, source_id FROM touchpoint"
        " WHERE customer_id = ? ORDER BY occurred_at, id",
        (customer_id,),
    )
    return [
        (row["type"], row["summary"] if row["source_id"] is None else row["message_id"])
        for row in rows
    ]
