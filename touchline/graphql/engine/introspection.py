"""Operations that ask for the schema itself.

Their answers never change while the process lives, so those that ask for nothing else are kept:
explorers and code generators all send the same few.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from touchline.graphql.engine.limits import INTROSPECTION_FIELDS

_KEPT = 8


def introspects(document: DocumentNode, operation: OperationDefinitionNode) -> FieldNode | None:
    """The first field of a valid operation that asks for the schema."""
    for node in root_fields(document, operation):
        if node.name.value in INTROSPECTION_FIELDS:
            return node
    return None


@dataclass(slots=True)
class KnownAnswers:
    """The answers of the last few operations that asked for nothing but the schema."""

    _kept: OrderedDict[tuple[bytes, str | None], dict[str, Any]] = field(
        default_factory=OrderedDict
    )

    def find(self, document: bytes, operation: str | None) -> dict[str, Any] | None:
        """The data of an operation, if it is kept; ``document`` is the document's digest."""
        return self._kept.get((document, operation))

    def keep(
        self,
        digest: bytes,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        data: dict[str, Any],
    ) -> None:
        """Keep ``data`` when it depends on the schema alone."""
        if operation.variable_definitions:
            return
        if all(
            node.name.value in INTROSPECTION_FIELDS for node in root_fields(document, operation)
        ):
            self._kept[digest, operation.name.value if operation.name else None] = data
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def root_fields(document: DocumentNode, operation: OperationDefinitionNode) -> Iterator[FieldNode]:
    """The fields of the root that an operation asks for, those in fragments among them."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    return _root_fields(operation.selection_set, fragments, set())


def _root_fields(
    selections: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode], seen: set[str]
) -> Iterator[FieldNode]:
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _root_fields(node.selection_set, fragments, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            yield from _root_fields(fragments[node.name.value].selection_set, fragments, seen)
