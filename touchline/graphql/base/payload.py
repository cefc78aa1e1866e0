"""What every mutation answers with."""

from typing import Any, ClassVar, Self, TypeVar

import strawberry
from strawberry.utils.str_converters import to_camel_case

from touchline.domain.kernel.errors import DomainError
from touchline.domain.kernel.ids import digest
from touchline.graphql.base.errors import UserError

E = TypeVar("E", bound=UserError)


class Payload:
    """Base of payloads: the object that was changed, or why it could not be.

    ``error_type`` is the user error of the capability.
    """

    error_type: ClassVar[type[UserError]]

    @classmethod
    def refused(cls, error: DomainError) -> Self:
        """A payload that says what the user can mend."""
        answer: Any = cls
        return answer(user_errors=[user_error(cls.error_type, error)])  # type: ignore[no-any-return]


def user_error(kind: type[E], error: DomainError) -> E:
    """A refusal as the user error of its capability."""
    path = ["input", *(to_camel_case(str(step)) for step in error.path)]
    key = digest(error.code, error.message, *path).hex()
    said: Any = kind
    return said(  # type: ignore[no-any-return]
        id=strawberry.ID(key),
        message=error.message,
        field=path if error.path else None,
        code=error.code,
    )
