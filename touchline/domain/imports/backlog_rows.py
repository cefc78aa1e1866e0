"""A row of a table as an item of a backlog, or what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import blake2b
from typing import Any, TypeVar

from touchline.domain.backlog.bringing import Brought
from touchline.domain.backlog.proposing import columns_of
from touchline.domain.backlog.types import ItemKind
from touchline.domain.backlog.words import ItemText
from touchline.domain.imports.backlog_cells import (
    chosen,
    customer_kind,
    decimal,
    milli,
    waits_for,
    whole,
    words,
)
from touchline.domain.imports.backlog_map import (
    KINDS,
    LISTED,
    METRICS,
    PASSED_OVER,
    PROPOSED,
    STATES,
    UNDER_WAY,
    BacklogMap,
)
from touchline.domain.imports.errors import ImportCode, RowRefused
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.sheets import unshielded

T = TypeVar("T")
MOST_REFERENCE = 200
# As refusals call it: the field of the table, and what is taken back to judge the rest.
_FIELDS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "title": ("title", {"title": "?"}),
    "description": ("description", {"description": None}),
    "effort": ("effort", {"effort": None}),
    "customerValue": ("customer value", {"customer_level": None}),
    "businessValue": ("business value", {"business_level": None}),
    "urgency": ("urgency", {"urgency": None}),
    "confidence": ("confidence", {"confidence": None}),
    "hypothesis": ("hypothesis", {"hypothesis": None}),
    "metric": ("metric", {"target_milli": None}),
    "target": ("target", {"target_milli": None}),
    "windowDays": ("window days", {"window_days": None}),
    "contentAssetIds": ("content assets", {"asset_ids": ()}),
}
# Field of a table → what it says of an item.
_FILLS = {
    "title": "title",
    "description": "description",
    "kind": "kind",
    "effort": "effort",
    "customer value": "customer_level",
    "customer value kind": "customer_kind",
    "business value": "business_level",
    "goal": "goal_id",
    "urgency": "urgency",
    "confidence": "confidence",
    "hypothesis": "hypothesis",
    "metric": "metric",
    "target": "target_milli",
    "window days": "window_days",
    "segment": "segment_id",
    "campaign": "campaign_id",
    "content assets": "asset_ids",
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


class BadRow(Exception):
    """All that is wrong with a row; each names its field in its path."""

    def __init__(self, faults: Sequence[RowRefused]) -> None:
        super().__init__()
        self.faults = faults


class Reader:
    """Reads rows of one table: by its columns, the words of its map, and all that has a name."""

    def __init__(
        self,
        columns: Mapping[str, int],
        known: BacklogMap,
        names: Mapping[str, Mapping[str, int]],
    ) -> None:
        self._columns = columns
        self._names = names
        self._kinds = words(KINDS) | words(known.kinds)
        self._states = words(STATES) | words(known.states)
        self._seen: dict[str, int] = {}

    def read(self, row: Row) -> Read:
        """The item of a row; raises ``BadRow`` with all that is wrong with it."""
        cell = {name: self._cell(row, place) for name, place in self._columns.items()}
        faults = _Faults()
        text = self._text(cell, faults)
        _judge(text, faults)
        fate = faults.but(None, lambda: chosen(cell, "state", self._states)) or LISTED
        reference = faults.but("", lambda: self._reference(cell))
        order = faults.but(None, lambda: decimal(cell, "order"))
        if faults.found:
            raise BadRow(list(faults.found.values()))
        filled = frozenset(name for field, name in _FILLS.items() if cell.get(field))
        is_listed = fate in (LISTED, UNDER_WAY)
        brought = Brought(reference, text, is_listed, waits_for(cell), filled)
        return Read(row.line, brought, fate, order)

    def _text(self, cell: Mapping[str, str], faults: "_Faults") -> ItemText:
        def count(field: str, unit: str = "") -> int | None:
            return faults.but(None, lambda: whole(cell, field, unit))

        def named(field: str) -> int | None:
            return faults.but(None, lambda: self._named(cell, field))

        level = count("customer value")
        return ItemText(
            " ".join(cell["title"].split()),
            faults.but(None, lambda: chosen(cell, "kind", self._kinds)) or ItemKind.CONTENT,
            cell.get("description") or None,
            count("effort"),
            customer_kind=faults.but(None, lambda: customer_kind(cell, level)),
            customer_level=level,
            goal_id=named("goal"),
            business_level=count("business value"),
            urgency=count("urgency"),
            confidence=count("confidence", "%"),
            hypothesis=cell.get("hypothesis") or None,
            metric=faults.but(None, lambda: chosen(cell, "metric", words(METRICS))),
            target_milli=faults.but(None, lambda: milli(cell)),
            window_days=count("window days", "days"),
            segment_id=named("segment"),
            campaign_id=named("campaign"),
            asset_ids=faults.but((), lambda: self._assets(cell)),
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

    def _named(self, cell: Mapping[str, str], field: str) -> int | None:
        return self._key(field, cell[field]) if cell.get(field) else None

    def _assets(self, cell: Mapping[str, str]) -> tuple[int, ...]:
        field = "content assets"
        given = [name.strip() for name in cell.get(field, "").split(";")]
        return tuple(dict.fromkeys(self._key(field, name) for name in given if name))

    def _key(self, field: str, name: str) -> int:
        known = self._names[field]
        if name_key(name) not in known:
            message = f"There is no {_ONE.get(field, field)} called {name}."
            raise RowRefused(ImportCode.BAD_VALUE, message, (field,))
        return known[name_key(name)]


_ONE = {"content assets": "asset"}


class _Faults:
    """What was found wrong with a row, the first of each field."""

    def __init__(self) -> None:
        self.found: dict[str, RowRefused] = {}

    def but(self, instead: T, read: Callable[[], T]) -> T:
        """What is read, or what stands for it where that is refused."""
        try:
            return read()
        except RowRefused as why:
            self.found.setdefault(str(why.path[0]), why)
            return instead


def _judge(text: ItemText, faults: _Faults) -> None:
    """Note all that no item can have; what is noted is taken back until nothing more is refused."""
    while True:
        try:
            columns_of(text, text.asset_ids, ())
            return
        except Refused as why:
            field, without = _FIELDS[str(why.path[0])]
            faults.found.setdefault(field, RowRefused(why.code, why.message, (field,)))
            text = replace(text, **without)


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
