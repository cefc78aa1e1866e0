"""Set-based writing and looking up: many rows in one statement, on both engines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from touchline.domain.kernel.db import (
    Dialect,
    Row,
    copy_rows,
    dialect,
    execute,
    execute_many,
    fetch,
    models,
)
from touchline.domain.kernel.statements import Statement
from touchline.domain.kernel.transaction import write_later

T = TypeVar("T")

_SQLITE_VARIABLES = 30_000
_COPY_FROM = 20
"""From so many rows on, PostgreSQL takes them quicker by COPY."""

_BY_KEY = {
    "plan_cache_mode": "force_custom_plan",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
}


async def plan_by_key(*, small_sets: bool = False) -> None:
    """Have PostgreSQL reach every row by an index for the rest of the surrounding transaction.

    For set-based work on tables that grow quickly: statistics lag behind, and a plan kept from
    when a table was small reads the whole of it each time. With ``small_sets`` it may still hash
    or sort what it has found, to join it. On SQLite nothing needs to be done.
    """
    if dialect() == "postgres":
        wanted = {name: to for name, to in _BY_KEY.items() if not small_sets or "join" not in name}
        chosen = ", ".join(f"set_config('{name}', '{to}', true)" for name, to in wanted.items())
        await fetch(f"SELECT {chosen}")


async def analyse(table: str) -> None:
    """Have PostgreSQL know how much a table holds that was filled in this very transaction.

    Else it plans as if the table were as empty as it was. On SQLite nothing needs to be done.
    """
    if dialect() == "postgres":
        await execute(f"ANALYZE {table}")


async def insert_rows(
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    on_conflict: str = "",
    returning: str = "",
) -> list[Row]:
    """Insert all rows; ``on_conflict`` and ``returning`` are SQL as both engines write it.

    Without ``returning`` the answer is empty. JSON columns take JSON text.
    """
    if not rows:
        return []
    if dialect() == "postgres" and len(rows) >= _COPY_FROM and not (on_conflict or returning):
        await copy_rows(table, columns, rows)
        return []
    if returning:
        return await _insert_returning(table, columns, rows, on_conflict, returning)
    statement = _inserting(table, columns, rows, on_conflict)
    if statement.many:
        await execute_many(statement.text, statement.params)
    else:
        await execute(statement.text, statement.params)
    return []


def insert_later(
    table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, on_conflict: str = ""
) -> None:
    """The same without an answer, left for later (see ``write_later``)."""
    if rows:
        write_later(_inserting(table, columns, rows, on_conflict))


def add_later(table: str, column: str, more: Mapping[int, int]) -> None:
    """Add to a number of some rows, by their ids, left for later (see ``write_later``).

    Rows are held in ascending order, so that no two transactions wait for each other.
    """
    if not more:
        return
    if len(more) == 1:
        ((key, one),) = more.items()
        sql = f"UPDATE {table} SET {column} = {column} + ? WHERE id = ?"
        write_later(Statement(sql, (one, key)))
        return
    item, params = values_table("v", [("id", "bigint"), ("more", "bigint")], sorted(more.items()))
    found = "v"
    if dialect() == "postgres":
        found = f"(SELECT v.* FROM v JOIN {table} t USING (id) ORDER BY id FOR NO KEY UPDATE OF t)"
    write_later(
        Statement(
            f"WITH {item} UPDATE {table} SET {column} = {column} + found.more"
            f" FROM {found} found WHERE {table}.id = found.id",
            params,
        )
    )


def values_table(
    name: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]]
) -> tuple[str, list[Any]]:
    """A ``WITH`` item that holds the given rows: ``name(columns) AS (…)`` and its parameters.

    ``columns`` are pairs of name and PostgreSQL type. There must be at least one row.
    """
    names = ", ".join(column for column, _ in columns)
    if dialect() == "postgres":
        arrays = ", ".join(f"?::{kind}[]" for _, kind in columns)
        params = [list(values) for values in zip(*rows, strict=True)]
        return f"{name}({names}) AS (SELECT * FROM unnest({arrays}))", params
    one = f"({', '.join('?' * len(columns))})"
    return f"{name}({names}) AS (VALUES {', '.join([one] * len(rows))})", [
        v for row in rows for v in row
    ]


def in_list(column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
    """SQL that holds where ``column`` is one of ``values``, and its parameters.

    One value is compared as such: of a list PostgreSQL never knows how long it is to be, and would
    plan the statement anew each time, which takes longer than to run it.
    """
    wanted = list(values)
    if len(wanted) == 1:
        return f"{column} = ?", wanted
    if dialect() == "postgres":
        return f"{column} = ANY(?)", [wanted]
    return f"{column} IN ({', '.join('?' * len(wanted))})", wanted


def parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in order, ``size`` at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))


def for_update() -> str:
    """What a ``SELECT`` ends in to hold its rows until the transaction ends.

    On SQLite a transaction that writes is alone anyway.
    """
    return " FOR UPDATE" if dialect() == "postgres" else ""


@lru_cache(maxsize=256)
def column_types(table: str) -> dict[str, str]:
    """The PostgreSQL type of each column of a table, as its model declares it.

    How a column is sorted belongs to it and not to values that are written.
    """
    for model in models():
        meta = model._meta
        if meta.db_table == table:
            return {
                column: _bare(meta.fields_map[field].get_for_dialect("postgres", "SQL_TYPE"))
                for field, column in meta.fields_db_projection.items()
            }
    raise LookupError(f"no model declares the table {table}")


def _bare(declared: str) -> str:
    return declared.partition(" COLLATE ")[0]


async def _insert_returning(
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    on_conflict: str,
    returning: str,
) -> list[Row]:
    if dialect() == "postgres":
        statement = _inserting(table, columns, rows, on_conflict)
        return await fetch(f"{statement.text} RETURNING {returning}", statement.params)
    found: list[Row] = []
    one = f"({', '.join('?' * len(columns))})"
    for part in parts(rows, _SQLITE_VARIABLES // len(columns)):
        values = ", ".join([one] * len(part))
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values} {on_conflict}"
        found += await fetch(f"{sql} RETURNING {returning}", [v for row in part for v in row])
    return found


def _inserting(
    table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], on_conflict: str
) -> Statement:
    spoken = dialect()
    form = tuple(columns), on_conflict, spoken
    if spoken == "sqlite":
        return Statement(_insert(table, *form, alone=True), rows, many=True)
    if len(rows) == 1:
        return Statement(_insert(table, *form, alone=True), rows[0])
    params = [list(values) for values in zip(*rows, strict=True)]
    return Statement(_insert(table, *form, alone=False), params)


@lru_cache(maxsize=512)
def _insert(
    table: str, columns: tuple[str, ...], on_conflict: str, spoken: Dialect, *, alone: bool
) -> str:
    into = f"INSERT INTO {table} ({', '.join(columns)})"
    if spoken == "sqlite":
        return f"{into} VALUES ({', '.join('?' * len(columns))}) {on_conflict}"
    types = column_types(table)
    if alone:
        values = ", ".join([f"?::{types[column]}" for column in columns])
        return f"{into} VALUES ({values}) {on_conflict}"
    arrays = ", ".join([f"?::{types[column]}[]" for column in columns])
    return f"{into} SELECT * FROM unnest({arrays}) {on_conflict}"
