"""The six calls a client can make, and the paths they are made on."""

from enum import StrEnum


class CallType(StrEnum):
    """What a client says with an event."""

    IDENTIFY = "identify"
    TRACK = "track"
    PAGE = "page"
    SCREEN = "screen"
    GROUP = "group"
    ALIAS = "alias"


CALLS: dict[str, CallType] = {call.value: call for call in CallType}

PATHS: dict[str, CallType] = CALLS | {call.value[0]: call for call in CallType}
"""Long and short endpoint names of single calls."""

BATCH_PATHS = frozenset({"batch", "b", "import"})
