"""What would be done with a document: its cost, what is compiled, and the SQL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import GraphQLError, OperationType

from touchline.domain.kernel.db import Dialect
from touchline.domain.kernel.statements import numbered
from touchline.graphql.base.statements import speaking
from touchline.graphql.engine.cost import PageRefused
from touchline.graphql.engine.documents import Document, DocumentRefused, DocumentStore
from touchline.graphql.engine.limits import Limits
from touchline.graphql.engine.planning.planner import Planner
from touchline.graphql.engine.planning.statement import write
from touchline.graphql.engine.planning.stopping import WRONG
from touchline.graphql.engine.planning.writing import MARK

_MARKS = re.compile(f"('?)([{MARK}{WRONG}]+)('?)")
DIALECTS: tuple[Dialect, ...] = ("sqlite", "postgres")


class NotExplained(Exception):
    """The document or its variables are refused; the text says why."""


@dataclass(frozen=True, slots=True)
class Explained:
    """``fields`` tells of each root field why it is not compiled (empty: it is).

    ``sql`` is the one statement of all compiled fields, for each dialect. An operation whose
    ``cost`` is more than the ``most`` allowed is refused.
    """

    cost: int
    most: int
    fields: Mapping[str, str]
    sql: Mapping[Dialect, str]


def explain(
    schema: strawberry.Schema, text: str, variables: dict[str, Any], name: str | None
) -> Explained:
    """Explain one operation without any database; raises ``NotExplained``."""
    store = DocumentStore(schema, Limits())
    try:
        document = store.prepare(text, hide_suggestions=False)
    except DocumentRefused as refusal:
        raise NotExplained(_said(refusal.errors)) from None
    if name not in document.operations:
        raise NotExplained(_which(document))
    executor = store.executor_class.build(
        store.schema, document.ast, raw_variable_values=variables, operation_name=name
    )
    if isinstance(executor, list):
        raise NotExplained(_said(executor))
    if executor.operation.operation is not OperationType.QUERY:
        raise NotExplained("Only queries are compiled.")
    given = executor.variable_values
    try:
        operation = document.operations[name]
        requested, asked = operation.requested(given.coerced, store.limits.page), 0
        fields: Mapping[str, str] = {}
        sql: dict[Dialect, str] = {}
        for dialect in DIALECTS:
            with speaking(dialect):
                asked = sum(page.read(given).cost for page in operation.pages)
                compiled = Planner(store.schema).compile(executor)
                filled = [root.outline(given, {}) for root in compiled.roots.values()]
                fields = {key: compiled.reasons.get(key, "") for key in compiled.fields}
                text = _printable(write(filled).text, dialect) if filled else ""
                sql[dialect] = numbered(text) if dialect == "postgres" else text
    except PageRefused as refusal:
        raise NotExplained(refusal.error.message) from None
    except GraphQLError as error:
        raise NotExplained(error.message) from None
    return Explained(requested + asked, store.limits.cost, fields, sql)


def _printable(text: str, dialect: Dialect) -> str:
    """The same SQL without control characters."""
    spell = "char" if dialect == "sqlite" else "chr"

    def spelled(found: re.Match[str]) -> str:
        opens, marks, closes = found.groups()
        parts = [f"{spell}({ord(mark)})" for mark in marks]
        return ("" if opens else "' || ") + " || ".join(parts) + ("" if closes else " || '")

    return _MARKS.sub(spelled, text)


def _which(document: Document) -> str:
    names = ", ".join(sorted(one for one in document.operations if one))
    return f"The document holds the operations {names}: say which one is meant."


def _said(errors: list[GraphQLError]) -> str:
    return "\n".join(error.message + _place(error) for error in errors)


def _place(error: GraphQLError) -> str:
    return "".join(f" (line {at.line}, column {at.column})" for at in (error.locations or ())[:1])
