"""Durations as ISO 8601 writes them: weeks, days and what is shorter, all of exact length."""

import re

from touchline.domain.kernel.clock import DAY, HOUR, MINUTE, SECOND, Moment

_LONGEST = 100 * 366 * DAY
_PARTS = (("days", DAY), ("hours", HOUR), ("minutes", MINUTE), ("seconds", SECOND))
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d{1,6})W)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,12}(?:\.\d{1,3})?)S)?)?",
    re.ASCII,
)


def parse_duration(text: str) -> Moment:
    """Milliseconds of a text such as ``P30D``, ``P2W`` or ``PT1H30M``; raises ``ValueError``.

    Months and years are refused: they are of no certain length.
    """
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()) or text.endswith("T"):
        raise ValueError("not a duration of weeks, days, hours, minutes and seconds")
    whole = int(found["weeks"] or 0) * 7 * DAY
    for name, size in _PARTS[:-1]:
        whole += int(found[name] or 0) * size
    seconds, _, fraction = (found["seconds"] or "0").partition(".")
    whole += int(seconds) * SECOND + int(fraction.ljust(3, "0") or 0)
    if whole > _LONGEST:
        raise ValueError("longer than 100 years")
    return whole


def format_duration(length: Moment) -> str:
    """The same text for the same length, such as ``P30D`` or ``PT1H30M``; weeks are days."""
    days, rest = divmod(length, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, fraction = divmod(rest, SECOND)
    dot = f".{fraction:03}" if fraction else ""
    time = "".join(
        [f"{hours}H" if hours else "", f"{minutes}M" if minutes else ""]
        + ([f"{seconds}{dot}S"] if seconds or fraction else [])
    )
    text = (f"{days}D" if days else "") + (f"T{time}" if time else "")
    return f"P{text}" if text else "PT0S"
