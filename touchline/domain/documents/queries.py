"""Reading trusted documents."""

from collections.abc import Sequence

from touchline.domain.documents.types import DocumentView
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.db import fetch


async def list_documents(actor: Actor) -> Sequence[DocumentView]:
    """Every registered document, by name and id."""
    actor.require(Scope.ADMIN)
    rows = await fetch(
        "SELECT document_id, name, kind, length(body) AS characters, registered_at"
        " FROM trusted_document ORDER BY COALESCE(name, ''), document_id"
    )
    return [
        DocumentView(
            row["document_id"], row["name"], row["kind"], row["characters"], row["registered_at"]
        )
        for row in rows
    ]
