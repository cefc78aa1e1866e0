"""What every mutation answers with."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

import strawberry
from strawberry.utils.str_converters import to_camel_case

from touchline.domain.kernel.errors import DomainError
from touchline.domain.kernel.ids import digest
from touchline.graphql.base.errors import UserError


class Payload:
    """Base of payloads: the object that was changed, or why it could not be.

    ``error_type`` is the user error of the capability.
    """

    error_type: ClassVar[type[UserError]]

    @classmethod
    def refused(cls, error: DomainError) -> Self:
        """A payload that says what the user can mend."""
        path = ["input", *(to_camel_case(str(step)) for step in error.path)]
        said = cls.error_type(
            id=_error_id(error.code, error.message, path),
            message=error.message,
            field=path if error.path else None,
            code=error.code,  # type: ignore[call-arg]
        )
        answer: Any = cls
        return answer(user_errors=[said])  # type: ignore[no-any-return]


def _error_id(code: str, message: str, path: Sequence[str]) -> strawberry.ID:
    return strawberry.ID(digest(code, message, *path).hex())
