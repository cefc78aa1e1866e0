"""Answers to changes of the registered documents."""

from collections.abc import Sequence
from enum import Enum

import strawberry

from touchline.domain.documents.errors import DocumentCode as Code
from touchline.domain.kernel.errors import CommonCode
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.documents.types import TrustedDocument
from touchline.graphql.payload import Answer


@strawberry.enum(description="Why documents are not registered or removed.")
class TrustedDocumentErrorCode(Enum):
    """The codes of the capability, described; of manifests only the command line knows."""

    NOT_FOUND = strawberry.enum_value(
        CommonCode.NOT_FOUND, description="No document is registered under this key."
    )
    ID_INVALID = strawberry.enum_value(
        Code.ID_INVALID, description="The key cannot be one, or is not the hash that it claims."
    )
    ID_TAKEN = strawberry.enum_value(
        Code.ID_TAKEN, description="The key stands for another document."
    )
    DOCUMENT_INVALID = strawberry.enum_value(
        Code.DOCUMENT_INVALID, description="A document does not fit the schema or the limits."
    )
    TOO_MANY_DOCUMENTS = strawberry.enum_value(
        Code.TOO_MANY_DOCUMENTS, description="There are too many at once."
    )


@mendable("a change of the registered documents")
class TrustedDocumentUserError(UserError):
    """The user error of the capability."""

    code: TrustedDocumentErrorCode = attribute(description="What is wrong.")


@answer_to("trustedDocumentsRegister")
class TrustedDocumentsRegisterPayload(Answer):
    """The documents as they are registered."""

    user_errors: list[TrustedDocumentUserError] = refusals()
    document_keys: strawberry.Private[Sequence[int]] = ()
    documents: list[TrustedDocument] = kept(
        "document_keys", many=True, description="All that were given, known ones too."
    )
    added_count: int = attribute(default=0, description="How many were not known before.")


@answer_to("trustedDocumentsRemove")
class TrustedDocumentsRemovePayload(Answer):
    """What can be called no more."""

    user_errors: list[TrustedDocumentUserError] = refusals()
    removed_keys: list[str] = attribute(default=[], description="The keys that are gone.")
