"""From an accepted call to the rows it will become; nothing here touches the database."""

from dataclasses import dataclass
from typing import Any

import orjson

from touchline.domain.channels.origins import Origin, origin_of
from touchline.domain.collect.calls import CallType
from touchline.domain.collect.clock_correction import Clock
from touchline.domain.collect.landed import Call
from touchline.domain.identity.extracting import Extraction, extract
from touchline.domain.links.mentions import Mention, mention_of
from touchline.domain.timeline import device
from touchline.domain.timeline.summary import summarise
from touchline.domain.timeline.types import ClockTrust, NewTouchpoint, TouchpointType

_KINDS = {kind: TouchpointType(kind.upper()) for kind in CallType}
_TRUST = {clock: ClockTrust(clock.upper()) for clock in Clock}


_NOWHERE = 0
"""The id of what has no place yet."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A call with all that can be said of it before its customer is known.

    ``entry`` is its row of the event log, but for its place (``touchpoint``).
    """

    call: Call
    source_id: int
    extraction: Extraction
    origin: Origin
    mention: Mention
    entry: NewTouchpoint


def prepare(call: Call, source_id: int, region: str | None) -> Prepared:
    """Work out identifiers, origin and entry."""
    kind, name = _KINDS[call.type], _name(call)
    return Prepared(
        call,
        source_id,
        extraction=extract(call, region=region),
        origin=origin_of(kind, name, call.properties, call.context),
        mention=mention_of(kind, call.properties, call.context),
        entry=_entry(call, source_id, kind, name),
    )


def touchpoint(
    prepared: Prepared,
    touchpoint_id: int,
    customer_id: int,
    link_id: int,
    *,
    origin_id: int,
    asset_id: int | None,
) -> NewTouchpoint:
    """The row of the event log for a call whose customer is known."""
    return prepared.entry._replace(
        id=touchpoint_id,
        customer_id=customer_id,
        link_id=link_id,
        origin_id=origin_id,
        asset_id=asset_id,
    )


def _entry(call: Call, source_id: int, kind: TouchpointType, name: str) -> NewTouchpoint:
    spoken_of = call.group_traits if call.type is CallType.GROUP else call.traits
    agent = call.context.get("userAgent")
    return NewTouchpoint(
        id=_NOWHERE,
        customer_id=_NOWHERE,
        link_id=None,
        source_id=source_id,
        message_id=call.message_id,
        type=kind,
        name=name,
        summary=summarise(kind, name, call.properties, spoken_of),
        occurred_at=call.occurred_at,
        received_at=call.received_at,
        clock=_TRUST[call.clock],
        properties=_json(_told(call)),
        context=_json(call.context),
        extra=_extra(call),
        device=device.describe(agent) if isinstance(agent, str) else None,
        actor_name=None,
    )


def _name(call: Call) -> str:
    match call.type:
        case CallType.IDENTIFY:
            return "Identify"
        case CallType.GROUP:
            return call.group_id or "Group"
        case CallType.ALIAS:
            return call.previous_id or "Alias"
        case CallType.PAGE | CallType.SCREEN:
            title = call.properties.get("title") or call.properties.get("path")
            return call.name or (title if isinstance(title, str) else "") or call.type.capitalize()
        case CallType.TRACK:
            return call.name or "Track"


def _told(call: Call) -> dict[str, Any]:
    """The traits of calls that speak of a person or an account, the properties of the others."""
    if call.type is CallType.IDENTIFY:
        return call.traits
    if call.type is CallType.GROUP:
        return call.group_traits
    return call.properties


def _extra(call: Call) -> str | None:
    if not (call.extra or call.integrations or call.category or call.properties):
        return None
    extra = dict(call.extra)
    if call.integrations:
        extra["integrations"] = call.integrations
    if call.category:
        extra["category"] = call.category
    if call.type is CallType.IDENTIFY and call.properties:
        extra["properties"] = call.properties
    return _json(extra) if extra else None


def _json(value: dict[str, Any]) -> str:
    return orjson.dumps(value).decode() if value else "{}"
