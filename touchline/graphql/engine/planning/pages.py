"""Compiled connections.

The database answers with ``[rows, count]``, each row one array: an object for every place where
nodes are selected, then its cursor
(or the values that it is made of) if that is wanted. Python cuts the page and gives it the
form of the schema; which of its parts are wanted is known beforehand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql.execution.collect_fields import FieldDetailsList

from touchline.domain.kernel.paging import Cursor, order_by
from touchline.domain.kernel.relations import Kind
from touchline.graphql.base import facts
from touchline.graphql.base.facts import Part
from touchline.graphql.base.statements import COUNT_LIMIT
from touchline.graphql.base.windows import Page, Window, capped, cursor_name
from touchline.graphql.engine.planning.compiler import Compile, Compiler, PageSite, Rows, Site
from touchline.graphql.engine.planning.links import held, joined
from touchline.graphql.engine.planning.shapes import Fix, Made, Shape, Uncovered
from touchline.graphql.engine.planning.writing import Writer


@dataclass(slots=True)
class _Read:
    """One page as it was read; what is made of it depends on the selection."""

    page: Page
    count: int | None
    cursors: str

    def cursor(self, row: Any) -> str:
        """The place of a row, whose last item holds the values of the order."""
        made = row[-1]
        return made if isinstance(made, str) else Cursor(self.cursors, tuple(made)).encode()

    def end(self, at: int) -> str | None:
        """The cursor of the first (0) or last (-1) row."""
        return self.cursor(self.page.rows[at]) if self.page.rows else None


_Make = Callable[[_Read], Any]
_MakeOfRow = Callable[[_Read, Any], Any]


@dataclass(slots=True)
class _Parts:
    """What the selection of one connection asks the database for."""

    compiler: Compiler
    rows: Rows
    nodes: list[Shape] = field(default_factory=list)
    page: bool = False
    keys: bool = False
    count: bool = False


def page_of(compiler: Compiler, site: Site, rows: Rows | None) -> Shape:
    """A connection of the root (without ``rows``) or of a row."""
    fact = site.fact
    assert isinstance(fact, facts.PageFact)
    relation, index = site.goal(), len(compiler.pages)
    compiler.pages.append(PageSite(site, fact, relation))
    parts = _Parts(compiler, Rows(relation, compiler.alias()))
    make = _object(parts, site, _CONNECTION)
    below, own = joined(fact.on, rows, "u"), parts.rows
    shapes, paged, keyed, counted = parts.nodes, parts.page, parts.keys, parts.count

    def write(writer: Writer) -> Made:
        nodes = [shape(writer) for shape in shapes]
        read = [_rows(writer, own, nodes, index, below, keyed) if paged else "NULL"]
        if counted:
            condition = held([*below, writer.where(index)])
            ones = f"SELECT 1 AS one FROM {relation.table} u{condition} LIMIT {COUNT_LIMIT + 1}"
            read.append(f"(SELECT count(*) FROM ({ones}) counted)")
        return Made(writer.array(read), _fix(make, writer.windows[index], nodes))

    return write


def _rows(
    writer: Writer, rows: Rows, nodes: list[Made], index: int, below: list[str], keyed: bool
) -> str:
    window, relation = writer.windows[index], rows.relation
    columns = [relation.column(name) for name in (*window.order.columns, "id")]
    if any(column.kind is Kind.REAL for column in columns):
        raise Uncovered("sorted by a real number")
    values = [node.sql for node in nodes]
    if keyed:
        cursor = writer.cursor(cursor_name(window.fact, window.order), columns, rows.alias)
        keys = writer.array([writer.column(column, rows.alias) for column in columns])
        values.append(cursor or keys)
    made = writer.array(values)
    condition = held([*below, writer.held(index)])
    tail = f"{condition} ORDER BY {order_by(window.sorting())} LIMIT {window.size + 1}"
    return writer.listed(made, writer.first_rows(relation, rows.alias, tail))


def _fix(make: _Make, window: Window, nodes: list[Made]) -> Fix:
    fixes = [(at, node.fix) for at, node in enumerate(nodes) if node.fix is not None]
    cursors = cursor_name(window.fact, window.order)

    def fix(value: list[Any]) -> Any:
        page = window.page(value[0] or ())
        kept: Any = page.rows
        for at, fix_node in fixes:
            for row in kept:
                row[at] = fix_node(row[at])
        return make(_Read(page, capped(value[-1]) if len(value) > 1 else None, cursors))

    return fix


def _object(
    parts: _Parts, site: Site, makers: Mapping[Part, Callable[[_Parts, Site], _Make]]
) -> _Make:
    """A connection or a page info."""
    kind = parts.compiler.kind(site)
    made = [
        (key, _made(parts, makers, below) if below else _constant(kind.name))
        for key, below in _below(parts, site)
    ]
    return lambda read: {key: make(read) for key, make in made}


def _made(
    parts: _Parts, makers: Mapping[Part, Callable[[_Parts, Site], _Make]], site: Site
) -> _Make:
    fact = site.fact
    if not isinstance(fact, facts.SliceFact) or fact.part not in makers:
        raise Uncovered("a field of a connection that is no part of it")
    return makers[fact.part](parts, site)


def _constant(name: str) -> _Make:
    return lambda _read: name


def _below(parts: _Parts, site: Site) -> list[tuple[str, Site | None]]:
    compiler = parts.compiler
    kind = compiler.kind(site)
    found: dict[str, FieldDetailsList] = compiler.selection(kind, site.details)
    return [(key, compiler.site(kind, details)) for key, details in found.items()]


def _nodes(parts: _Parts, site: Site) -> _Make:
    at = _node(parts, site)
    return lambda read: [row[at] for row in read.page.rows]


def _node(parts: _Parts, site: Site) -> int:
    """Where in the row the object stands that this selection asks for."""
    parts.page = True
    compiler = parts.compiler
    parts.nodes.append(compiler.object(compiler.kind(site), site.details, parts.rows))
    return len(parts.nodes) - 1


def _edges(parts: _Parts, site: Site) -> _Make:
    parts.page = True
    kind = parts.compiler.kind(site)
    made: list[tuple[str, _MakeOfRow]] = []
    for key, below in _below(parts, site):
        made.append((key, _of_edge(parts, below) if below else _named(kind.name)))
    return lambda read: [{key: make(read, row) for key, make in made} for row in read.page.rows]


def _named(name: str) -> _MakeOfRow:
    return lambda _read, _row: name


def _of_edge(parts: _Parts, site: Site) -> _MakeOfRow:
    part = site.fact.part if isinstance(site.fact, facts.SliceFact) else None
    if part is Part.CURSOR:
        parts.keys = True
        return lambda read, row: read.cursor(row)
    if part is not Part.NODE:
        raise Uncovered("a field of an edge that is no part of it")
    at = _node(parts, site)
    return lambda _read, row: row[at]


def _page_info(parts: _Parts, site: Site) -> _Make:
    parts.page = True
    return _object(parts, site, _PAGE_INFO)


def _end(parts: _Parts, at: int) -> _Make:
    parts.keys = True
    return lambda read: read.end(at)


def _total_count(parts: _Parts, _site: Site) -> _Make:
    parts.count = True
    return lambda read: read.count


def _nested(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    return page_of(compiler, site, rows)


_CONNECTION: Mapping[Part, Callable[[_Parts, Site], _Make]] = {
    Part.EDGES: _edges,
    Part.NODES: _nodes,
    Part.PAGE_INFO: _page_info,
    Part.TOTAL_COUNT: _total_count,
}
_PAGE_INFO: Mapping[Part, Callable[[_Parts, Site], _Make]] = {
    Part.HAS_NEXT: lambda _parts, _site: lambda read: read.page.has_next,
    Part.HAS_PREVIOUS: lambda _parts, _site: lambda read: read.page.has_previous,
    Part.START: lambda parts, _site: _end(parts, 0),
    Part.END: lambda parts, _site: _end(parts, -1),
}
PAGES: Mapping[type[facts.Fact], Compile] = {facts.PageFact: _nested}
