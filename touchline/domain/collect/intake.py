"""From the JSON of a request to a verdict on each of its events."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from touchline.domain.collect.calls import CallType
from touchline.domain.collect.cutting import cut_batch
from touchline.domain.collect.errors import CollectCode, Fault, Faulty
from touchline.domain.collect.judging import check_context, judge
from touchline.domain.collect.reading import Reader
from touchline.domain.collect.timestamps import read_timestamp
from touchline.domain.kernel.clock import Moment
from touchline.settings import Settings

_SHARED = ("context", "integrations")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a request may hold."""

    event_bytes: int = 32_768
    batch_bytes: int = 512_000
    batch_events: int = 2_500

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """The limits this deployment sets."""
        return cls(settings.max_event_bytes, settings.max_batch_bytes, settings.max_batch_events)


@dataclass(frozen=True, slots=True)
class Rejected:
    """An event that is not accepted.

    ``index`` is its place in the batch, ``None`` for a body that could not be taken apart.
    """

    index: int | None
    fault: Fault
    raw: bytes


@dataclass(slots=True)
class Intake:
    """A request taken apart: events to land as encoded JSON, and events to quarantine.

    ``shared`` is what a batch says for all its events (context, integrations); each event's own
    words win over it when the landing is read.
    """

    write_key: str | None = None
    sent_at: Moment | None = None
    shared: dict[str, Any] = field(default_factory=dict)
    accepted: list[bytes] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def refused(self) -> Rejected | None:
        """The rejection that stands for the whole body, when it could not be taken apart."""
        return self.rejected[0] if self.rejected and self.rejected[0].index is None else None


def take_call(body: bytes, call: CallType | None, received_at: Moment, limits: Limits) -> Intake:
    """Read the body of a single call; ``None`` lets the event say its own type.

    Never raises: what is wrong stands in ``rejected``.
    """
    intake = Intake()
    try:
        event, packed = Reader().read(body)
        intake.write_key = _write_key(event)
        _check_size(len(body), limits)
        changed = judge(event, call, None, received_at)
        intake.accepted.append(orjson.dumps(event) if changed else packed)
    except Faulty as faulty:
        intake.rejected.append(Rejected(0, faulty.fault, body))
    return intake


def take_batch(body: bytes, received_at: Moment, limits: Limits) -> Intake:
    """Read the body of a batch. Never raises: what is wrong stands in ``rejected``."""
    intake = Intake()
    reader = Reader()
    try:
        events = _open(body, reader, intake, limits)
    except Faulty as faulty:
        intake.rejected.append(Rejected(None, faulty.fault, body))
        return intake
    _take_events(events, None, reader, received_at, limits, intake)
    return intake


def take_again(
    raw: bytes, call: CallType | None, intake: Intake, received_at: Moment, limits: Limits
) -> Intake:
    """Judge one event anew, with what its request once said around it (in ``intake``)."""
    _take_events([raw], call, Reader(), received_at, limits, intake)
    return intake


def _take_events(
    events: Sequence[bytes],
    call: CallType | None,
    reader: Reader,
    received_at: Moment,
    limits: Limits,
    intake: Intake,
) -> None:
    weight = len(orjson.dumps(intake.shared)) if intake.shared else 0
    context = intake.shared.get("context")
    for index, raw in enumerate(events):
        try:
            _check_size(len(raw) + weight, limits)
            event, packed = reader.read(raw)
            changed = judge(event, call, intake.sent_at, received_at, context)
            intake.accepted.append(orjson.dumps(event) if changed else packed)
        except Faulty as faulty:
            intake.rejected.append(Rejected(index, faulty.fault, raw))


def _open(body: bytes, reader: Reader, intake: Intake, limits: Limits) -> list[bytes]:
    shell, events = cut_batch(body, reader, limits.batch_events)
    intake.write_key = _write_key(shell)
    if len(events) > limits.batch_events:
        raise Faulty(
            CollectCode.TOO_MANY_EVENTS,
            ("batch",),
            f"A batch holds at most {limits.batch_events} events.",
        )
    intake.sent_at = read_timestamp(shell.get("sentAt"), ("sentAt",))
    for name in _SHARED:
        value = shell.get(name)
        if value and type(value) is not dict:
            raise Faulty(CollectCode.WRONG_TYPE, (name,), "This must be an object.")
        if value:
            intake.shared[name] = value
    check_context(intake.shared.get("context") or {})
    return events


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.event_bytes:
        raise Faulty(
            CollectCode.EVENT_TOO_LARGE, (), f"An event holds at most {limits.event_bytes} bytes."
        )


def _write_key(value: Any) -> str | None:
    key = value.get("writeKey") if type(value) is dict else None
    return key if type(key) is str and key else None
