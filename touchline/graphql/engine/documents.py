"""Documents, parsed and validated once."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from graphql.execution import Executor
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from touchline.graphql.engine.cost import Part, plan_cost, requested_cost
from touchline.graphql.engine.keeping import keep_s
from touchline.graphql.engine.limits import Limits, check_shape
from touchline.graphql.engine.pages import GivenPage, given_pages
from touchline.graphql.engine.planning.entering import EnteringExecutor
from touchline.graphql.engine.planning.planner import Plans, plans_of

_RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
_MAX_ERRORS = 10
_KEPT_DOCUMENTS = 500
_KEPT_COSTS = 32
_KEPT_CHARACTERS = 300_000  # parsed, a character takes 70 bytes, at the very worst 370


class DocumentRefused(Exception):
    """The document cannot be run by anyone; ``errors`` say where and why."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("document refused")
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document, with what was made of those of its operations that were run."""

    digest: bytes
    ast: DocumentNode
    characters: int
    compiled: Plans
    operations: Mapping[str | None, OperationDefinitionNode]
    _plans: dict[str | None, Part] = field(default_factory=dict)
    _requested: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _pages: dict[str | None, list[GivenPage]] = field(default_factory=dict)
    _keep_s: dict[str | None, int] = field(default_factory=dict)

    def plan(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> Part:
        """The cost plan of one of the document's operations."""
        name = operation.name.value if operation.name else None
        if name not in self._plans:
            self._plans[name] = plan_cost(schema, self.ast, operation)
        return self._plans[name]

    def requested(self, plan: Part, variables: Mapping[str, Any], largest_page: int) -> int:
        """The most that an operation may cost; raises ``PageRefused``.

        It depends on the sizes of pages alone, and clients use few of those.
        """
        place = (id(plan), *map(variables.get, plan.sizes))
        known = self._requested.get(place)
        if known is None:
            known = requested_cost(plan, variables, largest_page)
            if len(self._requested) < _KEPT_COSTS:
                self._requested[place] = known
        return known

    def pages(
        self, schema: GraphQLSchema, operation: OperationDefinitionNode
    ) -> Sequence[GivenPage]:
        """The connections of an operation that are given cursors or filters."""
        name = operation.name.value if operation.name else None
        if name not in self._pages:
            self._pages[name] = list(given_pages(self.plan(schema, operation)))
        return self._pages[name]

    def keep_s(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> int:
        """For how many seconds a cache may keep the answer of one of the operations."""
        name = operation.name.value if operation.name else None
        if name not in self._keep_s:
            self._keep_s[name] = keep_s(schema, self.ast, operation)
        return self._keep_s[name]


class DocumentStore:
    """Keeps the documents that were asked for last; refused ones are not kept."""

    def __init__(self, schema: strawberry.Schema, limits: Limits) -> None:
        self.schema = schema._schema
        self.executor_class: type[Executor[Any]] = EnteringExecutor
        self.limits = limits
        self._kept: OrderedDict[bytes, Document] = OrderedDict()
        self._characters = 0

    def prepare(self, text: str, *, hide_suggestions: bool) -> Document:
        """The document of ``text``; raises ``DocumentRefused``.

        ``hide_suggestions`` leaves "Did you mean" out of the errors.
        """
        key = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            return known
        document = self._read(key, text, hide_suggestions)
        self._keep(document)
        return document

    def _read(self, digest: bytes, text: str, hide_suggestions: bool) -> Document:
        ast = _parse(text, self.limits)
        errors = check_shape(ast, self.limits) or validate(
            self.schema, ast, _RULES, max_errors=_MAX_ERRORS, hide_suggestions=hide_suggestions
        )
        if errors:
            raise DocumentRefused(errors)
        return Document(digest, ast, len(text), plans_of(ast), _operations(ast))

    def _keep(self, document: Document) -> None:
        self._kept[document.digest] = document
        self._characters += document.characters
        while len(self._kept) > _KEPT_DOCUMENTS or self._characters > _KEPT_CHARACTERS:
            _, oldest = self._kept.popitem(last=False)
            self._characters -= oldest.characters


def _operations(ast: DocumentNode) -> dict[str | None, OperationDefinitionNode]:
    """The operations by name; a single one needs none."""
    nodes = [node for node in ast.definitions if isinstance(node, OperationDefinitionNode)]
    named = {node.name.value if node.name else None: node for node in nodes}
    return {**named, None: nodes[0]} if len(nodes) == 1 else named


def _parse(text: str, limits: Limits) -> DocumentNode:
    if len(text) > limits.characters:
        message = f"The document is longer than {limits.characters:,} characters."
        raise DocumentRefused([GraphQLError(message)])
    try:
        return parse(text, max_lexical_tokens=limits.tokens)
    except GraphQLError as error:
        raise DocumentRefused([error]) from None
