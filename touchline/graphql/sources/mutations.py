"""Setting up sources and their write keys."""

from typing import ClassVar

import strawberry

from touchline.domain.sources import service
from touchline.domain.sources.types import SourceKind as Kind
from touchline.graphql.base.errors import UserError, read_id
from touchline.graphql.base.fields import attribute, kept, resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import ADMIN, EVERYONE
from touchline.graphql.base.types import entity
from touchline.graphql.payload import Answer
from touchline.graphql.sources.enums import SourceErrorCode, SourceKind
from touchline.graphql.sources.types import Source


@entity(permission=EVERYONE, description="What a user can mend about a change of a source.")
class SourceUserError(UserError):
    """The user error of the capability."""

    code: SourceErrorCode = attribute(description="What is wrong.")


@entity(permission=EVERYONE, description="A source with a write key that is shown this once.")
class SourceAnswer(Answer):
    """Base of the payloads of the capability."""

    error_type: ClassVar[type[UserError]] = SourceUserError

    source_key: strawberry.Private[int | None] = None
    source: Source | None = kept("source_key", description="The source as it is now.")
    write_key: str | None = attribute(
        default=None, permission=ADMIN, description="The write key; it cannot be shown again."
    )
    user_errors: list[SourceUserError] = attribute(
        default=[], description="Why nothing was changed; empty when it was."
    )


@entity(permission=EVERYONE, description="The answer to `sourceCreate`.")
class SourceCreatePayload(SourceAnswer):
    """The new source with its first write key."""


@entity(permission=EVERYONE, description="The answer to `sourceRotateWriteKey`.")
class SourceRotateWriteKeyPayload(SourceAnswer):
    """The source with its new write key."""


@strawberry.input(description="A new source.")
class SourceCreateInput:
    """What `sourceCreate` is given."""

    name: str = strawberry.field(description="What people call it; a name stands for one source.")
    kind: SourceKind = strawberry.field(
        default=SourceKind.WEBSITE, description="What sort of thing it is."
    )


@strawberry.input(description="Which source gets a new write key.")
class SourceRotateWriteKeyInput:
    """What `sourceRotateWriteKey` is given."""

    id: strawberry.ID = strawberry.field(description="The id of the source.")


@strawberry.type(description="Changes of sources.")
class SourceMutation:
    """Part of the mutation root."""

    @resolved(permission=ADMIN, cost=10, description="Set up a source with its first write key.")
    async def source_create(
        self, info: strawberry.Info, given: Given[SourceCreateInput]
    ) -> SourceCreatePayload | None:
        issued = await service.create_source(
            info.context.actor, name=given.name, kind=Kind(str(given.kind.value))
        )
        return SourceCreatePayload(source_key=issued.source.id, write_key=issued.secret)

    @resolved(
        permission=ADMIN,
        cost=10,
        description="Give a source a new write key; those it had stop working.",
    )
    async def source_rotate_write_key(
        self, info: strawberry.Info, given: Given[SourceRotateWriteKeyInput]
    ) -> SourceRotateWriteKeyPayload | None:
        source_id = read_id(given.id, "input.id", "Source")
        issued = await service.rotate_write_key(info.context.actor, source_id)
        return SourceRotateWriteKeyPayload(source_key=issued.source.id, write_key=issued.secret)
