"""The days of the team: working days, counted from the Monday on which its backlog begins."""

from datetime import UTC, date, datetime, timedelta

from touchline.domain.kernel.clock import DAY, SECOND, Moment

WEEKS = 13
"""So many weeks of work are told, the last of them being that in which the year ends."""
_WORKING = 5


def last_sunday(today: date) -> date:
    """Where a year ends that nobody gave an end: so the week that is open then is open still."""
    return today - timedelta(days=today.isoweekday() % 7)


def first_monday(end: date) -> date:
    """The day on which the backlog begins: the year's last day lies in its last week."""
    last = end - timedelta(days=1)
    return last - timedelta(days=last.weekday(), weeks=WEEKS - 1)


def working_day(end: date, number: int) -> Moment:
    """Midnight (UTC) of a working day; 0 is the first, 5 the Monday after it."""
    weeks, days = divmod(number, _WORKING)
    return midnight(first_monday(end)) + (7 * weeks + days) * DAY


def midnight(day: date) -> Moment:
    """When a day begins, in UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * SECOND
