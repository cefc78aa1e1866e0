"""When the update is due: once a week, at an hour of a day, in UTC. Pure."""

from touchline.domain.kernel.clock import DAY, HOUR, MINUTE, Moment

WEEK: Moment = 7 * DAY
_FIRST_MONDAY: Moment = 4 * DAY
"""1970 began on a Thursday."""
_DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


def last_due(at: Moment, when: str) -> Moment:
    """The latest instant, at or before ``at``, at which an update is due: ``when`` is ``MON 07:00``
    or the like.
    """
    day, _, time = when.partition(" ")
    hours, _, minutes = time.partition(":")
    into = _DAYS.index(day) * DAY + int(hours) * HOUR + int(minutes) * MINUTE
    begun = _FIRST_MONDAY + into
    return begun + (at - begun) // WEEK * WEEK
