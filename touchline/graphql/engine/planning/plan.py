"""A compiled operation, and how one request fills it in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, NamedTuple

from graphql import OperationDefinitionNode, VariableNode, get_argument_values, print_ast
from graphql.execution.values import VariableValues

from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import as_of
from touchline.graphql.base.permissions import Permission
from touchline.graphql.base.ranges import RANGE, Days, read_range
from touchline.graphql.base.statements import Sql, spoken
from touchline.graphql.base.windows import Window, read_window
from touchline.graphql.engine.planning.compiler import PageSite, Site
from touchline.graphql.engine.planning.shapes import Shape
from touchline.graphql.engine.planning.writing import Filler, Slot
from touchline.graphql.engine.running import Run

Find = Callable[[Mapping[str, Any]], Any]
"""The key that a root field's arguments mean; may have to be awaited."""


class Asked(NamedTuple):
    """A window of this request, and the condition of its page."""

    window: Window
    held: Sql

    @property
    def form(self) -> tuple[Any, ...]:
        """All that the SQL and the form of the answer depend on."""
        window = self.window
        ends = (window.after is None, window.before is None, window.backward)
        return (self.held.text, window.where.text, window.order, window.size, ends)


async def _awaited(found: Any) -> Any:
    return await found if isawaitable(found) else found


@dataclass(slots=True)
class Paging:
    """A connection of the document; arguments without variables are understood once."""

    place: PageSite
    constant: Asked | None = None
    varies: bool = True

    def __post_init__(self) -> None:
        arguments = self.place.site.details[0].node.arguments or ()
        said = " ".join(map(print_ast, arguments))
        conditions = self.place.fact.filters.items()
        self.varies = "$" in said or any(one.varies and name in said for name, one in conditions)

    def ask(self, variables: VariableValues, windows: Mapping[int, Window]) -> Asked:
        """Understand the arguments, unless they are; raises what normal execution would."""
        if self.constant is not None:
            return self.constant
        site = self.place.site
        window = windows.get(id(site.details[0].node))
        if window is None:
            given = arguments_of(site, variables)
            window = read_window(self.place.fact, self.place.relation, given)
        asked = Asked(window, window.held())
        if not self.varies:
            self.constant = asked
        return asked


@dataclass(slots=True)
class Root:
    """A root field, compiled for one type of object.

    ``constant`` is how it is filled in by every request, where no variables stand in its pages.
    """

    site: Site
    needed: frozenset[Permission]
    pagings: Sequence[Paging]
    shape: Shape
    find: Find | None = None
    ranges: Sequence[Site] = ()
    constant: "Filled | None" = None

    def check(self, actor: Actor) -> None:
        """Raise what normal execution would if the caller may not see all of it."""
        for permission in self.needed:
            permission.check(actor)

    async def fill(self, run: Run) -> "Filled":
        """Check the caller and read the arguments; raises what normal execution would."""
        self.check(run.context.actor)
        filled = self.outline(run.variables, run.windows)
        if self.find is None:
            return filled
        found = self.find(arguments_of(self.site, run.variables))
        return filled.at(found if type(found) is int else await _awaited(found))

    def outline(self, variables: VariableValues, windows: Mapping[int, Window]) -> "Filled":
        """The same for nobody and without a key: enough to write the SQL."""
        if self.constant is not None:
            return self.constant
        asked = [paging.ask(variables, windows) for paging in self.pagings]
        days = [read_range(arguments_of(site, variables)[RANGE]) for site in self.ranges]
        filled = Filled(self, asked, (id(self), *[one.form for one in asked]), ranges=days)
        if not days and all(paging.constant for paging in self.pagings):
            self.constant = filled
        return filled


class Filled(NamedTuple):
    """A root field with the arguments of this request; its SQL depends on its ``form`` alone."""

    root: Root
    asked: Sequence[Asked]
    form: tuple[Any, ...]
    key: int | None = None
    ranges: Sequence[Days] = ()

    def at(self, key: int) -> "Filled":
        """The same for the row that ``key`` finds."""
        return Filled(self.root, self.asked, self.form, key, self.ranges)

    def parameters(self, slots: Sequence[Slot]) -> list[Any]:
        """The parameters of its SQL in order."""
        given: list[Any] = []
        for filler, place in slots:
            if filler is Filler.KEY:
                given.append(self.key)
            elif filler is Filler.NOW:
                given.append(as_of())
            elif filler in (Filler.FIRST, Filler.LAST):
                given.append(self.ranges[place][filler is Filler.LAST])
            elif filler is Filler.HELD:
                given += self.asked[place].held.params
            else:
                given += self.asked[place].window.where.params
        return given


def case_of(
    operation: OperationDefinitionNode, variables: Mapping[str, Any], deciding: Iterable[str]
) -> tuple[Any, ...]:
    """What compiled selections are kept by; ``deciding`` variables stand in directives."""
    name = operation.name.value if operation.name else None
    if not deciding:
        return (spoken(), name)
    return (spoken(), name, *[variables.get(each) for each in deciding])


def arguments_of(site: Site, variables: VariableValues) -> dict[str, Any]:
    """The arguments of a field as its resolver would get them."""
    definition, node = site.definition, site.details[0].node
    if len(definition.args) == 1 and node.arguments:
        ((name, argument),) = definition.args.items()
        value = node.arguments[0].value
        if isinstance(value, VariableNode) and value.name.value in variables.coerced:
            return {argument.out_name or name: variables.coerced[value.name.value]}
    return get_argument_values(definition, node, variables)
