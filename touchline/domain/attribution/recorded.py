"""Reading touches and conversions that somebody kept in a file: a row for each touch."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from touchline.domain.attribution.chain import MOST_CHANNELS
from touchline.domain.attribution.errors import AttributionErrorCode as Code
from touchline.domain.attribution.journeys import Outcome, Touch
from touchline.domain.kernel.clock import Moment, parse_moment
from touchline.domain.kernel.errors import PathStep, Refused
from touchline.domain.kernel.money import to_minor
from touchline.domain.kernel.names import name_key

_YES, _NO = frozenset({"1", "true", "yes", "y", "t"}), frozenset({"", "0", "false", "no", "n", "f"})
USUAL_VALUE = "conversion_value"
_FIRST_ROW = 2
"""The names of the columns stand in row 1."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in the file what stands; the usual ``value`` may be missing, conversions have none."""

    customer: str = "customer_id"
    time: str = "time"
    channel: str = "channel"
    conversion: str = "conversion"
    value: str = USUAL_VALUE


@dataclass(frozen=True, slots=True)
class History:
    """What one customer did: touches in the order of time, and conversions behind some of them."""

    touches: Sequence[Touch]
    outcomes: Sequence[Outcome]


@dataclass(frozen=True, slots=True)
class _Row:
    at: Moment
    number: int
    channel: str
    converted: bool
    value: int


def read(path: Path, columns: Columns, currency: str, direct: str) -> list[History]:
    """The histories in a file of comma-separated values in UTF-8.

    Rows may stand in any order; those of one instant count in the order of the file. A row that
    says a conversion is a touch as well, and the conversion follows it. Refusals name row and
    column.
    """
    found: dict[str, list[_Row]] = {}
    for customer, row in _rows(path, columns, currency):
        found.setdefault(customer, []).append(row)
    if not found:
        raise Refused(Code.FILE_EMPTY, f"{path.name} holds no touches.", ("file",))
    channels = {row.channel for rows in found.values() for row in rows}
    if len(channels) > MOST_CHANNELS:
        message = f"{path.name} names {len(channels):,} channels; {MOST_CHANNELS} are the most."
        raise Refused(Code.TOO_MANY_CHANNELS, message, ("file", columns.channel))
    return [_history(found[customer], name_key(direct)) for customer in sorted(found)]


def _history(rows: Sequence[_Row], direct: str) -> History:
    ordered = sorted(rows, key=lambda row: (row.at, row.number))
    return History(
        [Touch(row.at, row.channel, name_key(row.channel) == direct) for row in ordered],
        [
            Outcome(place, row.at, row.value)
            for place, row in enumerate(ordered, 1)
            if row.converted
        ],
    )


def _rows(path: Path, columns: Columns, currency: str) -> Iterator[tuple[str, _Row]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            _check(reader.fieldnames or (), columns)
            for number, cells in enumerate(reader, _FIRST_ROW):
                yield cells[columns.customer] or "", _row(cells, number, columns, currency)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path} cannot be read: {error}."
        raise Refused(Code.FILE_UNREADABLE, message, ("file",)) from error


def _check(names: Sequence[str], columns: Columns) -> None:
    needed = (columns.customer, columns.time, columns.channel, columns.conversion, columns.value)
    for wanted in needed:
        if wanted not in names and wanted != USUAL_VALUE:
            message = f"There is no column {wanted}; there are {', '.join(names) or 'none'}."
            raise Refused(Code.COLUMN_MISSING, message, ("file", wanted))


def _row(cells: dict[str, str | None], number: int, columns: Columns, currency: str) -> _Row:
    for name in (columns.customer, columns.channel):
        if not (cells[name] or "").strip():
            raise _bad(number, name, "is empty")
    try:
        at = parse_moment(cells[columns.time] or "")
    except ValueError:
        raise _bad(number, columns.time, "is no instant") from None
    said = (cells[columns.conversion] or "").strip().lower()
    if said not in _YES | _NO:
        raise _bad(number, columns.conversion, "is neither 0 nor 1")
    converted = said in _YES
    text = (cells.get(columns.value) or "").strip()
    try:
        value = to_minor(text, currency) if converted and text else 0
    except ValueError:
        raise _bad(number, columns.value, "is no amount") from None
    if value < 0:
        raise _bad(number, columns.value, "is below 0")
    return _Row(at, number, (cells[columns.channel] or "").strip(), converted, value)


def _bad(number: int, column: str, what: str) -> Refused:
    path: tuple[PathStep, ...] = ("file", number, column)
    return Refused(Code.CELL_INVALID, f"Row {number}: {column} {what}.", path)
