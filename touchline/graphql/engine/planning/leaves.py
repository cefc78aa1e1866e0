"""Compiled fields that the row itself can answer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLOutputType,
    is_enum_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.relations import Column, Kind
from touchline.graphql.base import facts
from touchline.graphql.base.leaves import numbered
from touchline.graphql.engine.planning.compiler import Compile, Compiler, Rows, Site
from touchline.graphql.engine.planning.joining import Piece
from touchline.graphql.engine.planning.shapes import (
    Fix,
    Made,
    Shape,
    Uncovered,
    Unlike,
    optional,
    required,
)
from touchline.graphql.engine.planning.writing import Writer

Write = Callable[[Writer, str], Piece]

_AS_THEY_ARE = {
    ("String", Kind.TEXT),
    ("Decimal", Kind.TEXT),
    ("Boolean", Kind.BOOLEAN),
    ("JSON", Kind.JSON),
}
_SIMPLE = {Kind.KEY, Kind.INTEGER, Kind.TEXT, Kind.MOMENT}


def completed(kind: GraphQLOutputType, *, sure: bool, holds: Kind | None = None) -> Fix | None:
    """How a value of a leaf type (or lists of them) is shown.

    ``sure`` says that null never comes; ``holds`` is the kind of column it is read from.
    """
    if is_non_null_type(kind):
        inner = completed(kind.of_type, sure=True, holds=holds)
        return inner if sure else required(inner)
    shown = _present(kind, holds)
    return shown if sure else optional(shown)


def _present(kind: GraphQLOutputType, holds: Kind | None) -> Fix | None:
    if is_list_type(kind):
        return _list_of(completed(kind.of_type, sure=False))
    if is_enum_type(kind):
        return _named(kind)
    if not is_leaf_type(kind):
        raise Uncovered("an object inside a leaf")
    if (kind.name, holds) in _AS_THEY_ARE:
        return None
    show: Fix = kind.coerce_output_value
    return show


def _list_of(fix: Fix | None) -> Fix:
    def run(values: Any) -> Any:
        if not isinstance(values, list):
            raise Unlike("not a list")
        return [fix(value) for value in values] if fix else values

    return run


def _named(kind: GraphQLEnumType) -> Fix:
    """The names of an enum's values are looked up once each."""
    known: dict[str, str] = {}

    def name(value: Any) -> str:
        shown = known.get(value)
        if shown is None:
            shown = known[value] = kind.coerce_output_value(value)
        return shown

    return name


