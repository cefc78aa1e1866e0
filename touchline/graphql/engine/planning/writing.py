"""The words of SQL that writes JSON, on SQLite and on PostgreSQL.

The database writes the answer as text, to the byte as the server would print it. Where an object
stands whose cost is 2, two ``MARK`` stand before it: JSON holds no control characters, so the
server counts what the answer cost and strikes the marks out without reading it.

PostgreSQL joins texts, which is three times quicker than its JSON functions. SQLite's functions
are the quicker ones there, so it joins texts only around what is marked already.

A statement is written from left to right: whoever writes a parameter notes its ``Slot`` at that
moment, so that slots come in the order of the question marks.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from touchline.domain.kernel.relations import Column, Kind, Relation
from touchline.graphql.base.statements import parameter, spoken
from touchline.graphql.base.windows import Window
from touchline.graphql.engine.planning import instants
from touchline.graphql.engine.planning.joining import Pairs, Piece, literal, object_of, texts
from touchline.graphql.engine.planning.stopping import STOPPED, WRONG

MARK = "\x1e"

_SMALLEST, _LARGEST = -(2**31), 2**31 - 1
_FEW = 16
"""How many names SQLite tells one by one as quickly as by the index that it makes of a list."""


class Filler(StrEnum):
    """What the parameters of a place are taken from."""

    KEY = "key"
    HELD = "held"
    WHERE = "where"
    FIRST = "first"
    LAST = "last"
    NOW = "now"


class Slot(NamedTuple):
    """Parameters of a statement: the root's key, or of its window or range at ``place``."""

    filler: Filler
    place: int = 0


