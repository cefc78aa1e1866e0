"""Whether the documents of a manifest can be registered: each is held to schema and limits."""

from collections.abc import Iterable
from dataclasses import dataclass

import strawberry
from graphql import GraphQLError

from touchline.domain.documents.errors import DocumentCode
from touchline.domain.documents.manifest import Entry
from touchline.domain.documents.types import Vetted
from touchline.domain.kernel.errors import Refused
from touchline.graphql.engine.cost import PageRefused, cost_bounds
from touchline.graphql.engine.documents import DocumentRefused, DocumentStore
from touchline.graphql.engine.guards import check_text
from touchline.graphql.engine.limits import Limits

_TOLD = 5


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sound document and the least and the most it can cost, by the sizes of its pages."""

    document: Vetted
    least: int
    most: int


class _Unsound(Exception):
    """The document cannot be registered; the text says why."""


def vet(
    schema: strawberry.Schema, entries: Iterable[Entry], limits: Limits | None = None
) -> list[Weighed]:
    """The entries as documents to register; raises ``Refused`` naming those that are not sound."""
    store = DocumentStore(schema, limits or Limits())
    sound: list[Weighed] = []
    faults: list[str] = []
    for entry in entries:
        try:
            sound.append(_weighed(store, entry))
        except _Unsound as fault:
            faults.append(f"{entry.id}: {fault}")
    if faults:
        count = len(faults) + len(sound)
        told = " ".join(faults[:_TOLD]) + (" …" if len(faults) > _TOLD else "")
        message = f"{len(faults)} of {count} documents cannot be registered, so none was. {told}"
        raise Refused(DocumentCode.DOCUMENT_INVALID, message, ["documents"])
    return sound


def _weighed(store: DocumentStore, entry: Entry) -> Weighed:
    try:
        _pass(check_text(entry.body))
        document = store.prepare(entry.body, hide_suggestions=False)
    except DocumentRefused as refusal:
        raise _Unsound(_said(refusal.errors)) from None
    operation = document.operations.get(None)
    if operation is None:
        raise _Unsound(f"It holds {len(document.operations)} operations, and must hold one.")
    try:
        least, most = cost_bounds(operation.cost, operation.node, store.limits.page)
    except PageRefused as refused:
        raise _Unsound(refused.error.message) from None
    if least > store.limits.cost:
        raise _Unsound(f"It costs {least:,} at least; at most {store.limits.cost:,} is allowed.")
    vetted = Vetted(entry.id, operation.name, operation.kind.value, entry.body)
    return Weighed(vetted, least, most)


def _pass(errors: list[GraphQLError]) -> None:
    if errors:
        raise _Unsound(_said(errors))


def _said(errors: list[GraphQLError]) -> str:
    return " ".join(error.message for error in errors)
