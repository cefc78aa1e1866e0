"""The words of SQL that builds JSON, on SQLite and on PostgreSQL.

A statement is written from left to right: whoever writes a parameter notes its ``Slot`` at that
moment, so that slots come in the order of the question marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from touchline.domain.kernel.paging import VERSION
from touchline.domain.kernel.relations import Column, Kind, Relation
from touchline.graphql.base.statements import parameter, spoken
from touchline.graphql.base.windows import Window

_FIRST, _LAST = -62_135_596_800_000, 253_402_300_799_999  # the years 1 to 9999
_BASE64 = r"translate(encode(convert_to({x}, 'UTF8'), 'base64'), E'+/=\n', '-_')"
_WHOLE = {Kind.KEY, Kind.INTEGER, Kind.MOMENT}
_TRUTH = "json(CASE WHEN {x} THEN 'true' WHEN {x} IS NOT NULL THEN 'false' END)"


class Filler(StrEnum):
    """What the parameters of a place are taken from."""

    KEY = "key"
    HELD = "held"
    WHERE = "where"


class Slot(NamedTuple):
    """Parameters of a statement: the root's key, or those of its window at ``place``."""

    filler: Filler
    place: int = 0


@dataclass(slots=True)
class Writer:
    """Writes one statement for the given windows, in the dialect of the open database."""

    windows: Sequence[Window] = ()
    slots: list[Slot] = field(default_factory=list)
    lite: bool = field(default_factory=lambda: spoken() == "sqlite")

    def object(self, pairs: Sequence[tuple[str, str]]) -> str:
        """A JSON object; names are names of GraphQL, which need no escape."""
        said = ", ".join(f"'{name}', {value}" for name, value in pairs)
        return f"json_object({said})" if self.lite else f"json_build_object({said})"

    def array(self, values: Sequence[str]) -> str:
        """A JSON array of fixed length."""
        said = ", ".join(values)
        return f"json_array({said})" if self.lite else f"json_build_array({said})"

    def text(self, value: str) -> str:
        """A text that is always the same: a name of GraphQL."""
        return f"'{value}'" if self.lite else f"'{value}'::text"

    def column(self, column: Column, alias: str) -> str:
        """A column as JSON keeps it: bytes as hexadecimal, the rest as it is."""
        read = column.read(alias)
        if column.kind is Kind.BYTES:
            return f"hex({read})" if self.lite else f"encode({read}, 'hex')"
        if self.lite and column.kind is Kind.JSON:
            return f"json({read})"
        if self.lite and column.kind is Kind.BOOLEAN:
            return _TRUTH.replace("{x}", read)
        return read

    def moment(self, column: Column, alias: str) -> str:
        """An instant as the schema shows it; one outside the calendar stops the statement."""
        read = column.read(alias)
        if self.lite:
            wrong = f"json('{{' || {read})"
            shown = f"strftime('%Y-%m-%dT%H:%M:%fZ', {read} / 1000.0, 'unixepoch')"
        else:
            wrong = f"('not an instant: ' || {read})::bigint::text"
            since = f"timestamp 'epoch' + {read} * interval '1 millisecond'"
            shown = f"""to_char({since}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""
        return f"CASE WHEN {read} NOT BETWEEN {_FIRST} AND {_LAST} THEN {wrong} ELSE {shown} END"

    def global_id(self, type_name: str, column: Column, alias: str) -> str | None:
        """The global id of a key, where the database can make it."""
        if self.lite:
            return None
        return _BASE64.replace("{x}", f"'{type_name}:' || {column.read(alias)}")

    def cursor(self, name: str, columns: Sequence[Column], alias: str) -> str | None:
        """The cursor of a row, where the database can make it."""
        if self.lite or not all(column.kind in _WHOLE for column in columns):
            return None
        values = " || ',' || ".join(column.read(alias) for column in columns)
        return _BASE64.replace("{x}", f"'[{VERSION},\"{name}\",' || {values} || ']'")

    def found(self, made: str, tail: str) -> str:
        """The JSON ``made`` of the one row after ``FROM``, or null."""
        read = f"(SELECT {made} FROM {tail} LIMIT 1)"
        return f"json({read})" if self.lite else read

    def unless(self, column: str, made: str) -> str:
        """Null where the column is, else the JSON ``made``."""
        chosen = f"CASE WHEN {column} IS NOT NULL THEN {made} END"
        return f"json({chosen})" if self.lite else chosen

    def listed(self, made: str, tail: str, by: str = "") -> str:
        """The JSON ``made`` of each row after ``FROM``, in their order (or ``by`` a position)."""
        if self.lite:
            return f"json((SELECT json_group_array({made}) FROM {tail}))"
        order = f" ORDER BY {by}" if by else ""
        return f"(SELECT coalesce(json_agg({made}{order}), '[]') FROM {tail})"

    def first_rows(self, relation: Relation, alias: str, tail: str) -> str:
        """What stands after ``FROM``: the rows ``u`` that ``tail`` sorts and limits."""
        table = relation.table
        if self.lite:
            kept = f"(SELECT u.id AS kept FROM {table} u{tail}) AS k_{alias}"
            return f"{kept} CROSS JOIN {table} AS {alias} ON {alias}.id = k_{alias}.kept"
        return f"(SELECT u.* FROM {table} u{tail}) AS {alias}"

    def items(self, column: str, alias: str) -> tuple[str, str]:
        """The integers in a JSON array, as a source of rows in their order; and one of them."""
        if self.lite:
            return f"json_each({column}) AS {alias}", f"{alias}.value"
        made = f"jsonb_array_elements_text({column}) WITH ORDINALITY AS {alias}(item, pos)"
        return made, f"{alias}.item::bigint"

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
