"""The words of the timeline."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class TouchpointType(StrEnum):
    """What sort of entry a touchpoint is: a call a source made, or an entry of a person."""

    IDENTIFY = "IDENTIFY"
    TRACK = "TRACK"
    PAGE = "PAGE"
    SCREEN = "SCREEN"
    GROUP = "GROUP"
    ALIAS = "ALIAS"
    NOTE = "NOTE"
    MERGED = "MERGED"
    SPLIT = "SPLIT"
    TRAIT_CORRECTED = "TRAIT_CORRECTED"
    STAGE_MOVED = "STAGE_MOVED"
    REFUNDED = "REFUNDED"


class ClockTrust(StrEnum):
    """Where the time of a touchpoint comes from."""

    CORRECTED = "CORRECTED"
    ORIGINAL = "ORIGINAL"
    RECEIVED = "RECEIVED"
    UNTRUSTED = "UNTRUSTED"


class NewTouchpoint(NamedTuple):
    """A row to append. ``properties``, ``context``, ``extra`` and ``device`` are JSON text."""

    id: int
    customer_id: int
    link_id: int | None
    source_id: int | None
    message_id: str
    type: TouchpointType
    name: str
    summary: str
    occurred_at: int
    received_at: int
    clock: ClockTrust
    properties: str
    context: str
    extra: str | None
    device: str | None
    actor_name: str | None
    origin_id: int | None = None
    asset_id: int | None = None


@dataclass(frozen=True, slots=True)
class LinkMove:
    """All that came by one identity link now belongs to another customer."""

    link_id: int
    from_customer_id: int
    to_customer_id: int
