"""What every mutation answers with, and how a capability declares its answers.

    @mendable("a change of a customer")
    class CustomerUserError(UserError):
        code: CustomerErrorCode = attribute(description="What is wrong.")

    @answer_to("customerAddNote")
    class CustomerAddNotePayload(Answer):
        user_errors: list[CustomerUserError] = refusals()
        touchpoint_key: strawberry.Private[int | None] = None
        touchpoint: Touchpoint | None = kept("touchpoint_key", description="The note.")

The payload's ``user_errors`` say into which class a refusal of the domain is made.
"""

from collections.abc import Callable, Collection
from typing import Any, Self, TypeVar, dataclass_transform

from strawberry.types.base import StrawberryList, get_object_definition
from strawberry.utils.str_converters import to_camel_case

from touchline.domain.kernel.errors import DomainError
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept, root
from touchline.graphql.base.made import made_id
from touchline.graphql.base.permissions import EVERYONE
from touchline.graphql.base.types import entity

E = TypeVar("E", bound=UserError)
P = TypeVar("P", bound="Payload")


class Payload:
    """Base of payloads: the object that was changed, or why it could not be."""

    @classmethod
    def refused(cls, error: DomainError, arguments: Collection[str] = ()) -> Self:
        """A payload that says what the user can mend, of which of the ``arguments``."""
        answer: Any = cls
        return answer(  # type: ignore[no-any-return]
            user_errors=[user_error(_error_type(cls), error, arguments)]
        )


@dataclass_transform(kw_only_default=True, field_specifiers=(attribute,))
def mendable(what: str) -> Callable[[type[E]], type[E]]:
    """The user error of a capability, of which ``what`` may be refused."""
    return entity(permission=EVERYONE, description=f"What a user can mend about {what}.")


@dataclass_transform(kw_only_default=True, field_specifiers=(attribute, kept, root))
def answer_to(*mutations: str) -> Callable[[type[P]], type[P]]:
    """The payload of a mutation, or what the payloads of several mutations share."""
    named = " and ".join(f"`{mutation}`" for mutation in mutations)
    return entity(permission=EVERYONE, description=f"The answer to {named}.")


def refusals(description: str = "Why nothing was changed; empty when it was.") -> Any:
    """The ``user_errors`` of a payload."""
    return attribute(default=[], description=description)


def user_error(kind: type[E], error: DomainError, arguments: Collection[str] = ()) -> E:
    """A refusal as the user error of its capability.

    Its path begins at the argument it speaks of, which is ``input`` unless it names another.
    """
    path = [to_camel_case(str(step)) for step in error.path]
    if path and path[0] not in arguments:
        path.insert(0, "input")
    said: Any = kind
    return said(  # type: ignore[no-any-return]
        id=made_id(error.code, error.message, *path),
        message=error.message,
        field=path or None,
        code=error.code,
    )


def _error_type(payload: type[Payload]) -> type[UserError]:
    field = get_object_definition(payload, strict=True).get_field("user_errors")
    assert field is not None
    assert isinstance(field.type, StrawberryList)
    kind = field.type.of_type
    assert isinstance(kind, type)
    assert issubclass(kind, UserError)
    return kind
