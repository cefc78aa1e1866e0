"""What a field is, as data: normal execution and the planner read the same facts.

Each declared field carries one of these under ``FACT`` in its Strawberry metadata.

    Fact
    ├── ColumnFact       a column of the row
    ├── ChoiceFact       a column whose stored values have names
    ├── ExpressionFact   computed from columns of the row
    ├── IdFact           the global id
    ├── SameRowFact      a group of fields of the same row
    ├── DocumentFact     a JSON column with known keys, shown as an object
    ├── KeyFact          a key of such an object
    ├── OneFact          one related row
    ├── ManyFact         a short list of related rows
    ├── RangedFact       rows worked out for a range of days
    ├── ListedFact       the rows whose keys a JSON column lists
    ├── PageFact         a keyset connection
    ├── AnsweredFact     an object that a function works out for all rows of a list
    ├── LookupFact       a root field that finds one row by its global id
    ├── FinderFact       a root field that finds one row's key in its own way
    ├── NodeFact         the same for objects of any type
    ├── KeptKeyFact      rows whose keys a Python object holds (payloads)
    ├── RootFact         the whole schema again, below a payload
    ├── SliceFact        a part of a connection
    ├── AttributeFact    an attribute of a Python object (payloads)
    └── ResolverFact     a function of its own
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from touchline.domain.kernel.db import Row
from touchline.domain.kernel.relations import Condition, Relation
from touchline.graphql.base.holes import filled
from touchline.graphql.base.permissions import Permission

FACT = "touchline"
NOW = "now"
FIRST_DAY, LAST_DAY = "first_day", "last_day"
_SPARED = re.compile(r"\{\?(\w+) (.+?)\?\}")

Join = tuple[tuple[str, str], ...]
"""Pairs of a parent's column and the related row's column that equals it."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Common to all: ``permission`` of the field itself, else that of its type holds.

    ``keep_s`` is how many seconds a cache may keep what a root field answers.
    """

    permission: Permission | None = None
    cost: int | None = None
    keep_s: int = 0


@dataclass(frozen=True, kw_only=True)
class ColumnFact(Fact):
    """The value of a column; an empty name means the field's own."""

    column: str = ""


@dataclass(frozen=True, kw_only=True)
class ChoiceFact(Fact):
    """A stored value is shown under the name that ``names`` gives it."""

    column: str
    names: Mapping[Any, str]


@dataclass(frozen=True, kw_only=True)
class ExpressionFact(Fact):
    """``python`` computes the value from the row; ``sql`` is the same for both engines.

    ``sql`` has holes: each of ``needs`` is a column, ``{now}`` the instant for which the answer is
    shown. Without it a statement fetches ``needs`` and leaves the rest to ``python``.
    """

    python: Callable[[Row], Any]
    needs: tuple[str, ...]
    sql: str = ""


@dataclass(frozen=True, kw_only=True)
class IdFact(Fact):
    """The global id, made of the type's name and a key column of the row."""

    column: str = "id"


@dataclass(frozen=True, kw_only=True)
class SameRowFact(Fact):
    """An object that groups fields of this very row; null where ``unless_null`` is.

    Its columns are those of the row whose names begin with ``prefix``.
    """

    unless_null: str = ""
    prefix: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentFact(Fact):
    """An object, or a list of objects, kept as JSON in ``column``."""

    column: str


@dataclass(frozen=True, kw_only=True)
class KeyFact(Fact):
    """The value under ``key`` of an object kept as JSON."""

    key: str


@dataclass(frozen=True, kw_only=True)
class OneFact(Fact):
    """The row whose columns equal the parent's.

    Where the field's type is an interface, ``relation`` and ``type_name`` say whose row it is.
    """

    on: Join
    relation: Relation | None = None
    type_name: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """Columns a list is sorted by; the id breaks ties in the same direction."""

    columns: tuple[str, ...]
    descending: bool = False


