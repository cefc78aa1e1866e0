"""Values of a call: what a map says of them, ready to be read from a row."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from touchline.domain.imports.columns import Cells, Columns, Path, ReadText
from touchline.domain.imports.errors import ImportCode, ImportRefused, RowRefused
from touchline.domain.imports.filters import pattern
from touchline.domain.imports.mapping import Expression, Reading
from touchline.domain.kernel import clock

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
ReadValue = Callable[[Cells], Json]
_Convert = Callable[[str], Json]

_TRUE = {"true", "t", "yes", "y", "1", "on"}
_FALSE = {"false", "f", "no", "n", "0", "off"}
_NUMBERS = str.maketrans("", "", "  \u00a0\u202f'_")


def value(columns: Columns, expression: Expression, zone: str, path: Path) -> ReadValue:
    """The reader of one expression; it gives ``None`` for what is empty."""
    if isinstance(expression, str):
        expression = Reading(expression)
    if not isinstance(expression, Reading):
        constant = expression
        return lambda cells: constant
    return _reading(columns, expression, zone, path)


def table(columns: Columns, shape: Mapping[str, object], zone: str, path: Path) -> ReadValue:
    """The reader of a table of expressions, nested as deep as the map nests it.

    Empty values and empty tables are left out; ``None`` when nothing remains.
    """
    branches = [
        (name, _branch(columns, below, zone, (*path, name))) for name, below in shape.items()
    ]
    return lambda cells: {n: v for n, read in branches if (v := read(cells)) is not None} or None


def _branch(columns: Columns, shape: object, zone: str, path: Path) -> ReadValue:
    if isinstance(shape, Mapping) and "from" not in shape:
        return table(columns, shape, zone, path)
    if isinstance(shape, list):
        items = [_branch(columns, item, zone, (*path, i)) for i, item in enumerate(shape)]
        return lambda cells: [v for read in items if (v := read(cells)) is not None] or None
    try:
        return value(columns, msgspec.convert(shape, Expression), zone, path)
    except msgspec.ValidationError as error:
        raise ImportRefused(ImportCode.MAP_INVALID, str(error), path) from None


def moment(columns: Columns, expression: Expression, zone: str, path: Path) -> ReadValue:
    """The reader of a call's timestamp: RFC 3339 in UTC."""
    reading = Reading(expression) if isinstance(expression, str) else expression
    if not isinstance(reading, Reading):
        message = "A timestamp needs a column, such as {created_at}."
        raise ImportRefused(ImportCode.MAP_INVALID, message, path)
    return _reading(columns, msgspec.structs.replace(reading, kind="datetime"), zone, path)


def _reading(columns: Columns, reading: Reading, zone: str, path: Path) -> ReadValue:
    texts = [reading.template] if isinstance(reading.template, str) else reading.template
    read_text = _first([columns.template(text, path) for text in texts])
    convert = _converter(reading, reading.time_zone or zone, path)
    choices, otherwise = reading.choices, reading.otherwise
    fits = pattern(reading.matches, path).search
    if reading.kind == "text" and not choices and reading.matches is None:
        return lambda cells: read_text(cells) or otherwise

    def read(cells: Cells) -> Json:
        text = read_text(cells)
        if not text or not fits(text):
            return otherwise
        if choices:
            return choices.get(text, otherwise)
        try:
            return convert(text)
        except (ValueError, OverflowError) as error:
            message = f"{text[:80]!r} is not {reading.kind}: {error}"
            raise RowRefused(ImportCode.BAD_VALUE, message, path) from None

    return read


def _first(readers: Sequence[ReadText]) -> ReadText:
    """The first text that is not empty."""
    if len(readers) == 1:
        return readers[0]
    return lambda cells: next((text for read in readers if (text := read(cells))), "")


def _converter(reading: Reading, zone: str, path: Path) -> _Convert:
    if reading.kind == "datetime":
        where = _zone(zone, path)
        return lambda text: clock.format_moment(_instant(text, reading.formats, where))
    if reading.kind == "date":
        return lambda text: _day(text, reading.formats).isoformat()
    if reading.kind == "list":
        return lambda text: [item for part in text.split(reading.sep) if (item := part.strip())]
    return _PLAIN[reading.kind]


def _zone(name: str, path: Path) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        message = f"{name!r} is no time zone; expected one such as Europe/Warsaw or UTC."
        raise ImportRefused(ImportCode.UNKNOWN_TIME_ZONE, message, path) from None


def _instant(text: str, formats: Sequence[str], zone: tzinfo) -> int:
    """Milliseconds since 1970. A time without an offset is taken to be in ``zone``."""
    if not formats:
        bare = clock.parse_moment(float(text) if _is_number(text) else text)
        return bare if _says_zone(text) or zone is UTC else _shifted(bare, zone)
    parsed = _first_format(text, formats)
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=zone)
    return round(parsed.timestamp() * clock.SECOND)


def _shifted(bare: int, zone: tzinfo) -> int:
    local = datetime.fromtimestamp(bare / clock.SECOND, UTC).replace(tzinfo=zone)
    return round(local.timestamp() * clock.SECOND)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).lstrip("-").isdigit()


def _says_zone(text: str) -> bool:
    tail = text[10:]
    return _is_number(text) or tail.endswith(("Z", "z", "UTC")) or "+" in tail or "-" in tail


def _first_format(text: str, formats: Sequence[str]) -> datetime:
    for form in formats:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 (the caller adds the zone)
        except ValueError:
            continue
    raise ValueError(f"expected {' or '.join(formats)}")


def _day(text: str, formats: Sequence[str]) -> date:
    return _first_format(text, formats).date() if formats else date.fromisoformat(text[:10])


def _whole(text: str) -> int:
    plain = text.translate(_NUMBERS)
    return int(plain.removesuffix(".0"))


def _decimal(text: str) -> float:
    plain = text.translate(_NUMBERS)
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    number = float(plain.replace(",", ""))
    if not math.isfinite(number):
        raise ValueError("it must be finite")
    return number


def _truth(text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ValueError("expected true or false, yes or no, 1 or 0")


def _json(text: str) -> Json:
    try:
        found: Json = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return found


_PLAIN: dict[str, _Convert] = {
    "text": str,
    "int": _whole,
    "float": _decimal,
    "bool": _truth,
    "json": _json,
}
