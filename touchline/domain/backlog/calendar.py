"""Working days: Monday to Friday. Days are counted from 1970, which began on a Thursday."""

_THURSDAY = 3
_SATURDAY = 5


def is_working(day: int) -> bool:
    """Whether a day is none of a weekend."""
    return (day + _THURSDAY) % 7 < _SATURDAY


def last_of(first_day: int, working_days: int) -> int:
    """The day on which so many working days are over; the first one counts if it is one."""
    day, left = first_day, working_days - is_working(first_day)
    while left:
        day += 1
        left -= is_working(day)
    return day
