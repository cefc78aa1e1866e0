"""Compiled connections.

The rows of a page are read below the name ``p``: the JSON of each node, what its cursor is made of
and its number, counted from where reading began. What the selection asks for is made of them by
aggregates, in the form of the schema.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from graphql.execution.collect_fields import FieldDetailsList

from touchline.domain.kernel.paging import order_by
from touchline.domain.kernel.relations import Column, Kind
from touchline.graphql.base import facts
from touchline.graphql.base.facts import Part
from touchline.graphql.base.statements import COUNT_LIMIT
from touchline.graphql.base.windows import Window, cursor_name
from touchline.graphql.engine.planning import cursors
from touchline.graphql.engine.planning.compiler import Compile, Compiler, PageSite, Rows, Site
from touchline.graphql.engine.planning.joining import Piece
from touchline.graphql.engine.planning.links import held, joined
from touchline.graphql.engine.planning.shapes import Made, Shape, Uncovered, each, patch
from touchline.graphql.engine.planning.writing import Writer


@dataclass(slots=True)
class _Page:
    """One page while it is written; what the selection needs of its rows is noted."""

    writer: Writer
    index: int
    rows: Rows
    below: list[str]
    nodes: Sequence[Made]
    is_list: bool = False
    reads: bool = False
    looks_on: bool = False
    numbers: bool = False
    cursors: bool = False

    @property
    def window(self) -> Window:
        return self.writer.windows[self.index]

    @property
    def name(self) -> str:
        """How the order of the page is called in its cursors."""
        return cursor_name(self.window.fact, self.window.order)

    @property
    def columns(self) -> Sequence[Column]:
        """What the page is sorted by."""
        columns = [self.rows.column(name) for name in (*self.window.order.columns, "id")]
        if any(column.kind is Kind.REAL for column in columns):
            raise Uncovered("sorted by a real number")
        return columns

    def list(self, item: Piece) -> Piece:
        """The ``item`` of every row of the page."""
        if self.is_list:
            return self.writer.listed(item, _read(self))
        self.reads = True
        keep = f"p.place <= {self.window.size}" if self.looks_on else ""
        return self.writer.items(item.sql, keep=keep)

    def more(self, *, ahead: bool) -> Piece:
        """Whether there are rows after the page, or before it.

        On the side that reading came from there are exactly if a cursor was given.
        """
        window = self.window
        if ahead != window.backward:
            self.reads = True
            return self.writer.truth(f"count(*) > {window.size}")
        cursor = window.before if ahead else window.after
        return self.writer.truth("1 = 0" if cursor is None else "1 = 1")

    def cursor(self) -> Piece:
        """The cursor of each row."""
        self.cursors = True
        return cursors.of_row(self.writer, self.name, self.columns)

    def end(self, *, last: bool) -> Piece:
        """The cursor of the first or last row of the page."""
        if not self.window.size:
            return self.writer.number("NULL")
        self.reads = self.cursors = True
        self.numbers |= self.writer.lite
        return cursors.of_end(self.writer, self.name, self.columns, self.window, last=last)


_Make = Callable[[_Page], Made]


@dataclass(slots=True)
class _Parts:
    """The nodes that the selection of one connection asks for, and whether it looks beyond.

    One that asks for nothing but its rows ``is_list``.
    """

    compiler: Compiler
    rows: Rows
    nodes: list[Shape] = field(default_factory=list)
    next: bool = False
    previous: bool = False
    is_list: bool = False


def page_of(compiler: Compiler, site: Site, rows: Rows | None) -> Shape:
    """A connection of the root (without ``rows``) or of a row."""
    fact = site.fact
    assert isinstance(fact, facts.PageFact)
    relation, index = site.goal(), len(compiler.pages)
    compiler.pages.append(PageSite(site, fact, relation))
    parts = _Parts(compiler, Rows(relation, compiler.alias()))
    parts.is_list = _is_list(parts, site)
    make = _object(parts, site, _CONNECTION)
    below = joined(fact.on, rows, "u")

    def write(writer: Writer) -> Made:
        inner = Writer(writer.windows, writer.thorough, lite=writer.lite)
        nodes = [shape(inner) for shape in parts.nodes]
        page = _Page(writer, index, parts.rows, below, nodes, parts.is_list)
        page.looks_on = parts.previous if page.window.backward else parts.next
        page.numbers = page.looks_on or page.window.backward
        if page.is_list:
            writer.slots += inner.slots
            return make(page)
        made = make(page)
        if not page.reads:
            return made
        writer.slots += inner.slots  # the nodes stand after what is made of them
        return Made(Piece(f"(SELECT {made.piece.sql} FROM {_read(page)})"), made.fix)

    return write


def _is_list(parts: _Parts, site: Site) -> bool:
    """Whether nothing is asked for but rows: no number of them, nor whether there are more."""
    facts_below = [one.fact for _, one in _below(parts, site) if one]
    return len(facts_below) == 1 and all(
        isinstance(fact, facts.SliceFact) and fact.part in (Part.EDGES, Part.NODES)
        for fact in facts_below
    )


def _read(page: _Page) -> str:
    """The rows of a page, as they stand after ``FROM``."""
    writer, window, rows = page.writer, page.window, page.rows
    columns = page.columns
    spare = f"CASE WHEN place <= {window.size} THEN " if page.looks_on else ""
    said = [
        f"{spare}{node.piece.sql}{' END' if spare else ''} AS n{at}"
        for at, node in enumerate(page.nodes)
    ]
    if page.cursors:
        said += cursors.held(columns, rows.alias)
    if page.numbers:
        said.append("place")
    condition = held([*page.below, writer.held(page.index)])
    limit = window.size + page.looks_on
    tail = f"{condition} ORDER BY {order_by(window.sorting())} LIMIT {limit}"
    source = writer.first_rows(
        rows.relation,
        rows.alias,
        rows.read,
        tail,
        numbered=page.numbers,
        turned=window.backward,
        source=window.source,
    )
    return f"(SELECT {', '.join(said or ['1'])} FROM {source}) p"


def _object(
    parts: _Parts, site: Site, makers: Mapping[Part, Callable[[_Parts, Site], _Make]]
) -> _Make:
    """A connection, an edge or a page info."""
    kind = parts.compiler.kind(site)
    made = [
        (key, _made(parts, makers, below) if below else _named(kind.name))
        for key, below in _below(parts, site)
    ]

    def make(page: _Page) -> Made:
        done = [(key, make_one(page)) for key, make_one in made]
        piece = page.writer.object([(key, one.piece) for key, one in done], site.weight)
        return Made(piece, patch([(key, one.fix) for key, one in done]))

    return make


def _made(
    parts: _Parts, makers: Mapping[Part, Callable[[_Parts, Site], _Make]], site: Site
) -> _Make:
    fact = site.fact
    if not isinstance(fact, facts.SliceFact) or fact.part not in makers:
        raise Uncovered("a field of a connection that is no part of it")
    return makers[fact.part](parts, site)


def _named(name: str) -> _Make:
    return lambda page: Made(page.writer.text(name))


def _below(parts: _Parts, site: Site) -> list[tuple[str, Site | None]]:
    compiler = parts.compiler
    kind = compiler.kind(site)
    found: dict[str, FieldDetailsList] = compiler.selection(kind, site.details)
    return [(key, compiler.site(kind, details)) for key, details in found.items()]


def _node(parts: _Parts, site: Site) -> _Make:
    """The object of a row that this selection asks for."""
    parts.nodes.append(parts.compiler.object(site, parts.rows))
    at = len(parts.nodes) - 1
    return lambda page: Made(Piece(f"p.n{at}"), page.nodes[at].fix)


def _every(make: _Make) -> _Make:
    def run(page: _Page) -> Made:
        one = make(page)
        return Made(page.list(one.piece), each(one.fix))

    return run


def _has_next(parts: _Parts, _site: Site) -> _Make:
    parts.next = True
    return lambda page: Made(page.more(ahead=True))


def _has_previous(parts: _Parts, _site: Site) -> _Make:
    parts.previous = True
    return lambda page: Made(page.more(ahead=False))


def _total_count(parts: _Parts, _site: Site) -> _Make:
    table = parts.rows.relation.table

    def make(page: _Page) -> Made:
        condition = held([*page.below, page.writer.where(page.index)])
        ones = f"SELECT 1 AS one FROM {table} u{condition} LIMIT {COUNT_LIMIT + 1}"
        capped = f"CASE WHEN count(*) <= {COUNT_LIMIT} THEN count(*) END"
        return Made(page.writer.number(f"(SELECT {capped} FROM ({ones}) counted)"))

    return make


def _nested(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    return page_of(compiler, site, rows)


_EDGE: Mapping[Part, Callable[[_Parts, Site], _Make]] = {
    Part.CURSOR: lambda _parts, _site: lambda page: Made(page.cursor()),
    Part.NODE: _node,
}
_PAGE_INFO: Mapping[Part, Callable[[_Parts, Site], _Make]] = {
    Part.HAS_NEXT: _has_next,
    Part.HAS_PREVIOUS: _has_previous,
    Part.START: lambda _parts, _site: lambda page: Made(page.end(last=False)),
    Part.END: lambda _parts, _site: lambda page: Made(page.end(last=True)),
}
_CONNECTION: Mapping[Part, Callable[[_Parts, Site], _Make]] = {
    Part.EDGES: lambda parts, site: _every(_object(parts, site, _EDGE)),
    Part.NODES: lambda parts, site: _every(_node(parts, site)),
    Part.PAGE_INFO: lambda parts, site: _object(parts, site, _PAGE_INFO),
    Part.TOTAL_COUNT: _total_count,
}
PAGES: Mapping[type[facts.Fact], Compile] = {facts.PageFact: _nested}
