"""Pages of a connection: what the arguments mean, and reading them for many parents at once."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

import orjson

from touchline.domain.kernel.db import Row
from touchline.domain.kernel.paging import (
    MAX_PAGE,
    Cursor,
    KeyPart,
    SortKey,
    decode_cursor,
    reversed_order,
)
from touchline.domain.kernel.relations import Condition, Kind, Lead, Relation
from touchline.graphql.base.errors import bad_input
from touchline.graphql.base.facts import Order, PageFact
from touchline.graphql.base.filtering import condition_sql, filter_pieces
from touchline.graphql.base.leading import columns_of, lead_of
from touchline.graphql.base.reading import Loaders, grouped, load, read, sort_keys
from touchline.graphql.base.statements import (
    COUNT_LIMIT,
    Keys,
    Sql,
    both,
    count_sql,
    counts_sql,
    keyset_sql,
    page_sql,
    template,
    window_sql,
)

_LARGEST_INTEGER = 2**63


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page and whether there are more on either side."""

    rows: Sequence[Row]
    has_next: bool
    has_previous: bool


@dataclass(slots=True)
class Window:
    """The arguments of a connection, ``given``, understood. Nobody changes it."""

    fact: PageFact
    relation: Relation
    order: Order
    size: int
    backward: bool
    after: Cursor | None
    before: Cursor | None
    where: Sql
    given: Mapping[str, Any]
    lead: Lead | None = None
    led: Sql | None = None
    cost: int = 0

    @property
    def digest(self) -> bytes:
        """What tells this list from others of its kind."""
        return orjson.dumps(self.given)

    @property
    def source(self) -> str:
        """What stands after ``FROM`` where the rows ``u`` of a page are read."""
        return self.lead.source if self.lead else f"{self.relation.table} u"

    def cursor(self, row: Row) -> str:
        """The place of a row in this list."""
        values = [row[name] for name in (*self.order.columns, "id")]
        return Cursor(cursor_name(self.fact, self.order), tuple(values)).encode()

    def sorting(self) -> Sequence[SortKey]:
        """The order in which rows are read: from the end for ``last``."""
        keys = self._keys()
        return reversed_order(keys) if self.backward else keys

    def held(self) -> Sql:
        """What the rows of the page must meet."""
        where = self.where if self.led is None else self.led
        if self.after is not None:
            where = both(where, keyset_sql(self._keys(), self.after))
        if self.before is not None:
            where = both(where, keyset_sql(reversed_order(self._keys()), self.before))
        return where

    def between(self, arguments: Mapping[str, Any]) -> "Window":
        """The same list and size between other cursors, which must be the only difference."""
        fact, relation, order = self.fact, self.relation, self.order
        return Window(
            fact,
            relation,
            order,
            self.size,
            self.backward,
            _cursor(fact, relation, order, "after", arguments),
            _cursor(fact, relation, order, "before", arguments),
            self.where,
            arguments,
            self.lead,
            self.led,
            self.cost,
        )

    def _keys(self) -> Sequence[SortKey]:
        """The columns of the order, the lead's in the place of those that equal them."""
        keys = sort_keys(self.order, self.relation, "u")
        if self.lead is None:
            return keys
        names = columns_of(self.relation, self.lead)
        return [SortKey(names.get(key.column, key.column), key.descending) for key in keys]

    def page(self, rows: Sequence[Row]) -> Page:
        """Make a page of rows read with one more than its size."""
        more = len(rows) > self.size
        kept = rows[: self.size]
        if self.backward:
            return Page(kept[::-1], has_next=self.before is not None, has_previous=more)
        return Page(kept, has_next=more, has_previous=self.after is not None)


def read_window(fact: PageFact, relation: Relation, arguments: Mapping[str, Any]) -> Window:
    """Understand the arguments; raises ``BAD_USER_INPUT`` naming the one that is wrong."""
    size, backward = _size(arguments)
    order = _order(fact, arguments.get("orderBy"))
    given = arguments.get("filter") or {}
    try:
        chosen = filter_pieces(fact.filters, given, "u")
    except ValueError as error:
        raise bad_input(f"`filter` is {error}.", "filter") from None
    standing = both(
        template("" if fact.on else relation.standing, "u"),
        template(fact.where, "u"),
        *_narrowed(fact, arguments),
    )
    return Window(
        fact,
        relation,
        order,
        size,
        backward,
        _cursor(fact, relation, order, "after", arguments),
        _cursor(fact, relation, order, "before", arguments),
        both(standing, *chosen.values()),
        arguments,
        *lead_of(fact, relation, order, standing, given, chosen),
        _filter_cost(fact.filters, given) if given else 0,
    )


