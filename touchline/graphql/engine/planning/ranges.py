"""Compiled fields that are worked out for a range of days."""

from collections.abc import Mapping

from touchline.domain.kernel.paging import order_by
from touchline.domain.kernel.relations import Kind
from touchline.graphql.base import facts
from touchline.graphql.base.reading import sort_keys
from touchline.graphql.base.statements import parameter
from touchline.graphql.engine.planning.compiler import Compile, Compiler, Rows, Site
from touchline.graphql.engine.planning.joining import Piece
from touchline.graphql.engine.planning.shapes import Made, Shape, each, optional
from touchline.graphql.engine.planning.writing import Filler, Slot, Writer


def _ranged(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    fact = site.fact
    assert isinstance(fact, facts.RangedFact)
    relation, alias, place = fact.relation or site.goal(), compiler.alias(), len(compiler.ranges)
    if not fact.within:
        compiler.ranges.append(site)
    names = [*fact.on, *([(facts.FIRST_DAY, "first"), (facts.LAST_DAY, "last")] * fact.within)]
    holes = {hole: rows.column(column).read(rows.alias) for column, hole in names}
    inner = compiler.object(site, Rows(relation, alias))

    def write(writer: Writer) -> Made:
        made = inner(writer)

        def fill(hole: str) -> str:
            if hole in holes:
                return holes[hole]
            writer.slots.append(Slot(Filler.LAST if hole == "last" else Filler.FIRST, place))
            return parameter(Kind.KEY)

        if fact.order is not None:
            table = fact.filled(relation.table, fill)
            order = order_by(sort_keys(fact.order, relation, "u"))
            some = f"(SELECT * FROM {table} u ORDER BY {order} LIMIT {fact.limit}) AS {alias}"
            return Made(writer.listed(made.piece, some), each(made.fix))
        piece = made.piece
        if fact.refusal is not None:
            refused = relation.column(fact.refusal.column).read(alias)
            piece = Piece(
                f"CASE WHEN {refused} THEN {writer.wrong(alias)} ELSE {piece.sql} END",
                piece.is_text,
            )
        table = fact.filled(relation.table, fill, lambda name: f"{alias}.{name}" in piece.sql)
        otherwise = "'null'" if site.nullable else writer.wrong(rows.alias)
        return Made(
            writer.found(piece, f"{table} AS {alias} LIMIT 1", otherwise), optional(made.fix)
        )

    return write


RANGES: Mapping[type[facts.Fact], Compile] = {facts.RangedFact: _ranged}
