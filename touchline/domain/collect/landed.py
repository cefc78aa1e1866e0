"""How accepted events stand in the landing, and how they are read back as calls.

One landing holds one request: what the request said once (when it came, when it was sent, from
where, what it said for all its events) and then its events, as the client wrote them.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import orjson

from touchline.domain.collect.calls import CALLS, CallType
from touchline.domain.collect.clock_correction import Clock, correct
from touchline.domain.collect.identification import as_text
from touchline.domain.collect.timestamps import read_original, read_timestamp
from touchline.domain.kernel.clock import Moment

_IDS = frozenset({"messageId", "userId", "anonymousId"})
_TIMES = frozenset({"timestamp", "originalTimestamp", "sentAt", "receivedAt"})
_CONTENT = frozenset({"traits", "properties", "context", "integrations"})
_COMMON = _IDS | _TIMES | _CONTENT | {"type", "writeKey"}
_OWN = {
    CallType.IDENTIFY: frozenset[str](),
    CallType.TRACK: frozenset({"event"}),
    CallType.PAGE: frozenset({"name", "category"}),
    CallType.SCREEN: frozenset({"name", "category"}),
    CallType.GROUP: frozenset({"groupId"}),
    CallType.ALIAS: frozenset({"previousId"}),
}
_KNOWN = {kind: _COMMON | own for kind, own in _OWN.items()}

_LARGE = 2_000
_COMPRESSION = 1
_BROWSER = "Mozilla/"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a request says once for all its events."""

    received_at: Moment
    sent_at: Moment | None = None
    ip: str | None = None
    user_agent: str | None = None
    shared: dict[str, Any] = field(default_factory=dict)


class Call(msgspec.Struct, frozen=True):
    """One accepted event, ready for the pipeline: ids as text, time corrected, context merged.

    ``traits`` speak of the person (``context.traits`` under the call's own), ``group_traits`` of
    the account of a group call; a ``None`` among them deletes. ``name`` is that of the event, the
    page or the screen. ``extra`` holds the members that no call knows.
    """

    type: CallType
    message_id: str
    user_id: str | None
    anonymous_id: str | None
    previous_id: str | None
    group_id: str | None
    name: str | None
    category: str | None
    traits: dict[str, Any]
    group_traits: dict[str, Any]
    properties: dict[str, Any]
    context: dict[str, Any]
    integrations: dict[str, Any]
    extra: dict[str, Any]
    occurred_at: Moment
    received_at: Moment
    clock: Clock


class _Envelope(msgspec.Struct, rename="camel"):
    received_at: Moment
    sent_at: Moment | None
    ip: str | None
    user_agent: str | None
    shared: dict[str, Any]
    events: list[dict[str, Any]]


_decode = msgspec.json.Decoder(_Envelope).decode


def pack_landing(origin: Origin, events: Sequence[bytes]) -> bytes:
    """The body of one landing. The events are spliced in as they are, not encoded again.

    What is large is compressed: a tenth of the bytes is written and flushed for a hundredth of
    the time it takes to identify them.
    """
    head = orjson.dumps(
        {
            "receivedAt": origin.received_at,
            "sentAt": origin.sent_at,
            "ip": origin.ip,
            "userAgent": origin.user_agent,
            "shared": origin.shared,
        }
    )
    body = b'%b,"events":[%b]}' % (head[:-1], b",".join(events))
    return zlib.compress(body, _COMPRESSION) if len(body) >= _LARGE else body


def read_landing(body: bytes) -> list[Call]:
    """The calls of one landing, in the order the client sent them."""
    envelope = _open(body)
    origin = _origin(envelope)
    return [_call(event, origin) for event in envelope.events]


def read_landed_call(body: bytes, index: int) -> Call:
    """One call of a landing."""
    envelope = _open(body)
    return _call(envelope.events[index], _origin(envelope))


def count_landed(body: bytes) -> int:
    """How many events a landing holds."""
    return len(_open(body).events)


def detach(body: bytes, index: int) -> tuple[bytes, Origin]:
    """One event of a landing on its own, and what its request said around it."""
    envelope = _open(body)
    return orjson.dumps(envelope.events[index]), _origin(envelope)


def _open(body: bytes) -> _Envelope:
    return _decode(body if body.startswith(b"{") else zlib.decompress(body))


def _origin(envelope: _Envelope) -> Origin:
    return Origin(
        envelope.received_at, envelope.sent_at, envelope.ip, envelope.user_agent, envelope.shared
    )


def _call(event: dict[str, Any], origin: Origin) -> Call:
    kind = CALLS[event["type"]]
    context = _context(event, origin)
    own_traits = event.get("traits") or {}
    about_person = context.get("traits") or {}
    is_group = kind is CallType.GROUP
    known = _KNOWN[kind]
    occurred_at, clock = _when(event, origin)
    return Call(
        type=kind,
        message_id=as_text(event["messageId"]),
        user_id=as_text(event.get("userId")) or None,
        anonymous_id=as_text(event.get("anonymousId")) or None,
        previous_id=(as_text(event.get("previousId")) or None) if kind is CallType.ALIAS else None,
        group_id=(as_text(event.get("groupId")) or None) if is_group else None,
        name=_name(event, kind),
        category=_string(event.get("category")) if "category" in known else None,
        traits=about_person if is_group or not own_traits else {**about_person, **own_traits},
        group_traits=own_traits if is_group else {},
        properties=event.get("properties") or {},
        context=context,
        integrations=_overlaid(origin.shared.get("integrations"), event.get("integrations")),
        extra=_beyond(event, known),
        occurred_at=occurred_at,
        received_at=origin.received_at,
        clock=clock,
    )


def _when(event: dict[str, Any], origin: Origin) -> tuple[Moment, Clock]:
    sent_at = origin.sent_at
    if sent_at is None:
        sent_at = read_timestamp(event.get("sentAt"), ("sentAt",))
    return correct(origin.received_at, sent_at, read_original(event, sent_at, origin.received_at))


def _context(event: dict[str, Any], origin: Origin) -> dict[str, Any]:
    """The event's context over the batch's; a visitor's own browser also tells address and agent.

    A server that reports on behalf of a visitor is not the visitor, so its address is not taken.
    """
    context = _overlaid(origin.shared.get("context"), event.get("context"))
    agent = origin.user_agent or ""
    if agent.startswith(_BROWSER) and context.get("userAgent", agent) == agent:
        context["userAgent"] = agent
        if origin.ip is not None:
            context.setdefault("ip", origin.ip)
    return context


def _beyond(event: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """The members that no call of this type knows; nearly always none."""
    if event.keys() <= known:
        return {}
    return {name: value for name, value in event.items() if name not in known}


def _overlaid(below: Any, above: Any) -> dict[str, Any]:
    """A new object: what stands in ``above``, and from ``below`` what is missing there."""
    if not below:
        return dict(above) if above else {}
    merged = dict(below)
    for name, value in (above or {}).items():
        beneath = merged.get(name)
        both = isinstance(value, dict) and isinstance(beneath, dict)
        merged[name] = _overlaid(beneath, value) if both else value
    return merged


def _name(event: dict[str, Any], kind: CallType) -> str | None:
    if kind is CallType.TRACK:
        return _string(event.get("event"))
    return _string(event.get("name")) if kind in {CallType.PAGE, CallType.SCREEN} else None


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