@dataclass(frozen=True, kw_only=True)
class ManyFact(Fact):
    """At most ``limit`` related rows in an order; ``where`` is SQL with ``{t}``.

    ``relation`` takes the place of that of the field's type, where the rows are found by way of
    another table.
    """

    on: Join
    order: Order
    limit: int
    where: str = ""
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is said instead of a row of which ``column`` holds."""

    column: str
    code: StrEnum
    message: str


@dataclass(frozen=True, kw_only=True)
class RangedFact(Fact):
    """A row, or with an ``order`` rows, of a query that is written for the parent and for days.

    The relation's table is SQL with holes: ``{first}`` and ``{last}`` are the days, each other
    what ``on`` pairs a column of the parent with. The days are those of the argument
    ``range``, or if ``within`` those of the parent, which is itself of such a relation.
    ``{?name … ?}`` is a column that is left out where nobody reads it.
    """

    on: Join
    relation: Relation | None = None
    within: bool = False
    order: Order | None = None
    limit: int = 1
    refusal: Refusal | None = None

    def filled(
        self, table: str, fill: Callable[[str], str], is_read: Callable[[str], bool] = bool
    ) -> str:
        """The table with its holes filled from left to right, and columns that are read."""
        kept = _SPARED.sub(lambda column: column[2] if is_read(column[1]) else "", table)
        return filled(kept, fill)


@dataclass(frozen=True, kw_only=True)
class AnsweredFact(Fact):
    """What ``read`` works out of the keys in ``column`` and the field's arguments.

    It is given all keys that are asked for with the same arguments at once; nothing can be planned.
    """

    read: Callable[..., Awaitable[Sequence[Any]]]
    column: str = "id"


@dataclass(frozen=True, kw_only=True)
class ListedFact(Fact):
    """The rows whose ids stand in ``column``, a JSON array, in its order."""

    column: str


@dataclass(frozen=True, kw_only=True)
class PageFact(Fact):
    """A connection: all rows of the relation, or those that belong to the parent.

    ``name`` binds its cursors. ``filters`` maps the input's field names to conditions, ``narrowed``
    the names of arguments of its own; ``where`` is SQL with ``{t}`` that always holds.
    """

    name: str
    on: Join = ()
    order: Order
    where: str = ""
    filters: Mapping[str, Condition] = field(default_factory=dict)
    narrowed: Mapping[str, Condition] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LookupFact(Fact):
    """One row by the global id in ``argument``."""

    argument: str = "id"


@dataclass(frozen=True, kw_only=True)
class FinderFact(Fact):
    """One row by the key that ``find`` makes of the arguments; ``None`` finds nothing."""

    find: Callable[..., Awaitable[int | None]]


@dataclass(frozen=True, kw_only=True)
class NodeFact(Fact):
    """The object, or the objects, whose global ids of any type stand in ``argument``."""

    argument: str
    many: bool = False


@dataclass(frozen=True, kw_only=True)
class KeptKeyFact(Fact):
    """The row, or with ``many`` the rows, whose key or keys stand in ``attribute``.

    ``certain`` says that the command has just seen that row itself: its id needs no reading.
    """

    attribute: str
    many: bool = False
    certain: bool = False


@dataclass(frozen=True, kw_only=True)
class RootFact(Fact):
    """The query root, reached from a payload."""


class Part(StrEnum):
    """What a connection and its edges consist of."""

    EDGES = "edges"
    NODES = "nodes"
    PAGE_INFO = "page_info"
    TOTAL_COUNT = "total_count"
    CURSOR = "cursor"
    NODE = "node"
    HAS_NEXT = "has_next_page"
    HAS_PREVIOUS = "has_previous_page"
    START = "start_cursor"
    END = "end_cursor"


@dataclass(frozen=True, kw_only=True)
class SliceFact(Fact):
    """A part of a connection, an edge or a ``pageInfo``."""

    part: Part


@dataclass(frozen=True, kw_only=True)
class AttributeFact(Fact):
    """An attribute of the Python object a command answered with."""


@dataclass(frozen=True, kw_only=True)
class ResolverFact(Fact):
    """The field's function decides; nothing can be planned."""


@dataclass(frozen=True, slots=True)
class TypeFact:
    """What an object type reads from (``None``: Python objects or JSON) and who may."""

    permission: Permission
    relation: Relation | None = None
