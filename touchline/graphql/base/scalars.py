"""Scalars of the schema."""

import re
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from touchline.domain.kernel.clock import DAY, Moment, format_moment, parse_moment
from touchline.graphql.base.durations import format_duration, parse_duration

Date = NewType("Date", int)
DateTime = NewType("DateTime", int)
Decimal = NewType("Decimal", str)
Duration = NewType("Duration", int)
JSON = NewType("JSON", object)

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,12})?", re.ASCII)
_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)


def _read_moment(value: Any) -> Moment:
    if not isinstance(value, str) or not _RFC_3339.fullmatch(value):
        raise GraphQLError(
            "DateTime must be RFC 3339 with a zone, such as 2026-11-22T06:00:00.123Z."
        )
    try:
        return parse_moment(value.upper())
    except ValueError:
        raise GraphQLError("DateTime names no instant of the calendar.") from None


def _read_day(value: Any) -> int:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise GraphQLError("Date must be a day such as 2026-11-22.")
    try:
        return parse_moment(value) // DAY
    except ValueError:
        raise GraphQLError("Date names no day of the calendar.") from None


def _write_day(value: Any) -> str:
    return format_moment(value * DAY)[:10]


def _read_duration(value: Any) -> Moment:
    try:
        return parse_duration(value if isinstance(value, str) else "")
    except ValueError as error:
        raise GraphQLError(
            f"Duration is {error}; it is written as ISO 8601, such as P30D or PT1H30M."
        ) from None


def _read_decimal(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise GraphQLError('Decimal must be a number as text, such as "12.50".')
    return value


def _as_it_is(value: Any) -> Any:
    return value


SCALARS: dict[object, ScalarDefinition] = {
    Date: strawberry.scalar(
        name="Date",
        description="A day in UTC as RFC 3339 text, such as `2026-11-22`.",
        specified_by_url="https://datatracker.ietf.org/doc/html/rfc3339#section-5.6",
        serialize=_write_day,
        parse_value=_read_day,
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description=(
            "An instant as RFC 3339 text with a zone. Answers are always in UTC with "
            "milliseconds, such as `2026-11-22T06:00:00.123Z`; input without a zone is refused."
        ),
        specified_by_url="https://datatracker.ietf.org/doc/html/rfc3339#section-5.6",
        serialize=format_moment,
        parse_value=_read_moment,
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description="A number with decimals as text, such as `12.50`, so that none is lost.",
        serialize=_as_it_is,
        parse_value=_read_decimal,
    ),
    Duration: strawberry.scalar(
        name="Duration",
        description=(
            "A length of time as ISO 8601 text of weeks, days, hours, minutes and seconds, such "
            "as `P30D`, `P2W` or `PT1H30M`. Months and years are refused, being of no certain "
            "length."
        ),
        specified_by_url="https://www.iso.org/iso-8601-date-and-time-format.html",
        serialize=format_duration,
        parse_value=_read_duration,
    ),
    JSON: strawberry.scalar(
        name="JSON",
        description="Any JSON value, in the shape in which its sender sent it.",
        specified_by_url="https://datatracker.ietf.org/doc/html/rfc8259",
        serialize=_as_it_is,
        parse_value=_as_it_is,
    ),
}
