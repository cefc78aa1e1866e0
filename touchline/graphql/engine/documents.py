"""Documents, parsed and validated once."""

import sys
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from graphql.execution import Executor
from graphql.execution.collect_fields import FragmentDetails
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from touchline.graphql.engine.footprint import Footprint, footprint_of
from touchline.graphql.engine.limits import Limits, check_shape, largest
from touchline.graphql.engine.planning.entering import EnteringExecutor
from touchline.graphql.engine.planning.planner import Plans, plans_of
from touchline.graphql.engine.prepared import Prepared

_RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
_MAX_ERRORS = 5
_KEPT_DOCUMENTS = 500
_KEPT_BYTES = 48_000_000
_LARGEST = _KEPT_BYTES // 8  # what callers vary without end grows at its own expense


class DocumentRefused(Exception):
    """The document cannot be run by anyone; ``errors`` say where and why."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("document refused")
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document, with its operations by name; a single one is found without."""

    digest: bytes
    text: str
    ast: DocumentNode
    compiled: Plans
    operations: Mapping[str | None, Prepared]
    fragment_definitions: dict[str, FragmentDefinitionNode]
    fragments: dict[str, FragmentDetails]
    footprint: Footprint


class DocumentStore:
    """Keeps the documents that were asked for last; refused ones are not kept.

    All that is made of a document is kept with it, and forgotten with it.
    """

    def __init__(self, schema: strawberry.Schema, limits: Limits) -> None:
        self.schema = schema._schema
        self.executor_class: type[Executor[Any]] = EnteringExecutor
        self.limits = limits
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._bytes = 0

    def known(self, text: str) -> Document | None:
        """The document of ``text`` if it is kept."""
        known = self._kept.get(text)
        if known is not None:
            self._kept.move_to_end(text)
        return known

    def prepare(self, text: str, *, hide_suggestions: bool) -> Document:
        """The document of ``text``; raises ``DocumentRefused``.

        ``hide_suggestions`` leaves "Did you mean" out of the errors.
        """
        known = self.known(text)
        if known is not None:
            return known
        document = self._read(text, hide_suggestions)
        self._keep(document)
        return document

    def _read(self, text: str, hide_suggestions: bool) -> Document:
        ast = _parse(text, self.limits)
        errors = check_shape(ast, self.limits)[:_MAX_ERRORS] or validate(
            self.schema, ast, _RULES, max_errors=_MAX_ERRORS, hide_suggestions=hide_suggestions
        )
        if errors:
            raise DocumentRefused(errors)
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        fragments, footprint = _fragments(ast), _footprint(text, ast)
        return Document(
            digest,
            text,
            ast,
            plans_of(ast, footprint),
            self._operations(ast, footprint),
            fragments,
            {name: FragmentDetails(node) for name, node in fragments.items()},
            footprint,
        )

    def _operations(self, ast: DocumentNode, footprint: Footprint) -> dict[str | None, Prepared]:
        nodes = [node for node in ast.definitions if isinstance(node, OperationDefinitionNode)]
        known = [Prepared(self.schema, ast, node, footprint) for node in nodes]
        named = {one.name: one for one in known}
        return {**named, None: known[0]} if len(known) == 1 else named

    def _keep(self, document: Document) -> None:
        self._kept[document.text] = document
        document.footprint.grown = partial(self._grown, document)
        self._grown(document, document.footprint.size)

    def _grown(self, document: Document, more: int) -> None:
        self._bytes += more
        if document.footprint.size > _LARGEST:
            self._forget(document)
        while len(self._kept) > _KEPT_DOCUMENTS or self._bytes > _KEPT_BYTES:
            self._forget(next(iter(self._kept.values())))

    def _forget(self, document: Document) -> None:
        del self._kept[document.text]
        document.footprint.grown = None
        self._bytes -= document.footprint.size


def _footprint(text: str, ast: DocumentNode) -> Footprint:
    operations = sum(isinstance(one, OperationDefinitionNode) for one in ast.definitions)
    return footprint_of(sys.getsizeof(text), ast.token_count or 0, operations, largest(ast))


def _fragments(ast: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    nodes = [node for node in ast.definitions if isinstance(node, FragmentDefinitionNode)]
    return {node.name.value: node for node in nodes}


def _parse(text: str, limits: Limits) -> DocumentNode:
    if len(text) > limits.characters:
        message = f"The document is longer than {limits.characters:,} characters."
        raise DocumentRefused([GraphQLError(message)])
    try:
        return parse(text, max_lexical_tokens=limits.tokens)
    except GraphQLError as error:
        raise DocumentRefused([error]) from None
