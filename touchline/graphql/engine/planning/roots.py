"""Compiled root fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLObjectType
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetailsList
from graphql.execution.values import VariableValues

from touchline.graphql.base import facts
from touchline.graphql.base.errors import bad_input, read_any_id, read_id
from touchline.graphql.base.places import Target
from touchline.graphql.base.windows import Window
from touchline.graphql.engine.planning.compiler import Compiler, Site
from touchline.graphql.engine.planning.computing import COMPUTED
from touchline.graphql.engine.planning.leaves import LEAVES
from touchline.graphql.engine.planning.links import LINKS, found_by_key, root_rows
from touchline.graphql.engine.planning.pages import PAGES, page_of
from touchline.graphql.engine.planning.plan import Filled, Find, Paging, Root, arguments_of
from touchline.graphql.engine.planning.ranges import RANGES
from touchline.graphql.engine.planning.shapes import Shape, Uncovered
from touchline.graphql.engine.running import Run

_FACTS = {**LEAVES, **COMPUTED, **LINKS, **PAGES, **RANGES}


@dataclass(frozen=True, slots=True)
class AnyObject:
    """A root field whose object's type is told by the id that it is given."""

    site: Site
    argument: str
    roots: Mapping[str, Root]

    async def fill(self, run: Run) -> Filled:
        """As the root of the type in the id."""
        return await self._root(run.variables).fill(run)

    def outline(self, variables: VariableValues, windows: Mapping[int, Window]) -> Filled:
        """As the root of the type in the id."""
        return self._root(variables).outline(variables, windows)

    def _root(self, variables: VariableValues) -> Root:
        text = arguments_of(self.site, variables)[self.argument]
        root = self.roots.get(read_any_id(text, self.argument)[0])
        if root is None:
            raise bad_input(f"`{self.argument}` is not an id of an object.", self.argument)
        return root


def compile_root(
    executor: Executor[Any],
    nodes: Mapping[str, Target],
    kind: GraphQLObjectType,
    details: FieldDetailsList,
    *,
    flat: bool = False,
) -> Root | AnyObject:
    """Compile one root field; raises ``Uncovered`` with the reason why it cannot be."""
    compiler = Compiler(executor, nodes, _FACTS, flat)
    site = compiler.site(kind, details, is_root=True)
    if site is None:
        raise Uncovered("the name of the root type")
    if isinstance(site.fact, facts.NodeFact) and not site.fact.many:
        return AnyObject(
            site,
            site.fact.argument,
            {name: _of_type(compiler, site, target) for name, target in nodes.items()},
        )
    return _root(compiler, site)


def compile_kept(
    executor: Executor[Any],
    nodes: Mapping[str, Target],
    kind: GraphQLObjectType,
    details: FieldDetailsList,
) -> Root:
    """Compile a field whose parent holds the key of its row; raises ``Uncovered``."""
    compiler = Compiler(executor, nodes, _FACTS)
    site = compiler.site(kind, details)
    if site is None:
        raise Uncovered("the name of a type")
    return _planned(compiler, site, found_by_key(compiler, site, site.goal()))


def _root(compiler: Compiler, site: Site) -> Root:
    fact, find = site.fact, None
    if isinstance(fact, facts.LookupFact):
        shape = found_by_key(compiler, site, site.goal())
        find = _by_id(fact.argument, site.target.type_name if site.target else "")
    elif isinstance(fact, facts.FinderFact):
        shape, find = found_by_key(compiler, site, site.goal()), _by_finder(fact)
    elif isinstance(fact, facts.ManyFact) and not fact.on:
        shape = root_rows(compiler, site)
    elif isinstance(fact, facts.PageFact) and not fact.on:
        shape = page_of(compiler, site, None)
    else:
        raise Uncovered("it is answered by a function")
    return _planned(compiler, site, shape, find)


def _planned(compiler: Compiler, site: Site, shape: Shape, find: Find | None = None) -> Root:
    """The root with all that its compiler collected below it."""
    pagings = [Paging(place) for place in compiler.pages]
    return Root(site, frozenset(compiler.needed), pagings, shape, find, compiler.ranges)


def _of_type(above: Compiler, site: Site, target: Target) -> Root:
    compiler = Compiler(above.executor, above.nodes, _FACTS, above.flat)
    compiler.site(site.kind, site.details, is_root=True)
    compiler.needed.add(target.permission)
    own = Site(site.kind, site.definition, site.fact, site.details, target)
    shape = found_by_key(compiler, own, own.goal())
    argument = str(getattr(site.fact, "argument", ""))
    return _planned(compiler, own, shape, _by_id(argument, target.type_name))


def _by_id(argument: str, type_name: str) -> Find:
    return lambda given: read_id(given[argument], argument, type_name)


def _by_finder(fact: facts.FinderFact) -> Find:
    return lambda given: fact.find(**given)
