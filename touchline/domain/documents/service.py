"""Registering trusted documents and removing them."""

from collections.abc import Sequence

from touchline.domain.documents import recognition
from touchline.domain.documents.errors import DocumentCode
from touchline.domain.documents.manifest import sha256
from touchline.domain.documents.types import Registered, Vetted
from touchline.domain.kernel import clock
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.db import after_commit, execute, fetch, transactional
from touchline.domain.kernel.errors import NotFound, Refused
from touchline.domain.kernel.rows import in_list, insert_rows

_COLUMNS = ("document_id", "sha256", "name", "kind", "body", "registered_at")


@transactional
async def register(actor: Actor, documents: Sequence[Vetted]) -> Registered:
    """Register all of the documents or none.

    An id stands for one text for ever: the same once more is no error, another text is.
    """
    actor.require(Scope.ADMIN)
    now = clock.now()
    rows = [(one.id, sha256(one.body), one.name, one.kind, one.body, now) for one in documents]
    added = await insert_rows(
        "trusted_document",
        _COLUMNS,
        rows,
        on_conflict="ON CONFLICT (document_id) DO NOTHING",
        returning="document_id",
    )
    condition, params = in_list("document_id", [one.id for one in documents])
    sql = f"SELECT id, document_id, body FROM trusted_document WHERE {condition}"
    kept = {row["document_id"]: row for row in await fetch(sql, params)}
    for at, one in enumerate(documents):
        if kept[one.id]["body"] != one.body:
            message = f"{one.id} is registered for another document."
            raise Refused(DocumentCode.ID_TAKEN, message, ["documents", at, "key"])
    keys = tuple(kept[one.id]["id"] for one in documents)
    return Registered(frozenset(row["document_id"] for row in added), keys)


@transactional
async def remove(actor: Actor, ids: Sequence[str]) -> None:
    """Remove documents, all or none: here at once, in other processes within two seconds."""
    actor.require(Scope.ADMIN)
    condition, params = in_list("document_id", ids)
    rows = await fetch(f"SELECT document_id FROM trusted_document WHERE {condition}", params)
    known = {row["document_id"] for row in rows}
    for at, one in enumerate(ids):
        if one not in known:
            raise NotFound(f"No document is registered as {one}.", ["keys", at])
    await execute(f"DELETE FROM trusted_document WHERE {condition}", params)
    after_commit(recognition.forget_all)
