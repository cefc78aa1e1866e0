"""What an author of types writes: a field says what it is, and nothing runs here.

    @entity(CUSTOMER, permission=READ, description="A person …")
    class Customer(Node):
        display_name: str = column(description="…")
        account: Account | None = related({"account_id": "id"}, description="…")
        timeline: Connection[Touchpoint] = connection(…)

``permission`` beside a field outranks that of its type. Every function below takes
``description``, ``permission`` and ``cost``.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal, TypedDict, TypeVar, Unpack, cast

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from touchline.domain.kernel.db import Row
from touchline.domain.kernel.relations import Condition, Relation
from touchline.graphql.base import facts
from touchline.graphql.base.listing import (
    CONDITION,
    Narrowing,
    conditions_of,
    list_arguments,
    optional_argument,
)
from touchline.graphql.base.permissions import Permission

Function = TypeVar("Function", bound=Callable[..., Any])


class Beside(TypedDict, total=False):
    """What may stand beside any field."""

    permission: Permission
    cost: int
    keep_s: int


def declare(fact: facts.Fact, description: str) -> StrawberryField:
    """A field that carries a fact."""
    field = StrawberryField(description=description, metadata={facts.FACT: fact})
    field.init = False
    return field


def column(
    name: str = "", *, shown_as: str | None = None, description: str, **beside: Unpack[Beside]
) -> Any:
    """A column of the row, by default the one called as the field; ``shown_as`` is what the schema
    calls it where Python cannot."""
    field = declare(facts.ColumnFact(column=name, **beside), description)
    field.graphql_name = shown_as
    return field


def choice(
    name: str, names: Mapping[Any, str], *, description: str, **beside: Unpack[Beside]
) -> Any:
    """A column whose stored values stand for the names of an enum."""
    return declare(facts.ChoiceFact(column=name, names=names, **beside), description)


def expression(
    python: Callable[[Row], Any],
    *,
    needs: tuple[str, ...],
    sql: str = "",
    description: str,
    **beside: Unpack[Beside],
) -> Any:
    """Computed from the columns in ``needs``."""
    fact = facts.ExpressionFact(python=python, needs=needs, sql=sql, **beside)
    return declare(fact, description)


def global_id(name: str = "id", *, description: str, **beside: Unpack[Beside]) -> Any:
    """The opaque id, of the type's name and a key column."""
    return declare(facts.IdFact(column=name, **beside), description)


def same_row(unless_null: str = "", *, description: str, **beside: Unpack[Beside]) -> Any:
    """An object that groups more fields of the same row."""
    return declare(facts.SameRowFact(unless_null=unless_null, **beside), description)


def document(name: str, *, description: str, **beside: Unpack[Beside]) -> Any:
    """An object (or a list of them) that a JSON column holds."""
    return declare(facts.DocumentFact(column=name, **beside), description)


def key(name: str = "", *, description: str, **beside: Unpack[Beside]) -> Any:
    """A value inside such an object; by default under the field's own name."""
    return declare(facts.KeyFact(key=name, **beside), description)


def related(
    on: Mapping[str, str],
    *,
    relation: Relation | None = None,
    type_name: str = "",
    description: str,
    init: Literal[False] = False,
    **beside: Unpack[Beside],
) -> Any:
    """One row of another relation: ``on`` maps this row's columns to the other's."""
    fact = facts.OneFact(on=_join(on), relation=relation, type_name=type_name, **beside)
    return declare(fact, description)


def rows(
    on: Mapping[str, str],
    *,
    order: facts.Order,
    limit: int,
    where: str = "",
    relation: Relation | None = None,
    description: str,
    init: Literal[False] = False,
    **beside: Unpack[Beside],
) -> Any:
    """A short list of another relation's rows, by default of that of the field's type."""
    fact = facts.ManyFact(
        on=_join(on), order=order, limit=limit, where=where, relation=relation, **beside
    )
    return declare(fact, description)


def found(
    find: Callable[..., Awaitable[int | None]],
    arguments: Mapping[str, str],
    *,
    optional: Mapping[str, str] | None = None,
    kind: Any = str,
    description: str,
    **beside: Unpack[Beside],
) -> Any:
    """A root field that finds one object by texts; ``arguments`` gives them descriptions."""
    field = declare(facts.FinderFact(find=find, **beside), description)
    field.arguments = [_needed(name, kind, text) for name, text in arguments.items()]
    field.arguments += [
        optional_argument(name, str, text) for name, text in (optional or {}).items()
    ]
    return field


def listed(name: str, *, description: str, **beside: Unpack[Beside]) -> Any:
    """The rows whose ids the JSON column ``name`` lists."""
    return declare(facts.ListedFact(column=name, **beside), description)


