"""Trusted documents: what was registered is called by its id; some keys call nothing else."""

from dataclasses import replace

import structlog
from graphql import GraphQLError

from touchline.domain.documents.recognition import text_of
from touchline.domain.kernel.actor import Actor
from touchline.graphql.engine.answers import Operation
from touchline.graphql.engine.errors import MASKED, ErrorCode

log = structlog.get_logger(__name__)

TRUSTED_ONLY = "TRUSTED_DOCUMENTS_ONLY"
_NOT_FOUND = "PersistedQueryNotFound"  # clients compare this very text
_HINT = "No document is registered under this id; sending one does not register it."


async def spelled_out(operation: Operation, actor: Actor) -> Operation:
    """The operation with the text of its document; raises a coded ``GraphQLError``.

    A text that a restricted key sends is refused unread, even that of a registered document.
    """
    if operation.document is None:
        if actor.trusted_only:
            message = "This key runs registered documents only; send the `documentId` of one."
            extensions = {"code": ErrorCode.FORBIDDEN, "reason": TRUSTED_ONLY}
            raise GraphQLError(message, extensions=extensions)
        return operation
    try:
        text = await text_of(operation.document)
    except Exception as error:
        log.error("a document was not looked up", exc_info=error)
        raise GraphQLError(MASKED, extensions={"code": ErrorCode.INTERNAL}) from None
    if text is None:
        extensions = {"code": ErrorCode.PERSISTED_QUERY_NOT_FOUND, "hint": _HINT}
        raise GraphQLError(_NOT_FOUND, extensions=extensions)
    return replace(operation, text=text)
