"""A row of a table as an item of a backlog, or what is wrong with it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import blake2b
from typing import TypeVar

from touchline.domain.backlog.bringing import Brought
from touchline.domain.backlog.exporting import NOTHING
from touchline.domain.backlog.proposing import columns_of
from touchline.domain.backlog.types import CustomerValueKind, ItemKind
from touchline.domain.backlog.words import MOST_TARGET, ItemText
from touchline.domain.imports.backlog_map import (
    CUSTOMER_KINDS,
    KINDS,
    LISTED,
    METRICS,
    PASSED_OVER,
    PROPOSED,
    STATES,
    UNDER_WAY,
    BacklogMap,
    word,
)
from touchline.domain.imports.errors import ImportCode, RowRefused
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.sheets import unshielded

T = TypeVar("T")
MOST_REFERENCE = 200
_FIELDS = {
    "customerValue": "customer value",
    "businessValue": "business value",
    "windowDays": "window days",
    "dependsOnIds": "depends on",
}


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line of the file on which it begins."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Read:
    """An item as a row tells of it. ``order`` is a number that sorts, ``fate`` what is done."""

    line: int
    brought: Brought
    fate: str
    order: Decimal | None


class Reader:
    """Reads rows of one table: by its columns, the words of its map, and all goals by name."""

    def __init__(
        self, columns: Mapping[str, int], known: BacklogMap, goals: Mapping[str, int]
    ) -> None:
        self._columns = columns
        self._goals = goals
        self._kinds = _words(KINDS) | _words(known.kinds)
        self._states = _words(STATES) | _words(known.states)
        self._seen: dict[str, int] = {}

    def read(self, row: Row) -> Read:
        """The item of a row; ``RowRefused`` names the field in its path."""
        cell = {name: self._cell(row, place) for name, place in self._columns.items()}
        text = self._text(cell)
        try:
            columns_of(text, (), ())
        except Refused as why:
            field = str(why.path[0]) if why.path else "title"
            raise RowRefused(why.code, why.message, (_FIELDS.get(field, field),)) from None
        fate = _chosen(cell, "state", self._states) or LISTED
        brought = Brought(
            self._reference(cell), text, fate in (LISTED, UNDER_WAY), _waits_for(cell)
        )
        return Read(row.line, brought, fate, _decimal(cell, "order"))

    def _text(self, cell: Mapping[str, str]) -> ItemText:
        level = _whole(cell, "customer value")
        return ItemText(
            cell["title"],
            _chosen(cell, "kind", self._kinds) or ItemKind.CONTENT,
            cell.get("description"),
            _whole(cell, "effort"),
            customer_kind=_customer_kind(cell, level),
            customer_level=level,
            goal_id=self._goal(cell),
            business_level=_whole(cell, "business value"),
            urgency=_whole(cell, "urgency"),
            confidence=_whole(cell, "confidence", unit="%"),
            hypothesis=cell.get("hypothesis"),
            metric=_chosen(cell, "metric", _words(METRICS)),
            target_milli=_milli(cell),
            window_days=_whole(cell, "window days", unit="days"),
        )

    def _cell(self, row: Row, place: int) -> str:
        return unshielded(row.cells[place]).strip() if place < len(row.cells) else ""

    def _reference(self, cell: Mapping[str, str]) -> str:
        """What the table calls the item; else its title and how often that was there before."""
        given = cell.get("reference", "")
        if ";" in given or len(given) > MOST_REFERENCE or "\x00" in given:
            message = f"A reference has at most {MOST_REFERENCE} characters, and no semicolon."
            raise RowRefused(ImportCode.BAD_VALUE, message, ("reference",))
        known = given or name_key(cell["title"])
        self._seen[known] = count = self._seen.get(known, 0) + 1
        if given:
            if count > 1:
                message = f"{given} is the reference of another row, too."
                raise RowRefused(ImportCode.BAD_VALUE, message, ("reference",))
            return given
        return "title-" + blake2b(f"{count} {known}".encode(), digest_size=12).hexdigest()

    def _goal(self, cell: Mapping[str, str]) -> int | None:
        name = cell.get("goal")
        if not name:
            return None
        if name_key(name) not in self._goals:
            message = f"There is no goal called {name}."
            raise RowRefused(ImportCode.BAD_VALUE, message, ("goal",))
        return self._goals[name_key(name)]


def in_order(found: Iterable[Read]) -> list[Read]:
    """Work under way first, then by the order that the table tells, then as it stands there."""
    last = Decimal("Infinity")
    return sorted(
        found,
        key=lambda one: (
            (UNDER_WAY, LISTED, PROPOSED, PASSED_OVER).index(one.fate),
            last if one.order is None else one.order,
        ),
    )


def _words(known: Mapping[str, T]) -> dict[str, T]:
    return {word(name): meaning for name, meaning in known.items()}


def _chosen(cell: Mapping[str, str], field: str, known: Mapping[str, T]) -> T | None:
    given = cell.get(field)
    if not given:
        return None
    if word(given) not in known:
        message = f"{given!r} is not known; there are {', '.join(known)}."
        raise RowRefused(ImportCode.BAD_VALUE, message, (field,))
    return known[word(given)]


def _customer_kind(cell: Mapping[str, str], level: int | None) -> CustomerValueKind | None:
    found = _chosen(cell, "customer value kind", _words(CUSTOMER_KINDS))
    return CustomerValueKind.SATISFACTION if found is None and level is not None else found


def _decimal(cell: Mapping[str, str], field: str, unit: str = "") -> Decimal | None:
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


def _whole(cell: Mapping[str, str], field: str, unit: str = "") -> int | None:
    number = _decimal(cell, field, unit)
    if number is None:
        return None
    if number != number.to_integral_value() or abs(number) > MOST_TARGET:
        message = f"{cell[field]!r} is no whole number."
        raise RowRefused(ImportCode.BAD_VALUE, message, (field,))
    return int(number)


def _milli(cell: Mapping[str, str]) -> int | None:
    number = _decimal(cell, "target")
    if number is None:
        return None
    return MOST_TARGET + 1 if abs(number) > MOST_TARGET else round(number * 1000)


def _waits_for(cell: Mapping[str, str]) -> tuple[str, ...] | None:
    """``None`` where nobody said so; ``()`` where it was said that it waits for nothing."""
    given = [name.strip() for name in cell.get("depends on", "").split(";") if name.strip()]
    if not given:
        return None
    return () if [word(name) for name in given] == [NOTHING] else tuple(dict.fromkeys(given))
