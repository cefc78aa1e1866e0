"""Decorators for the types of a capability."""

from collections.abc import Callable
from typing import TypeVar, dataclass_transform

import strawberry
from strawberry.types.base import StrawberryObjectDefinition

from touchline.domain.kernel.relations import Relation
from touchline.graphql.base import fields
from touchline.graphql.base.facts import TypeFact
from touchline.graphql.base.permissions import Permission

T = TypeVar("T")

TYPE_FACT = "__touchline_type__"


@dataclass_transform(
    kw_only_default=True, field_specifiers=(fields.attribute, fields.kept, fields.root)
)
def entity(
    relation: Relation | None = None,
    *,
    permission: Permission,
    description: str,
    name: str | None = None,
) -> Callable[[type[T]], type[T]]:
    """An object type that shows rows of ``relation`` (without one: Python objects or JSON).

    ``permission`` holds for each field that names none of its own.
    """

    def declare(cls: type[T]) -> type[T]:
        setattr(cls, TYPE_FACT, TypeFact(permission, relation))
        return strawberry.type(cls, name=name, description=description)

    return declare


def type_fact(definition: StrawberryObjectDefinition) -> TypeFact | None:
    """What ``entity`` said of a type."""
    fact = getattr(definition.origin, TYPE_FACT, None)
    return fact if isinstance(fact, TypeFact) else None