@dataclass(slots=True)
class Writer:
    """Writes one statement for the given windows, in the dialect of the open database.

    It becomes ``is_quick`` where a row is looked for in the usual way only; a ``thorough`` one
    looks for all rows in every way.
    """

    windows: Sequence[Window] = ()
    thorough: bool = False
    is_quick: bool = False
    slots: list[Slot] = field(default_factory=list)
    lite: bool = field(default_factory=lambda: spoken() == "sqlite")

    def object(self, pairs: Pairs, weight: int) -> Piece:
        """A JSON object that costs ``weight``; names are those of GraphQL and need no escape."""
        return object_of(pairs, MARK * weight, lite=self.lite)

    def listed(self, item: Piece, tail: str, by: str = "") -> Piece:
        """The JSON ``item`` of each row after ``FROM``, in their order (or ``by`` a position).

        PostgreSQL makes an array of a query in less time than an aggregate.
        """
        if self.lite:
            return self._list(f"(SELECT {self._items(item.sql)} FROM {tail})")
        order = f" ORDER BY {by}" if by else ""
        return self._list(f"array_to_string(ARRAY(SELECT {item.sql} FROM {tail}{order}), ',')")

    def items(self, item: str, *, keep: str = "") -> Piece:
        """A JSON array as an aggregate; ``keep`` says which rows stand in it."""
        return self._list(self._items(item, keep))

    def text(self, value: str) -> Piece:
        """A text that is always the same: a name of GraphQL."""
        return self._of(f"'{value}'", [f"'\"{value}\"'"])

    def column(self, column: Column, alias: str) -> Piece:
        """A column as JSON keeps it: bytes as hexadecimal, the rest as it is."""
        read = column.read(alias)
        match column.kind:
            case Kind.JSON:
                return self._of(f"json({read})", f"{read}::text", column)
            case Kind.TEXT:
                return self._of(read, f"to_json({read})::text", column)
            case Kind.BOOLEAN:
                told = f"CASE WHEN {read} THEN 'true' WHEN {read} IS NOT NULL THEN 'false' END"
                return self._of(f"json({told})", told, column)
            case Kind.BYTES:
                made = f"""'"' || encode({read}, 'hex') || '"'"""
                return self._of(f"hex({read})", made, column)
        return self._of(read, f"{read}::text", column)

    def required(self, column: Column, alias: str) -> Piece:
        """A column that may be null, or hold JSON's null, where the schema allows none."""
        read, made = column.read(alias), self.column(column, alias)
        if column.kind is Kind.JSON:
            text = read if self.lite else f"{read}::text"
            chosen = f"coalesce(nullif({text}, 'null'), {self.wrong(alias)})"
        else:
            chosen = f"CASE WHEN {read} IS NULL THEN {self.wrong(alias)} ELSE {made.sql} END"
        if self.lite and column.kind in (Kind.JSON, Kind.BOOLEAN):
            chosen = f"json({chosen})"
        return Piece(chosen, made.is_text)

    def demanded(self, column: Column, alias: str, made: Piece) -> Piece:
        """What is ``made`` of a column that may be null, where the schema allows none."""
        wrong = f"{column.read(alias)} IS NULL THEN {self.wrong(alias)}"
        return Piece(f"CASE WHEN {wrong} ELSE {made.sql} END", made.is_text)

    def integer(self, column: Column, alias: str) -> Piece:
        """A whole number of GraphQL, which has 32 bits; a larger one stops the statement."""
        read, made = column.read(alias), self.column(column, alias)
        if column.is_count:
            return made
        wide = f"{read} NOT BETWEEN {_SMALLEST} AND {_LARGEST}"
        return Piece(f"CASE WHEN {wide} THEN {self.wrong(alias)} ELSE {made.sql} END", made.is_text)

    def moment(self, column: Column, alias: str) -> Piece:
        """An instant as the schema shows it; one outside the calendar stops the statement."""
        return self._dated(column, alias, instants.MOMENT)

    def day(self, column: Column, alias: str) -> Piece:
        """A day, counted from 1970; one outside the calendar stops the statement."""
        return self._dated(column, alias, instants.DAY)

    def named(self, column: Column, alias: str, names: Mapping[Any, str], *, null: bool) -> Piece:
        """A stored value under its name; one without a name stops the statement.

        ``null`` says whether null is shown as such or is a value without a name too.
        """
        read, wrong = column.read(alias), self.wrong(alias)
        cases = " ".join(
            f"WHEN {literal(stored)} THEN {self.text(name).sql}" for stored, name in names.items()
        )
        if self.lite and not column.sql and len(names) <= _FEW:
            rest = f"CASE WHEN {read} IS NOT NULL THEN {wrong} END" if null else wrong
            return Piece(f"CASE {read} {cases} ELSE {rest} END", is_text=False)
        if column.sql or any(stored != name for stored, name in names.items()):
            told = f"coalesce({read}, '{MARK}') WHEN '{MARK}' THEN NULL" if null else read
            made = f"CASE {told} {cases} ELSE {wrong} END"
            return self._of(made, made, column)
        empty = f"WHEN {read} IS NULL THEN NULL " if null else ""
        listed = ", ".join(map(literal, names))
        made = f"CASE {empty}WHEN {read} IN ({listed}) THEN {read} ELSE {wrong} END"
        return self._of(made, ["'\"'", made, "'\"'"], column)

    def names(self, column: Column, alias: str, names: Collection[str]) -> Piece:
        """A JSON array of names; one that is not among ``names`` stops the statement."""
        read = column.read(alias)
        text = rest = read if self.lite else f"{read}::text"
        for name in names:
            rest = f"replace({rest}, '\"{name}\"', '')"
        made = f"CASE WHEN trim({rest}, '[,]') <> '' THEN {self.wrong(alias)} ELSE {text} END"
        return self._of(f"json({made})", made, column)

    def now(self) -> str:
        """The instant for which the answer is shown."""
        self.slots.append(Slot(Filler.NOW))
        return parameter(Kind.MOMENT)

    def global_id(self, type_name: str, column: Column, alias: str) -> Piece:
        """The global id of a key."""
        read = column.read(alias)
        shown = [f"'\"{type_name}_'", read, "'\"'"]
        return self._of(f"'{type_name}_' || {read}", shown, column)

    def truth(self, condition: str) -> Piece:
        """Whether a condition holds."""
        made = f"CASE WHEN {condition} THEN 'true' ELSE 'false' END"
        return self._of(f"json({made})", made)

    def number(self, made: str) -> Piece:
        """A whole number or null."""
        return self._of(made, f"coalesce(({made})::text, 'null')")

    def found(self, made: Piece, tail: str, otherwise: str = "'null'") -> Piece:
        """The JSON ``made`` of the one row after ``FROM``; ``otherwise`` if there is none."""
        return Piece(f"coalesce((SELECT {made.sql} FROM {tail}), {otherwise})")

    def unless(self, column: str, made: Piece, otherwise: str = "'null'") -> Piece:
        """The JSON ``made`` where the column is not null."""
        return Piece(f"CASE WHEN {column} IS NULL THEN {otherwise} ELSE {made.sql} END")

    def wrong(self, alias: str) -> str:
        """What stands where something is wrong, of which normal execution then tells."""
        return f"json('{STOPPED}: ' || {alias}.id)" if self.lite else f"'{WRONG}'"

    def first_rows(
        self,
        relation: Relation,
        alias: str,
        read: Collection[str],
        tail: str,
        *,
        numbered: bool = False,
        turned: bool = False,
        source: str = "",
    ) -> str:
        """What stands after ``FROM``: the rows ``u`` that ``tail`` sorts and limits.

        If ``numbered``, their numbers from 1 are ``place``, and ``turned`` has the last come
        first. ``source`` is where they are found, unless it is the table alone. What is sorted is
        narrow: the columns ``read``, and on SQLite ids alone, unless the relation is a query, in
        which no index finds a row by its id again.
        """
        table = relation.table
        again = self.lite and not relation.is_query
        columns = "u.id AS kept" if again else ", ".join(f"u.{name}" for name in sorted(read))
        rows = f"SELECT {columns} FROM {source or f'{table} u'}{tail}"
        if numbered and again:  # a window of SQLite takes longer than an array
            every = f"SELECT json_group_array(w.kept) FROM ({rows}) w"
            rows = f"SELECT value AS kept, key + 1 AS place FROM json_each(({every}))"
        elif numbered:
            rows = f"SELECT w.*, row_number() OVER () AS place FROM ({rows}) w"
        if turned:  # SQLite minds an order below a limit alone
            rows += " ORDER BY place DESC" + (" LIMIT -1" if self.lite else "")
        if not again:
            return f"({rows}) AS {alias}"
        return f"({rows}) AS k_{alias} CROSS JOIN {table} AS {alias} ON {alias}.id = k_{alias}.kept"

    def keys_in(self, column: str, alias: str) -> tuple[str, str]:
        """The integers in a JSON array, as a source of rows in their order; and one of them."""
        if self.lite:
            return f"json_each({column}) AS {alias}", f"{alias}.value"
        made = f"json_array_elements_text({column}) WITH ORDINALITY AS {alias}(item, pos)"
        return made, f"{alias}.item::bigint"

    def whole(self, made: Piece) -> str:
        """An answer as UTF-8, so that no driver need decode it."""
        return f"CAST({made.sql} AS BLOB)" if self.lite else f"convert_to({made.sql}, 'UTF8')"

    def finding(self, relation: Relation, alias: str) -> str:
        """The condition that finds a row by the root's key."""
        is_quick = bool(relation.usual) and not self.thorough
        self.is_quick |= is_quick
        found = relation.usual if is_quick else relation.find
        before, *rest = found.replace("{t}", alias).split("{value}")
        return before + "".join(self.key() + part for part in rest)

    def key(self) -> str:
        """The key by which the root finds its row."""
        self.slots.append(Slot(Filler.KEY))
        return parameter(Kind.KEY)

    def held(self, index: int) -> str:
        """What the rows of a page must meet; empty for all rows."""
        self.slots.append(Slot(Filler.HELD, index))
        return self.windows[index].held().text

    def where(self, index: int) -> str:
        """What the rows of a whole list must meet; empty for all rows."""
        self.slots.append(Slot(Filler.WHERE, index))
        return self.windows[index].where.text

    def _dated(self, column: Column, alias: str, kind: instants.Dated) -> Piece:
        read = column.read(alias)
        wrong = f"WHEN {read} NOT BETWEEN {kind.span} THEN {self.wrong(alias)}"
        shown = kind.lite(read) if self.lite else kind.text(read)
        made = f"CASE {wrong} ELSE {shown} END"
        before, after = kind.around
        return self._of(made, [part for part in (before, made, after) if part], column)

    def _items(self, item: str, keep: str = "") -> str:
        """The inside of a JSON array as an aggregate, in the order of rows."""
        held = f" FILTER (WHERE {keep})" if keep else ""
        aggregate = "group_concat" if self.lite else "string_agg"
        return f"coalesce({aggregate}({item}, ','){held}, '')"

    def _list(self, inside: str) -> Piece:
        return texts("'['", inside, "']'")

    def _of(self, value: str, text: str | Sequence[str], column: Column | None = None) -> Piece:
        """``value`` for SQLite; for PostgreSQL the ``text`` of a column that may be null."""
        if self.lite:
            return Piece(value, is_text=False)
        made = texts(text) if isinstance(text, str) else texts(*text)
        return Piece(f"coalesce({made.sql}, 'null')") if column and column.nullable else made
