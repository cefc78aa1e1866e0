"""Mutations of one field whose payload plans can write: resolved, read and spliced.

Most mutations are of this form, and GraphQL's own way through them takes as long as the change
itself. Whatever is unusual is handed to it with what came out: errors, refusals, other fields.
"""

from collections.abc import Callable, Sequence
from inspect import isawaitable
from typing import Any, NamedTuple

import structlog
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    MiddlewareManager,
    get_argument_values,
    get_nullable_type,
    is_list_type,
    is_object_type,
)
from graphql.execution import ExecutionResult, Executor, execute_root_selection_set
from graphql.execution.collect_fields import FieldDetailsList, collect_fields
from graphql.pyutils import Path

from touchline.domain.kernel.errors import Forbidden
from touchline.graphql.base.facts import AttributeFact
from touchline.graphql.base.wiring import fact_of, python_name
from touchline.graphql.engine.planning.entering import Entries, Entry, subfields
from touchline.graphql.engine.planning.statement import Spliced, splice
from touchline.graphql.engine.planning.stopping import is_stop
from touchline.graphql.engine.running import Run

log = structlog.get_logger(__name__)


class Change(NamedTuple):
    """A mutation; ``parts`` are read for each key of the payload, or attributes that are empty."""

    key: str
    kind: GraphQLObjectType
    definition: GraphQLField
    nodes: Sequence[FieldNode]
    parts: Sequence[tuple[str, Entry | str]]

    async def run(self, run: Run, weight: int) -> ExecutionResult | Spliced | None:
        """Do it; ``None`` says that nothing is done yet, and GraphQL is to say why not."""
        executor, resolve = run.executor, self.definition.resolve
        try:
            arguments = get_argument_values(self.definition, self.nodes[0], run.variables)
        except GraphQLError:
            return None
        assert resolve is not None
        path = Path(None, self.key, self.kind.name)
        nodes = list(self.nodes)
        info = executor.build_resolve_info(self.definition, nodes, self.kind, path)
        try:
            made = resolve(None, info, **arguments)
            if isawaitable(made):
                made = await made
        except Exception as error:
            return await _told(executor, resolve, _raising(error))
        texts = await self._texts(made, executor)
        if texts is None:
            return await _told(executor, resolve, lambda *_, **__: made)
        below = splice([key for key, _ in self.parts], texts)
        return Spliced(b'{"%b":%b}' % (self.key.encode(), below.data), weight + below.cost)

    async def _texts(self, made: Any, executor: Executor[Any]) -> list[bytes] | None:
        """The JSON of each part; ``None`` where one of them is left to normal execution."""
        if made is None:
            return None
        texts = []
        for _, part in self.parts:
            text = (
                _empty(made, part) if isinstance(part, str) else await _read(made, part, executor)
            )
            if text is None:
                return None
            texts.append(text)
        return texts


def compile_change(executor: Executor[Any], entries: Entries) -> Change | None:
    """The plan of a mutation; ``None`` where it is left to normal execution."""
    kind = executor.schema.mutation_type
    if kind is None:
        return None
    fields = collect_fields(
        executor.schema, executor.fragments, executor.variable_values, kind, executor.operation
    ).grouped_field_set
    if len(fields) != 1:
        return None
    ((key, details),) = fields.items()
    definition = kind.fields.get(details[0].node.name.value)
    payload = get_nullable_type(definition.type) if definition else None
    if definition is None or not is_object_type(payload):
        return None
    parts = []
    for name, below in subfields(executor, payload, details).items():
        part = _part(executor, entries, payload, below, Path(Path(None, key, None), name, None))
        if part is None:
            return None
        parts.append((name, part))
    return Change(key, kind, definition, [one.node for one in details], parts)


def _part(
    executor: Executor[Any],
    entries: Entries,
    payload: GraphQLObjectType,
    details: FieldDetailsList,
    at: Path,
) -> Entry | str | None:
    definition = payload.fields.get(details[0].node.name.value)
    if definition is None:
        return None
    fact = fact_of(definition)
    if isinstance(fact, AttributeFact):
        may_be_empty = fact.permission is None and is_list_type(get_nullable_type(definition.type))
        return python_name(definition) if may_be_empty else None
    return entries.find(executor, payload, details, at)


def _empty(made: Any, attribute: str) -> bytes | None:
    return b"[]" if getattr(made, attribute) == [] else None


async def _read(made: Any, entry: Entry, executor: Executor[Any]) -> bytes | None:
    key = getattr(made, entry.attribute, None)
    if key is None:
        return None
    try:
        return await entry.text(key, executor)
    except Forbidden:
        return None
    except Exception as error:
        if not is_stop(error):
            log.warning("plan left aside", error=repr(error))
        return None


async def _told(
    executor: Executor[Any], resolve: Callable[..., Any], outcome: Callable[..., Any]
) -> ExecutionResult:
    """What GraphQL makes of an outcome that is there already."""
    executor.middleware_manager = _Done(resolve, outcome)
    result = execute_root_selection_set(executor)
    return result if isinstance(result, ExecutionResult) else await result


class _Done(MiddlewareManager):
    """Has one resolver, which ran already, give its outcome."""

    def __init__(self, resolve: Callable[..., Any], outcome: Callable[..., Any]) -> None:
        super().__init__()
        self._resolve, self._outcome = resolve, outcome

    def get_field_resolver(self, field_resolver: Callable[..., Any]) -> Callable[..., Any]:
        return self._outcome if field_resolver is self._resolve else field_resolver


def _raising(error: Exception) -> Callable[..., Any]:
    def run(*_: Any, **__: Any) -> Any:
        raise error

    return run
