"""Setting up sources and their write keys."""

import strawberry

from touchline.domain.sources import service
from touchline.domain.sources.types import SourceKind as Kind
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import ADMIN
from touchline.graphql.sources.enums import SourceKind
from touchline.graphql.sources.payloads import (
    SourceCreatePayload,
    SourceRenamePayload,
    SourceRotateWriteKeyPayload,
)


@strawberry.input(description="A new source.")
class SourceCreateInput:
    """What `sourceCreate` is given."""

    name: str = strawberry.field(description="What people call it; a name stands for one source.")
    kind: SourceKind = strawberry.field(
        default=SourceKind.WEBSITE, description="What sort of thing it is."
    )


@strawberry.input(description="Another name of a source.")
class SourceRenameInput:
    """What `sourceRename` is given."""

    id: strawberry.ID = strawberry.field(description="The id of the source.")
    name: str = strawberry.field(description="What people shall call it.")


@strawberry.input(description="Which source gets a new write key.")
class SourceRotateWriteKeyInput:
    """What `sourceRotateWriteKey` is given."""

    id: strawberry.ID = strawberry.field(description="The id of the source.")


@strawberry.type(description="Changes of sources.")
class SourceMutation:
    """Part of the mutation root."""

    @resolved(permission=ADMIN, description="Set up a source with its first write key.")
    async def source_create(
        self, info: strawberry.Info, given: Given[SourceCreateInput]
    ) -> SourceCreatePayload | None:
        issued = await service.create_source(
            info.context.actor, name=given.name, kind=Kind(str(given.kind.value))
        )
        return SourceCreatePayload(source_key=issued.source.id, write_key=issued.secret)

    @resolved(
        permission=ADMIN,
        description="Call a source by another name; its write keys stay good.",
    )
    async def source_rename(
        self, info: strawberry.Info, given: Given[SourceRenameInput]
    ) -> SourceRenamePayload | None:
        source_id = read_id(given.id, "input.id", "Source")
        renamed = await service.rename_source(info.context.actor, source_id, name=given.name)
        return SourceRenamePayload(source_key=renamed.id)

    @resolved(
        permission=ADMIN,
        description="Give a source a new write key; those it had stop working.",
    )
    async def source_rotate_write_key(
        self, info: strawberry.Info, given: Given[SourceRotateWriteKeyInput]
    ) -> SourceRotateWriteKeyPayload | None:
        source_id = read_id(given.id, "input.id", "Source")
        issued = await service.rotate_write_key(info.context.actor, source_id)
        return SourceRotateWriteKeyPayload(source_key=issued.source.id, write_key=issued.secret)
