"""Which timestamps are taken, and which are nonsense.

Taken: anything that can be read as an instant between 1970 and 2199 and is at most a year ahead of
the clock it is measured against (the device's own ``sentAt``, else the time of receipt). A device
whose clock is years wrong still passes, since its ``sentAt`` is wrong by as much. Everything else,
text that is no date, year 1 or year 9999, costs the event a place in the quarantine, not its life.
"""

from datetime import UTC, datetime
from typing import Any

from touchline.domain.collect.errors import CollectCode, Faulty, JsonPath
from touchline.domain.kernel.clock import DAY, SECOND, Moment, parse_moment

_EARLIEST: Moment = 0
_LATEST = parse_moment("2200-01-01")
_AHEAD = 366 * DAY
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN_OUT = len("2026-11-22T06:00:00Z")


def read_timestamp(value: Any, path: JsonPath) -> Moment | None:
    """The instant, or ``None`` where there is none. Raises ``Faulty`` for nonsense."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Faulty(CollectCode.INVALID_TIMESTAMP, path, "A timestamp is ISO 8601 text.")
    try:
        moment = _moment(value)
    except ValueError:
        raise Faulty(CollectCode.INVALID_TIMESTAMP, path, "Not an ISO 8601 timestamp.") from None
    if not _EARLIEST <= moment < _LATEST:
        raise Faulty(CollectCode.INVALID_TIMESTAMP, path, "No clock shows a time this far away.")
    return moment


def read_original(
    event: dict[str, Any], sent_at: Moment | None, received_at: Moment
) -> Moment | None:
    """When the device says the event happened: ``timestamp``, else ``originalTimestamp``."""
    name = "timestamp" if event.get("timestamp") is not None else "originalTimestamp"
    moment = read_timestamp(event.get(name), (name,))
    measure = received_at if sent_at is None else sent_at
    if moment is not None and moment > measure + _AHEAD:
        raise Faulty(
            CollectCode.INVALID_TIMESTAMP, (name,), "The event lies more than a year in the future."
        )
    return moment


def _moment(value: str | int | float) -> Moment:
    """As ``parse_moment``, with a short way for the one form that nearly all clients write."""
    if type(value) is str and len(value) >= _WRITTEN_OUT and value[10] == "T" and value[4] == "-":
        try:
            since = datetime.fromisoformat(value) - _EPOCH
        except (ValueError, TypeError):
            return parse_moment(value)
        return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds // SECOND
    return parse_moment(value)
