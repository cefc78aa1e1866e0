"""Compiled fields that are computed from columns of their row.

What has ``sql`` is written by the database; the rest is completed by Python, from the columns.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import is_non_null_type

from touchline.domain.kernel.relations import Kind
from touchline.graphql.base import facts
from touchline.graphql.base.holes import filled
from touchline.graphql.engine.planning.compiler import Compile, Compiler, Rows, Site
from touchline.graphql.engine.planning.joining import Piece
from touchline.graphql.engine.planning.leaves import completed
from touchline.graphql.engine.planning.shapes import Made, Shape, Uncovered
from touchline.graphql.engine.planning.writing import Writer

_SIMPLE = {Kind.KEY, Kind.INTEGER, Kind.TEXT, Kind.MOMENT}
_WHOLE = f"BETWEEN {-(2**31)} AND {2**31 - 1}"

_IN_THOUSANDTHS = "abs(v) BETWEEN 1e-3 AND 1e11 AND round(v * 1000) / 1000.0 = v"
"""Most numbers; SQLite's own JSON shows all of their digits, which are fifteen at most."""

Read = Callable[[], str]
"""Writes the expression; each time anew, for it may hold parameters."""


def _expression(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    fact = site.fact
    assert isinstance(fact, facts.ExpressionFact)
    columns = {name: rows.column(name) for name in fact.needs}
    kind = site.definition.type
    inner = kind.of_type if is_non_null_type(kind) else kind
    write = _WRITTEN.get(getattr(inner, "name", "")) if fact.sql and not compiler.flat else None
    if write is not None:
        values = {name: column.read(rows.alias) for name, column in columns.items()}
        demanding = inner is not kind
        return lambda writer: Made(
            write(writer, _reading(writer, fact.sql, values), rows.alias, demanding)
        )
    if not all(column.kind in _SIMPLE for column in columns.values()):
        raise Uncovered("computed from a value that is not simple")
    show = completed(kind, sure=False)

    def compute(row: Any) -> Any:
        made = fact.python(row)
        return show(made) if show else made

    return lambda writer: Made(
        writer.object(
            [(name, writer.column(each, rows.alias)) for name, each in columns.items()], 0
        ),
        compute,
    )


def _reading(writer: Writer, sql: str, values: Mapping[str, str]) -> Read:
    def fill(name: str) -> str:
        return writer.now() if name == facts.NOW else values[name]

    return lambda: f"({filled(sql, fill)})"


def _real(writer: Writer, read: Read, alias: str, demanding: bool) -> Piece:
    """A number in as few digits as tell it from all others: so JSON shows it, and PostgreSQL, but
    for whole and for small numbers; very large and very small ones stop the statement."""
    wrong = writer.wrong(alias)
    if writer.lite:
        null = wrong if demanding else "NULL"
        return Piece(
            f"(SELECT CASE WHEN v IS NULL THEN {null} WHEN {_IN_THOUSANDTHS} THEN v * 1.0"
            f" ELSE json(json_real(v)) END FROM (SELECT {read()} AS v LIMIT 1))",
            is_text=False,
        )
    null = wrong if demanding else "'null'"
    return Piece(
        f"(SELECT CASE WHEN v IS NULL THEN {null} WHEN v = 0 THEN '0.0'"
        f" WHEN abs(v) NOT BETWEEN 1e-9 AND 1e14 THEN {wrong}"
        f" WHEN abs(v) < 1e-5 THEN replace(v::text, 'e-0', 'e-')"
        " WHEN abs(v) < 1e-4 THEN CASE WHEN v < 0 THEN '-' ELSE '' END || '0.0000'"
        " || replace(split_part(abs(v)::text, 'e', 1), '.', '')"
        f" WHEN v = trunc(v) THEN v::text || '.0' ELSE v::text END"
        f" FROM (SELECT {read()} AS v OFFSET 0) worked_out)"
    )


def _integer(writer: Writer, read: Read, alias: str, demanding: bool) -> Piece:
    """A whole number of GraphQL, which has 32 bits; a larger one stops the statement."""
    wrong = writer.wrong(alias)
    if writer.lite:
        chosen = f"coalesce({read()}, {wrong})" if demanding else read()
        return Piece(f"CASE WHEN {read()} NOT {_WHOLE} THEN {wrong} ELSE {chosen} END", False)
    null = wrong if demanding else "'null'"
    return Piece(
        f"(CASE WHEN {read()} NOT {_WHOLE} THEN {wrong} ELSE coalesce({read()}::text, {null}) END)"
    )


_WRITTEN: Mapping[str, Callable[[Writer, Read, str, bool], Piece]] = {
    "Float": _real,
    "Int": _integer,
}
COMPUTED: Mapping[type[facts.Fact], Compile] = {facts.ExpressionFact: _expression}
