"""The quarantine: what was not accepted, with all that is needed to try it again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from touchline.domain.collect.calls import CallType
from touchline.domain.collect.errors import JsonPath
from touchline.domain.collect.intake import Intake
from touchline.domain.collect.landed import Origin
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.minting import SHOWN_CHARACTERS
from touchline.domain.kernel.rows import insert_rows

SHARED_BYTES = 500_000
"""What a batch said for all its events is kept with each rejected one, up to this in total."""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A rejected event as it will stand. ``path`` is a JSON Pointer into ``raw``."""

    source_id: int
    received_at: Moment
    code: str
    path: str
    message: str
    raw: bytes
    request: dict[str, Any] | None = None


def quarantined(
    source_id: int, intake: Intake, origin: Origin, call: CallType | None
) -> list[Quarantined]:
    """The rejected events of a request, each with what the request said around it."""
    shared = origin.shared
    if shared and len(orjson.dumps(shared)) * len(intake.rejected) > SHARED_BYTES:
        shared = {}
    return [
        Quarantined(
            source_id=source_id,
            received_at=origin.received_at,
            code=one.fault.code.value,
            path=pointer(one.fault.path),
            message=one.fault.message,
            raw=without_key(one.raw, intake.write_key),
            request=said_around(replace(origin, shared=shared), call, whole=one.index is None),
        )
        for one in intake.rejected
    ]


async def set_aside(events: Sequence[Quarantined]) -> None:
    """Write events to the quarantine; belongs inside a transaction."""
    await insert_rows(
        "rejected_event",
        ["source_id", "received_at", "code", "path", "message", "raw", "request"],
        [
            (
                one.source_id,
                one.received_at,
                one.code,
                one.path,
                one.message,
                one.raw,
                None if one.request is None else orjson.dumps(one.request).decode(),
            )
            for one in events
        ],
    )


def without_key(raw: bytes, write_key: str | None) -> bytes:
    """The bytes with the write key made unreadable: who may read them may not send with it."""
    if not write_key:
        return raw
    hidden = write_key[:SHOWN_CHARACTERS] + "x" * (len(write_key) - SHOWN_CHARACTERS)
    return raw.replace(write_key.encode(), hidden.encode())


def pointer(path: JsonPath) -> str:
    """A path as a JSON Pointer (RFC 6901); the whole text is the empty pointer."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def said_around(origin: Origin, call: CallType | None, *, whole: bool) -> dict[str, Any]:
    """What a replay must know of the request besides the event itself.

    ``whole`` says that the event is in truth a body that could not be taken apart.
    """
    return {
        "call": None if call is None else call.value,
        "sentAt": origin.sent_at,
        "ip": origin.ip,
        "userAgent": origin.user_agent,
        "shared": origin.shared,
        "whole": whole,
    }