def connection(
    name: str,
    *,
    order: facts.Order,
    on: Mapping[str, str] | None = None,
    where: str = "",
    order_by: type | None = None,
    filters: type | None = None,
    narrowed_by: Sequence[Narrowing] = (),
    description: str,
    **beside: Unpack[Beside],
) -> Any:
    """A list without end, read page by page.

    ``order`` holds where the caller asks for none. ``order_by`` is an input with ``field`` (an
    enum whose values are columns) and ``direction``; ``filters`` an input of ``held`` fields.
    ``narrowed_by`` are arguments of its own.
    """
    conditions = conditions_of(filters) if filters else {}
    narrowed = {to_camel_case(one.name): one.condition for one in narrowed_by}
    fact = facts.PageFact(
        name=name,
        on=_join(on or {}),
        order=order,
        where=where,
        filters=conditions,
        narrowed=narrowed,
        **beside,
    )
    field = declare(fact, description)
    field.arguments = list_arguments(filters, order_by, narrowed_by)
    return field


def lookup(argument: str = "id", *, description: str, **beside: Unpack[Beside]) -> Any:
    """A root field that finds one object by its id; null when there is none."""
    field = declare(facts.LookupFact(argument=argument, **beside), description)
    field.arguments = [_needed(argument, strawberry.ID, "The id of the object.")]
    return field


def root(*, description: str, init: Literal[False] = False, **beside: Unpack[Beside]) -> Any:
    """In a payload: the query root, to read again what a command changed."""
    return declare(facts.RootFact(**beside), description)


def node_lookup(*, description: str, **beside: Unpack[Beside]) -> Any:
    """The root field that finds any object by its id."""
    return _node_field("id", strawberry.ID, "The id of the object.", False, description, beside)


def nodes_lookup(*, description: str, **beside: Unpack[Beside]) -> Any:
    """The root field that finds objects of any type by their ids."""
    given = "The ids of the objects, at most 100."
    return _node_field("ids", list[strawberry.ID], given, True, description, beside)


def kept(
    attribute: str,
    *,
    many: bool = False,
    certain: bool = False,
    description: str,
    init: Literal[False] = False,
    **beside: Unpack[Beside],
) -> Any:
    """In a payload: the object (or objects) whose key the private ``attribute`` holds.

    ``certain`` says that the command has just seen that row itself.
    """
    fact = facts.KeptKeyFact(attribute=attribute, many=many, certain=certain, **beside)
    return declare(fact, description)


def attribute(
    *,
    description: str,
    default: Any = strawberry.UNSET,
    name: str | None = None,
    **beside: Unpack[Beside],
) -> Any:
    """An attribute of a Python object, such as a payload; ``default`` fills it when absent.

    ``name`` is what the schema calls it where Python cannot.
    """
    fact = facts.AttributeFact(**beside)
    missing = {} if default is strawberry.UNSET else {"default": default}
    if isinstance(default, list):
        missing = {"default_factory": lambda: list(default)}
    return StrawberryField(
        graphql_name=name, description=description, metadata={facts.FACT: fact}, **missing
    )


def resolved(
    *, permission: Permission, description: str, cost: int | None = None
) -> Callable[[Function], Function]:
    """Decorates a function that answers the field itself."""
    fact = facts.ResolverFact(permission=permission, cost=cost)
    declared: Any = strawberry.field(description=description, metadata={facts.FACT: fact})
    return cast("Callable[[Function], Function]", declared)


def streamed(*, permission: Permission, description: str) -> Callable[[Function], Function]:
    """Decorates an asynchronous generator whose items are the messages of a subscription."""
    fact = facts.ResolverFact(permission=permission)
    declared: Any = strawberry.subscription(description=description, metadata={facts.FACT: fact})
    return cast("Callable[[Function], Function]", declared)


def held(condition: Condition, *, description: str, name: str | None = None) -> Any:
    """A field of a filter input; absent and null mean no condition."""
    return strawberry.field(
        description=description,
        name=name,
        default=strawberry.UNSET,
        metadata={CONDITION: condition},
    )


def combined(name: str, *, description: str) -> Any:
    """``and``, ``or`` or ``not`` of a filter input."""
    return strawberry.field(description=description, name=name, default=strawberry.UNSET)


def _join(on: Mapping[str, str]) -> facts.Join:
    return tuple(on.items())


def _node_field(
    argument: str, kind: Any, given: str, many: bool, description: str, beside: Beside
) -> StrawberryField:
    field = declare(facts.NodeFact(argument=argument, many=many, **beside), description)
    field.arguments = [_needed(argument, kind, given)]
    return field


def _needed(name: str, kind: Any, description: str) -> StrawberryArgument:
    return StrawberryArgument(name, None, StrawberryAnnotation(kind), description=description)
