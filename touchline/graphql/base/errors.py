"""Errors a caller can act on."""

from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform

import strawberry
from graphql import GraphQLError

from touchline.domain.kernel.ids import parse_global_id
from touchline.graphql.base.fields import attribute
from touchline.graphql.base.permissions import EVERYONE

T = TypeVar("T")


@dataclass_transform(kw_only_default=True, field_specifiers=(attribute,))
def _interface(*, description: str) -> Callable[[type[T]], type[T]]:
    return lambda cls: strawberry.interface(cls, description=description)


@_interface(
    description=(
        "What a user can mend before trying again. Each kind adds `code`, an enum of its "
        "capability."
    )
)
class UserError:
    """Base of the user errors of every capability."""

    id: strawberry.ID = attribute(
        permission=EVERYONE, description="Tells this error from the others of the answer."
    )
    message: str = attribute(permission=EVERYONE, description="A sentence to show to the user.")
    field: list[str] | None = attribute(
        permission=EVERYONE,
        default=None,
        description="Path to the part of the input that is meant; null when it is the whole.",
    )


def bad_input(message: str, argument: str) -> GraphQLError:
    """A top-level ``BAD_USER_INPUT`` that names the argument."""
    return GraphQLError(message, extensions={"code": "BAD_USER_INPUT", "argument": argument})


def read_id(text: Any, argument: str, *expected: str) -> int:
    """The key in a global id of one of the ``expected`` types."""
    return read_any_id(text, argument, *expected)[1]


def read_any_id(text: Any, argument: str, *expected: str) -> tuple[str, int]:
    """Type name and key of a global id; without ``expected``, of any type."""
    try:
        return parse_global_id(str(text), expected)
    except ValueError as error:
        raise bad_input(f"`{argument}` is {error}.", argument) from None
