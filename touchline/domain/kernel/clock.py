"""Time as whole milliseconds since 1970 in UTC, and the one place that reads the wall clock."""

import math
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

Moment = int

SECOND: Moment = 1_000
MINUTE: Moment = 60 * SECOND
HOUR: Moment = 60 * MINUTE
DAY: Moment = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_FIRST = (datetime(1, 1, 1, tzinfo=UTC) - _EPOCH) // _MILLISECOND
_BEYOND = (datetime(9999, 12, 31, tzinfo=UTC) - _EPOCH) // _MILLISECOND + DAY
_TIMESTAMP = re.compile(
    r"""^\s*(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})
    (?:[T\s](?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,](?P<part>\d{1,9}))?)?)?
    \s*(?P<zone>Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?\s*$""",
    re.VERBOSE | re.ASCII,
)


def _wall_clock() -> Moment:
    return time.time_ns() // 1_000_000


_source: Callable[[], Moment] = _wall_clock
_shown: ContextVar[Moment | None] = ContextVar("touchline_shown", default=None)


def now() -> Moment:
    """The present instant."""
    return _source()


def as_of() -> Moment:
    """The instant for which a reader is shown what fades: one for the whole of an answer."""
    return _shown.get() or now()


def show_from_now() -> None:
    """An answer begins: whatever fades is shown in it as it is at this instant."""
    _shown.set(now())


def use_clock(source: Callable[[], Moment] | None) -> None:
    """Replace the clock of this process; ``None`` brings the wall clock back."""
    global _source
    _source = source or _wall_clock


def format_moment(moment: Moment) -> str:
    """RFC 3339 in UTC with milliseconds, such as ``2026-11-22T06:00:00.123Z``."""
    written = (_EPOCH + moment * _MILLISECOND).isoformat(timespec="milliseconds")
    return written[:23] + "Z"


def parse_moment(value: str | int | float) -> Moment:
    """Read a timestamp as clients write it.

    Takes ISO 8601 with or without padding, seconds, fraction or zone (UTC is assumed), a bare
    date, and epoch numbers (below 10^11 they are seconds, else milliseconds). Raises
    ``ValueError`` for anything else, and for text that means no instant of the years 1 to 9999
    in UTC.
    """
    if isinstance(value, bool):
        raise ValueError("a truth value is not a timestamp")
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise ValueError("not a finite number")
        return int(value * SECOND if abs(value) < 1e11 else value)
    match = _TIMESTAMP.match(value)
    if match is None:
        raise ValueError("not an ISO 8601 timestamp")
    part = (match["part"] or "").ljust(3, "0")[:3]
    try:
        moment = datetime(
            int(match["year"]),
            int(match["month"]),
            int(match["day"]),
            int(match["hour"] or 0),
            int(match["minute"] or 0),
            int(match["second"] or 0),
            tzinfo=UTC,
        )
    except ValueError as error:
        raise ValueError(str(error)) from None
    meant = (moment - _EPOCH) // _MILLISECOND + int(part) - _offset(match["zone"])
    if not _FIRST <= meant < _BEYOND:
        raise ValueError("outside of the years 1 to 9999")
    return meant


def _offset(zone: str | None) -> Moment:
    if zone is None or zone in {"Z", "z", "UTC"}:
        return 0
    digits = zone[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 23 or minutes > 59:
        raise ValueError("no such zone")
    size = hours * HOUR + minutes * MINUTE
    return -size if zone[0] == "-" else size