def _filter_cost(conditions: Mapping[str, Condition], given: Mapping[str, Any]) -> int:
    """What those conditions of a filter cost that are asked of everybody; it is not too deep."""
    found = 0
    for name, value in given.items():
        if name in conditions:
            found += 0 if value is None else conditions[name].cost
            continue
        for inner in value if isinstance(value, list) else [value]:
            found += _filter_cost(conditions, inner) if isinstance(inner, Mapping) else 0
    return found


def _narrowed(fact: PageFact, arguments: Mapping[str, Any]) -> Iterator[Sql]:
    for name, condition in fact.narrowed.items():
        value = arguments.get(name)
        if value is None:
            continue
        try:
            yield condition_sql(condition, value, "u")
        except ValueError as error:
            raise bad_input(f"`{name}` is {error}.", name) from None


def cursor_name(fact: PageFact, order: Order) -> str:
    """What binds a cursor to its list and order."""
    return f"{fact.name}/{','.join(order.columns)}/{'desc' if order.descending else 'asc'}"


class Slice:
    """A connection's value: nothing is read before something of it is asked for."""

    __slots__ = ("_loaders", "_page", "parent", "window")

    def __init__(self, loaders: Loaders, window: Window, parent: Keys | None) -> None:
        self._loaders = loaders
        self._page: asyncio.Future[Page] | None = None
        self.window = window
        self.parent = parent

    def page(self) -> asyncio.Future[Page]:
        """The page, read once for all parts that ask."""
        if self._page is None:
            place = (self.window.fact.name, self.window.digest)
            self._page = load(self._loaders, place, self.parent, self._pages)
        return self._page

    def count(self) -> asyncio.Future[int | None]:
        """How many rows the whole list has, if not too many."""
        place = (self.window.fact.name, self.window.digest, "count")
        return load(self._loaders, place, self.parent, self._counts)

    async def _pages(self, parents: list[Keys | None]) -> list[Page]:
        window = self.window
        relation, limit = window.relation, window.size + 1
        if parents == [None]:
            held, sorting = window.held(), window.sorting()
            rows = await read(page_sql(relation, held, sorting, limit, "u", window.source))
            return [window.page(rows)]
        keys = [parent for parent in parents if parent is not None]
        sql = window_sql(relation, window.fact.on, keys, window.held(), window.sorting(), limit)
        return [window.page(rows) for rows in grouped(await read(sql), len(parents))]

    async def _counts(self, parents: list[Keys | None]) -> list[int | None]:
        window = self.window
        if parents == [None]:
            rows = await read(count_sql(window.relation, window.where))
            return [capped(rows[0]["n"])]
        keys = [parent for parent in parents if parent is not None]
        rows = await read(counts_sql(window.relation, window.fact.on, keys, window.where))
        found = {row["parent_pos"]: row["n"] for row in rows}
        return [capped(found[position]) for position in range(len(parents))]


def capped(count: int) -> int | None:
    """A count as it is shown: null when there are more than are counted."""
    return count if count <= COUNT_LIMIT else None


def _size(arguments: Mapping[str, Any]) -> tuple[int, bool]:
    first, last = arguments.get("first"), arguments.get("last")
    if first is not None and last is not None:
        raise bad_input("Give `first` or `last`, not both.", "last")
    name, size = ("first", first) if last is None else ("last", last)
    if size is None or not 0 <= size <= MAX_PAGE:
        raise bad_input(f"`{name}` must be given, from 0 to {MAX_PAGE}.", name)
    return size, last is not None


def _order(fact: PageFact, given: Mapping[str, Any] | None) -> Order:
    if not given:
        return fact.order
    return _ordered(given["field"], given["direction"])


@lru_cache(maxsize=256)
def _ordered(field: Any, direction: Any) -> Order:
    return Order((_value(field),), _value(direction) == "DESC")


def _value(member: Any) -> str:
    return str(member.value if isinstance(member, Enum) else member)


def _cursor(
    fact: PageFact, relation: Relation, order: Order, name: str, arguments: Mapping[str, Any]
) -> Cursor | None:
    text = arguments.get(name)
    if text is None:
        return None
    kinds = [*(relation.column(column).kind for column in order.columns), Kind.KEY]
    try:
        cursor = decode_cursor(text, cursor_name(fact, order), len(kinds))
    except ValueError as error:
        raise bad_input(f"`{name}` is {error}.", name) from None
    if not all(_fits(part, kind) for part, kind in zip(cursor.key, kinds, strict=True)):
        raise bad_input(f"`{name}` is not a cursor of this API.", name)
    return cursor


def _fits(part: KeyPart, kind: Kind) -> bool:
    if kind is Kind.TEXT:
        return isinstance(part, str) and "\0" not in part
    if kind is Kind.REAL:
        return isinstance(part, int | float)
    return type(part) is int and -_LARGEST_INTEGER <= part < _LARGEST_INTEGER
