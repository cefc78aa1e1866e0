"""Registering and removing documents."""

import asyncio

import strawberry

from touchline.domain.documents import service
from touchline.domain.documents.manifest import Entry, checked_entries
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import ADMIN
from touchline.graphql.documents.payloads import (
    TrustedDocumentsRegisterPayload,
    TrustedDocumentsRemovePayload,
)
from touchline.graphql.engine.vetting import vet


@strawberry.input(description="A document to register.")
class TrustedDocumentInput:
    """Of `trustedDocumentsRegister`."""

    key: str = strawberry.field(description="What clients will send as `documentId`.")
    body: str = strawberry.field(description="The document, with one operation.")


@strawberry.input(description="Documents that clients shall call by their keys.")
class TrustedDocumentsRegisterInput:
    """What `trustedDocumentsRegister` is given."""

    documents: list[TrustedDocumentInput] = strawberry.field(
        description="All are registered or none; those that are known already are no error."
    )


@strawberry.input(description="Documents that shall be called no more.")
class TrustedDocumentsRemoveInput:
    """What `trustedDocumentsRemove` is given."""

    keys: list[str] = strawberry.field(description="Their keys; all are removed or none.")


@strawberry.type(description="Changes of the registered documents.")
class DocumentMutation:
    """Part of the mutation root."""

    @resolved(permission=ADMIN, description="Register documents that clients call by their keys.")
    async def trusted_documents_register(
        self, info: strawberry.Info, given: Given[TrustedDocumentsRegisterInput]
    ) -> TrustedDocumentsRegisterPayload | None:
        assert isinstance(info.schema, strawberry.Schema)
        entries = checked_entries(Entry(one.key, one.body) for one in given.documents)
        sound = [one.document for one in await asyncio.to_thread(vet, info.schema, entries)]
        registered = await service.register(info.context.actor, sound)
        return TrustedDocumentsRegisterPayload(
            document_keys=registered.keys, added_count=len(registered.added)
        )

    @resolved(permission=ADMIN, description="Remove registered documents.")
    async def trusted_documents_remove(
        self, info: strawberry.Info, given: Given[TrustedDocumentsRemoveInput]
    ) -> TrustedDocumentsRemovePayload | None:
        await service.remove(info.context.actor, given.keys)
        return TrustedDocumentsRemovePayload(removed_keys=sorted(set(given.keys)))
