"""Everything that happens to an operation before its first resolver runs."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeGuard, cast

from graphql import FieldNode, GraphQLError
from graphql.execution import Executor, default_field_resolver, default_type_resolver
from graphql.execution.values import VariableValues
from strawberry.execution import optimized_is_awaitable

from touchline.domain.kernel.actor import Scope
from touchline.graphql.context import Context
from touchline.graphql.engine.answers import Answer, Operation
from touchline.graphql.engine.charging import (
    CHARACTERS_FOR_ONE,
    REFUSED,
    Turned,
    cost_report,
    pay,
    pay_for_document,
    pay_for_variables,
)
from touchline.graphql.engine.cost import PageRefused
from touchline.graphql.engine.documents import Document, DocumentRefused, DocumentStore
from touchline.graphql.engine.errors import ErrorCode, request_errors
from touchline.graphql.engine.guards import check_text, check_variables
from touchline.graphql.engine.limits import Limits
from touchline.graphql.engine.prepared import Prepared
from touchline.graphql.engine.running import Run
from touchline.graphql.engine.throttle import Level, Throttle
from touchline.graphql.engine.trusted import spelled_out
from touchline.graphql.engine.variables import understood

_is_awaitable = cast("Callable[[Any], TypeGuard[Awaitable[Any]]]", optimized_is_awaitable)


@dataclass(slots=True)
class Ready:
    """An operation that passed every guard and was paid for.

    ``asked`` is what its filters cost, of which nothing is given back.
    """

    document: Document
    operation: Prepared
    run: Run
    requested: int
    level: Level
    asked: int = 0


class _Refused(Exception):
    """The operation is refused for ``errors``, for which its caller pays ``price``."""

    def __init__(self, errors: Sequence[GraphQLError], price: int = REFUSED) -> None:
        super().__init__("refused")
        self.errors, self.price = errors, price


class _Misplaced(_Refused):
    """It is of a kind that the transport cannot carry."""


async def prepare(
    store: DocumentStore, throttle: Throttle, operation: Operation, context: Context
) -> Ready:
    """Look up, check, parse, validate, coerce, weigh and charge; raises ``Turned``."""
    try:
        return await _prepared(store, throttle, operation, context)
    except _Refused as refused:
        level = await pay(throttle, refused.price, store.limits.cost, context)
        errors = request_errors(refused.errors, context.request_id)
        cost = cost_report(refused.price, refused.price, level, throttle.rates)
        body = {"errors": errors, "extensions": {"cost": cost}}
        misplaced = isinstance(refused, _Misplaced)
        code = errors[0]["extensions"]["code"]
        raise Turned(Answer(body, code, misplaced=misplaced)) from None


async def _prepared(
    store: DocumentStore, throttle: Throttle, operation: Operation, context: Context
) -> Ready:
    document = store.known(operation.text)
    if document is None:
        _pass(check_text(operation.text))
    size = _sized(operation.variables, store.limits)
    if size:
        await pay_for_variables(throttle, size, context)
    if operation.document is not None or context.actor.trusted_only:
        operation, document = await _spelled_out(operation, context), None
    if document is None:
        document = await _document(store, throttle, operation, context)
    known, run = _run(store, document, operation, context)
    _place(run, operation)
    if known.introspection is not None and not context.actor.may(Scope.READ):
        raise _Refused([_hidden(known.introspection)])
    requested, asked = _weighed(known, run, store.limits.page)
    level = await pay(throttle, requested, store.limits.cost, context)
    return Ready(document, known, run, requested, level, asked)


async def _spelled_out(operation: Operation, context: Context) -> Operation:
    try:
        return await spelled_out(operation, context.actor)
    except GraphQLError as refusal:
        raise _Refused([refusal]) from None


async def _document(
    store: DocumentStore, throttle: Throttle, operation: Operation, context: Context
) -> Document:
    """The document as it is known, or read, which is paid for unless it is a registered one."""
    text = operation.text
    known = store.known(text)
    if known is not None:
        return known
    length = min(len(text), store.limits.characters)
    if operation.document is None:
        await pay_for_document(throttle, length, context)
    try:
        return store.prepare(text, hide_suggestions=not context.actor.may(Scope.READ))
    except DocumentRefused as refusal:
        raise _Refused(refusal.errors, REFUSED + length // CHARACTERS_FOR_ONE) from None


def _run(
    store: DocumentStore, document: Document, operation: Operation, context: Context
) -> tuple[Prepared, Run]:
    known = document.operations.get(operation.name)
    variables = understood(known.variables, operation.variables) if known else None
    if known is not None and variables is not None:
        make = partial(_executor_of, store, document, known, variables, context)
        return known, Run(known.node, variables, context, make)
    executor = _executor(store, document, operation, context)  # which tells what is wrong, if it is
    known = document.operations[operation.name]
    return known, Run(known.node, executor.variable_values, context, lambda: executor)


def _executor_of(
    store: DocumentStore,
    document: Document,
    operation: Prepared,
    variables: VariableValues,
    context: Context,
) -> Executor[Any]:
    """What GraphQL would build, of what is known of the document."""
    return store.executor_class(
        store.schema,
        document.fragment_definitions,
        document.fragments,
        None,
        context,
        operation.node,
        variables,
        default_field_resolver,
        default_type_resolver,
        default_field_resolver,
        is_awaitable=_is_awaitable,
        hide_suggestions=not context.actor.may(Scope.READ),
    )


def _executor(
    store: DocumentStore, document: Document, operation: Operation, context: Context
) -> Executor[Any]:
    built = store.executor_class.build(
        store.schema,
        document.ast,
        context_value=context,
        raw_variable_values=operation.variables,
        operation_name=operation.name,
        is_awaitable=_is_awaitable,
        hide_suggestions=not context.actor.may(Scope.READ),
    )
    if isinstance(built, list):
        raise _Refused(built)
    return built


def _place(run: Run, operation: Operation) -> None:
    kind = run.operation.operation
    if kind not in operation.allowed:
        raise _Misplaced([GraphQLError(f"A {kind.value} cannot be sent this way.", run.operation)])


def _hidden(node: FieldNode) -> GraphQLError:
    message = "The schema is shown to keys with the scope read."
    return GraphQLError(message, node, extensions={"code": ErrorCode.FORBIDDEN})


def _weighed(known: Prepared, run: Run, largest_page: int) -> tuple[int, int]:
    """What the operation may cost, and what of it its filters do; its pages are understood."""
    asked = 0
    try:
        requested = known.requested(run.variables.coerced, largest_page)
        for page in known.pages:
            window = run.windows[id(page.node)] = page.read(run.variables)
            asked += window.cost
    except PageRefused as refusal:
        raise _Refused([refusal.error]) from None
    except GraphQLError as refusal:
        raise _Refused([refusal]) from None
    return requested + asked, asked


def _sized(variables: dict[str, Any], limits: Limits) -> int:
    try:
        return check_variables(variables, limits)
    except GraphQLError as refusal:
        raise _Refused([refusal]) from None


def _pass(errors: Sequence[GraphQLError]) -> None:
    if errors:
        raise _Refused(errors)
