"""Answers to changes of sources."""

from enum import Enum

import strawberry

from touchline.domain.kernel.errors import CommonCode
from touchline.domain.sources.errors import SourceErrorCode as Code
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.base.permissions import ADMIN
from touchline.graphql.payload import Answer
from touchline.graphql.sources.types import Source


@strawberry.enum(description="Why a change of a source is refused.")
class SourceErrorCode(Enum):
    """The codes of the capability, described."""

    NOT_FOUND = strawberry.enum_value(
        CommonCode.NOT_FOUND, description="There is no source with this id."
    )
    NAME_BLANK = strawberry.enum_value(Code.NAME_BLANK, description="The name is empty.")
    NAME_TAKEN = strawberry.enum_value(
        Code.NAME_TAKEN, description="There is a source of this name already."
    )
    NAME_TOO_LONG = strawberry.enum_value(Code.NAME_TOO_LONG, description="The name is too long.")
    ALREADY_REVOKED = strawberry.enum_value(
        Code.ALREADY_REVOKED, description="The write key was revoked before."
    )


@mendable("a change of a source")
class SourceUserError(UserError):
    """The user error of the capability."""

    code: SourceErrorCode = attribute(description="What is wrong.")


@answer_to("sourceCreate", "sourceRotateWriteKey")
class SourceAnswer(Answer):
    """A source with a write key that is shown this once."""

    source_key: strawberry.Private[int | None] = None
    source: Source | None = kept("source_key", description="The source as it is now.")
    write_key: str | None = attribute(
        default=None, permission=ADMIN, description="The write key; it cannot be shown again."
    )
    user_errors: list[SourceUserError] = refusals()


@answer_to("sourceRename")
class SourceRenamePayload(Answer):
    """The source under its new name."""

    user_errors: list[SourceUserError] = refusals()
    source_key: strawberry.Private[int | None] = None
    source: Source | None = kept("source_key", description="The source as it is now.")


@answer_to("sourceCreate")
class SourceCreatePayload(SourceAnswer):
    """The new source with its first write key."""


@answer_to("sourceRotateWriteKey")
class SourceRotateWriteKeyPayload(SourceAnswer):
    """The source with its new write key."""
