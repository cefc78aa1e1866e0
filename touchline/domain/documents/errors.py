"""Why documents are not registered."""

from enum import StrEnum


class DocumentCode(StrEnum):
    """Codes of the refusals of this capability."""

    MANIFEST_INVALID = "MANIFEST_INVALID"
    TOO_MANY_DOCUMENTS = "TOO_MANY_DOCUMENTS"
    ID_INVALID = "ID_INVALID"
    ID_TAKEN = "ID_TAKEN"
    DOCUMENT_INVALID = "DOCUMENT_INVALID"
