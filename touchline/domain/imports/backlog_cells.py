"""Cells of a table of items, read one by one: words, numbers and references."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from touchline.domain.backlog.exporting import NOTHING
from touchline.domain.backlog.types import CustomerValueKind
from touchline.domain.backlog.words import MOST_TARGET
from touchline.domain.imports.backlog_map import CUSTOMER_KINDS, word
from touchline.domain.imports.errors import ImportCode, RowRefused

T = TypeVar("T")


def words(known: Mapping[str, T]) -> dict[str, T]:
    """Meanings by words that are alike."""
    return {word(name): meaning for name, meaning in known.items()}


def chosen(cell: Mapping[str, str], field: str, known: Mapping[str, T]) -> T | None:
    """The meaning of a word; refuses what is not known."""
    given = cell.get(field)
    if not given:
        return None
    if word(given) not in known:
        message = f"{given!r} is not known; there are {', '.join(known)}."
        raise RowRefused(ImportCode.BAD_VALUE, message, (field,))
    return known[word(given)]


def customer_kind(cell: Mapping[str, str], level: int | None) -> CustomerValueKind | None:
    """In which way customers gain; satisfaction, where only a level is told."""
    found = chosen(cell, "customer value kind", words(CUSTOMER_KINDS))
    return CustomerValueKind.SATISFACTION if found is None and level is not None else found


def decimal(cell: Mapping[str, str], field: str, unit: str = "") -> Decimal | None:
    """A number with a point or a comma, and its unit behind it."""
    given = cell.get(field, "")
    bare = re.sub(rf"\s*{unit}$", "", given, flags=re.IGNORECASE) if unit else given
    if not bare:
        return None
    try:
        number = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise RowRefused(ImportCode.BAD_VALUE, f"{given!r} is no number.", (field,))
    return number


def whole(cell: Mapping[str, str], field: str, unit: str = "") -> int | None:
    """A whole number, however it is written."""
    number = decimal(cell, field, unit)
    if number is None:
        return None
    if number != number.to_integral_value() or abs(number) > MOST_TARGET:
        message = f"{cell[field]!r} is no whole number."
        raise RowRefused(ImportCode.BAD_VALUE, message, (field,))
    return int(number)


def milli(cell: Mapping[str, str]) -> int | None:
    """The target in thousandths."""
    number = decimal(cell, "target")
    if number is None:
        return None
    return MOST_TARGET + 1 if abs(number) > MOST_TARGET else round(number * 1000)


def waits_for(cell: Mapping[str, str]) -> tuple[str, ...] | None:
    """``None`` where nobody said so; ``()`` where it was said that it waits for nothing."""
    given = [name.strip() for name in cell.get("depends on", "").split(";") if name.strip()]
    if not given:
        return None
    return () if [word(name) for name in given] == [NOTHING] else tuple(dict.fromkeys(given))