def _column(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    fact = site.fact
    assert isinstance(fact, facts.ColumnFact)
    column = rows.column(fact.column or site.name)
    if column.kind is Kind.REAL:
        raise Uncovered("a real number")
    write = _written(site.definition.type, column)
    if write is not None:
        return lambda writer: Made(write(writer, rows.alias))
    sure = not column.nullable and column.kind is not Kind.JSON
    fix = completed(site.definition.type, sure=sure, holds=column.kind)
    if column.kind is Kind.BYTES:
        fix = _bytes(fix)
    return lambda writer: Made(writer.column(column, rows.alias), fix)


def _written(kind: GraphQLOutputType, column: Column) -> Write | None:
    """How the database itself writes a column as the schema shows it, where it can."""
    inner = kind.of_type if is_non_null_type(kind) else kind
    if is_list_type(inner):
        return _names_written(inner.of_type, column, demanding=inner is not kind)
    demanding = inner is not kind and (column.nullable or column.kind is Kind.JSON)
    if not is_leaf_type(inner):
        return None
    if (inner.name, column.kind) in _AS_THEY_ARE:
        if demanding:
            return lambda writer, alias: writer.required(column, alias)
        return lambda writer, alias: writer.column(column, alias)
    write = _shown_by_type(inner, column)
    if write is None or not demanding:
        return write
    return lambda writer, alias: writer.demanded(column, alias, write(writer, alias))


def _shown_by_type(inner: GraphQLOutputType, column: Column) -> Write | None:
    if not is_leaf_type(inner):
        return None
    if inner.name == "DateTime" and column.kind is Kind.MOMENT:
        return lambda writer, alias: writer.moment(column, alias)
    if inner.name == "Date" and column.kind is Kind.INTEGER:
        return lambda writer, alias: writer.day(column, alias)
    if inner.name == "Int" and column.kind is Kind.INTEGER:
        return lambda writer, alias: writer.integer(column, alias)
    if is_enum_type(inner) and column.kind is Kind.TEXT:
        names = _names(inner)
        return lambda writer, alias: writer.named(column, alias, names, null=column.nullable)
    return None


def _names_written(kind: GraphQLOutputType, column: Column, *, demanding: bool) -> Write | None:
    item = kind.of_type if is_non_null_type(kind) else kind
    if not is_enum_type(item) or column.kind is not Kind.JSON or (demanding and column.nullable):
        return None
    names = _names(item)
    if any(stored != name for stored, name in names.items()):
        return None
    return lambda writer, alias: writer.names(column, alias, names)


def _names(kind: GraphQLEnumType) -> dict[str, str]:
    """The names of an enum by the values that are stored."""
    stored = (each.value for each in kind.values.values())
    values = [one.value if isinstance(one, Enum) else one for one in stored]
    return {str(value): kind.coerce_output_value(value) for value in values}


def _bytes(fix: Fix | None) -> Fix:
    def run(value: str | None) -> Any:
        text = None if value is None else bytes.fromhex(value).decode("utf-8", "replace")
        return fix(text) if fix else text

    return run


def _choice(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    fact = site.fact
    assert isinstance(fact, facts.ChoiceFact)
    column = rows.column(fact.column)
    show = completed(site.definition.type, sure=False)
    names = {stored: show(name) if show else name for stored, name in fact.names.items()}
    if column.kind not in _SIMPLE or None in names:
        raise Uncovered("a choice by a value that is not simple")
    return lambda writer: Made(writer.named(column, rows.alias, names, null=False))


def _id(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    fact = site.fact
    assert isinstance(fact, facts.IdFact)
    column, type_name = rows.column(fact.column), site.kind.name
    return lambda writer: Made(writer.global_id(type_name, column, rows.alias))


def _same_row(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    fact = site.fact
    assert isinstance(fact, facts.SameRowFact)
    part = replace(rows, prefix=rows.prefix + fact.prefix)
    inner = compiler.object(site, part)
    if not fact.unless_null:
        return inner
    column = rows.column(fact.unless_null).read(rows.alias)

    def write(writer: Writer) -> Made:
        made = inner(writer)
        otherwise = "'null'" if site.nullable else writer.wrong(rows.alias)
        return Made(writer.unless(column, made.piece, otherwise), optional(made.fix))

    return write


def _document(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    fact = site.fact
    assert isinstance(fact, facts.DocumentFact)
    column, row_id = rows.column(fact.column), rows.column("id")
    show = _shown(site.definition.type, _kept_object(compiler, site))

    def fix(value: dict[str, Any]) -> Any:
        kept = value["kept"]
        return show(None if kept is None else numbered(kept, value["id"]))

    def write(writer: Writer) -> Made:
        pairs = [("kept", writer.column(column, rows.alias))]
        return Made(writer.object([*pairs, ("id", writer.column(row_id, rows.alias))], 0), fix)

    return write


def _shown(kind: GraphQLOutputType, item: Fix) -> Fix:
    """An object, or a list of them, each shown by ``item``."""
    if is_non_null_type(kind):
        return required(_shown(kind.of_type, item))
    inner = _list_of(_shown(kind.of_type, item)) if is_list_type(kind) else item
    return optional(inner) or inner


def _kept_object(compiler: Compiler, site: Site) -> Fix:
    """How an object that is kept as JSON is shown."""
    kind = compiler.kind(site)
    parts: dict[str, Callable[[dict[str, Any]], Any]] = {}
    for key, details in compiler.selection(kind, site.details).items():
        below = compiler.site(kind, details)
        parts[key] = _kept_part(below) if below else lambda _kept: kind.name

    def show(kept: Any) -> dict[str, Any]:
        if not isinstance(kept, dict):
            raise Unlike("not an object")
        return {key: part(kept) for key, part in parts.items()}

    return show


def _kept_part(site: Site) -> Callable[[dict[str, Any]], Any]:
    fact, type_name = site.fact, site.kind.name
    if isinstance(fact, facts.IdFact):
        column = fact.column
        return lambda kept: global_id(type_name, kept[column])
    if not isinstance(fact, facts.KeyFact):
        raise Uncovered("a field of a JSON object that is no key of it")
    name, fix = fact.key or site.name, completed(site.definition.type, sure=False)
    return lambda kept: fix(kept.get(name)) if fix else kept.get(name)


LEAVES: Mapping[type[facts.Fact], Compile] = {
    facts.ColumnFact: _column,
    facts.ChoiceFact: _choice,
    facts.IdFact: _id,
    facts.SameRowFact: _same_row,
    facts.DocumentFact: _document,
}
