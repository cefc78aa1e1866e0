"""Compiled fields that lead to other rows."""

from collections.abc import Mapping, Sequence

from touchline.domain.kernel.paging import order_by
from touchline.domain.kernel.relations import Relation
from touchline.graphql.base import facts
from touchline.graphql.base.reading import sort_keys
from touchline.graphql.engine.planning.compiler import Compile, Compiler, Rows, Site
from touchline.graphql.engine.planning.shapes import Made, Shape, Uncovered, each, optional
from touchline.graphql.engine.planning.writing import Writer


def joined(on: facts.Join, rows: Rows | None, alias: str) -> list[str]:
    """Conditions by which ``alias`` belongs to the parent's row."""
    if rows is None:
        return []
    return [f"{alias}.{child} = {rows.column(own).read(rows.alias)}" for own, child in on]


def held(conditions: list[str]) -> str:
    """``WHERE`` with those of the conditions that say something."""
    said = [condition for condition in conditions if condition]
    return f" WHERE {' AND '.join(said)}" if said else ""


def found_by_key(compiler: Compiler, site: Site, relation: Relation) -> Shape:
    """The row of a relation that the root's key means."""
    if not site.nullable:
        raise Uncovered("a lookup that must find something")
    alias = compiler.alias()
    inner = compiler.object(site, Rows(relation, alias))

    def write(writer: Writer) -> Made:
        made = inner(writer)
        tail = f"{relation.table} AS {alias} WHERE {writer.finding(relation, alias)} LIMIT 1"
        piece = writer.found(made.piece, tail)
        return Made(piece, optional(made.fix))

    return write


def root_rows(compiler: Compiler, site: Site) -> Shape:
    """The rows of a root list."""
    return _rows(compiler, site, None)


def _one(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    fact = site.fact
    assert isinstance(fact, facts.OneFact)
    relation, alias = fact.relation or site.goal(), compiler.alias()
    inner = compiler.object(site, Rows(relation, alias))
    limit = "" if _tells_rows_apart(relation, fact.on) else " LIMIT 1"
    tail = f"{relation.table} AS {alias}{held(joined(fact.on, rows, alias))}{limit}"

    def write(writer: Writer) -> Made:
        made = inner(writer)
        otherwise = "'null'" if site.nullable else writer.wrong(rows.alias)
        piece = writer.found(made.piece, tail, otherwise)
        return Made(piece, optional(made.fix))

    return write


def _many(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    fact = site.fact
    assert isinstance(fact, facts.ManyFact)
    return _rows(compiler, site, rows if fact.on else None)


def _rows(compiler: Compiler, site: Site, rows: Rows | None) -> Shape:
    fact = site.fact
    assert isinstance(fact, facts.ManyFact)
    relation, alias = fact.relation or site.goal(), compiler.alias()
    own = Rows(relation, alias)
    inner = compiler.object(site, own)
    standing = [] if rows else [relation.standing.replace("{t}", "u")]
    conditions = held([*joined(fact.on, rows, "u"), *standing, fact.where.replace("{t}", "u")])
    keys = sort_keys(fact.order, relation, "u")
    if fact.order.columns and _tells_rows_apart(relation, fact.on, fact.order.columns):
        keys = keys[:-1]  # an index keeps this order, and none keeps it with ids
    order = order_by(keys)
    tail = f"{conditions} ORDER BY {order} LIMIT {fact.limit}"

    def write(writer: Writer) -> Made:
        made = inner(writer)
        first = writer.first_rows(relation, alias, own.read, tail)
        piece = writer.listed(made.piece, first)
        return Made(piece, each(made.fix))

    return write


def _tells_rows_apart(relation: Relation, on: facts.Join, columns: Sequence[str] = ()) -> bool:
    """Whether no two rows of a parent have the same values in the columns."""
    told = {child for _, child in on} | set(columns)
    unique = relation.unique
    return not relation.is_query and ("id" in told or (bool(unique) and told.issuperset(unique)))


def _listed(compiler: Compiler, site: Site, rows: Rows) -> Shape:
    fact = site.fact
    assert isinstance(fact, facts.ListedFact)
    relation, alias = site.goal(), compiler.alias()
    keys = f"k_{alias}"
    column = rows.column(fact.column).read(rows.alias)
    inner = compiler.object(site, Rows(relation, alias))

    def write(writer: Writer) -> Made:
        source, item = writer.keys_in(column, keys)
        found = relation.find.replace("{t}", alias).replace("{value}", item)
        made = inner(writer)
        tail = f"{source} CROSS JOIN {relation.table} AS {alias} WHERE {found}"
        return Made(writer.listed(made.piece, tail, f"{keys}.pos"), each(made.fix))

    return write


LINKS: Mapping[type[facts.Fact], Compile] = {
    facts.OneFact: _one,
    facts.ManyFact: _many,
    facts.ListedFact: _listed,
}
