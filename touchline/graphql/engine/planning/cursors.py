"""The cursors of a page, made of the columns by which its rows are sorted.

The rows of a page ``p`` hold these columns as ``k0``, ``k1``, …, and in ``place`` their number,
counted from where reading began. Columns of an order are never null.
"""

from collections.abc import Sequence

from touchline.domain.kernel.paging import VERSION
from touchline.domain.kernel.relations import Column, Kind
from touchline.graphql.base.windows import Window
from touchline.graphql.engine.planning.joining import Piece
from touchline.graphql.engine.planning.writing import Writer

Columns = Sequence[Column]


def held(columns: Columns, alias: str) -> list[str]:
    """The columns, as the rows of a page hold them."""
    return [f"{column.read(alias)} AS k{at}" for at, column in enumerate(columns)]


def of_row(writer: Writer, name: str, columns: Columns) -> Piece:
    """The cursor of each row."""
    return _written(writer, name, [f"p.k{at}" for at in range(len(columns))], columns)


def of_end(writer: Writer, name: str, columns: Columns, window: Window, *, last: bool) -> Piece:
    """The cursor of the first or last row, as an aggregate of all; null where there are none."""
    if writer.lite:
        return _of_end_on_lite(writer, name, columns, window, last=last)
    size = window.size
    if not window.backward:
        place = f"least(count(*), {size})" if last else "1"
    else:  # the page was turned round
        place = "count(*)" if last else f"greatest(1, count(*) - {size - 1})"
    values = [f"(array_agg(p.k{at}))[{place}]" for at in range(len(columns))]
    return _written(writer, name, values, columns)


def _of_end_on_lite(
    writer: Writer, name: str, columns: Columns, window: Window, *, last: bool
) -> Piece:
    """SQLite takes columns outside of aggregates from the row in which the only ``max`` is met."""
    if last == window.backward:  # it was read first
        values = [f"group_concat(p.k{at}) FILTER (WHERE p.place = 1)" for at in range(len(columns))]
        there = "count(*) > 0"
    else:
        values = [f"p.k{at}" for at in range(len(columns))]
        there = f"max(CASE WHEN p.place <= {window.size} THEN p.place END) > 0"
    made = _written(writer, name, values, columns)
    return Piece(f"CASE WHEN {there} THEN {made.sql} END", is_text=False)


def _written(writer: Writer, name: str, values: Sequence[str], columns: Columns) -> Piece:
    """The cursor of the values of columns; on PostgreSQL null where they are."""
    said = [_json(writer, value, column) for value, column in zip(values, columns, strict=True)]
    inside = " || ',' || ".join(said)
    raw = f"'[{VERSION},\"{name}\",' || {inside} || ']'"
    if writer.lite:
        return Piece(f"lower(hex({raw}))", is_text=False)
    made = f"""'"' || encode(convert_to({raw}, 'UTF8'), 'hex') || '"'"""
    return Piece(f"coalesce({made}, 'null')")


def _json(writer: Writer, value: str, column: Column) -> str:
    if writer.lite and column.kind is Kind.TEXT:
        return f"json_quote({value})"
    return writer.column(Column("", column.kind, sql=value), "p").sql
