"""Everything that happens to an operation before its first resolver runs."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard, cast

from graphql import GraphQLError, OperationType
from graphql.execution import Executor
from strawberry.execution import optimized_is_awaitable

from touchline.domain.kernel.actor import Scope
from touchline.graphql.context import Context
from touchline.graphql.engine.answers import Answer, Operation
from touchline.graphql.engine.cost import PageRefused, Part, requested_cost
from touchline.graphql.engine.documents import Document, DocumentRefused, DocumentStore
from touchline.graphql.engine.errors import ErrorCode, error_body, request_errors
from touchline.graphql.engine.guards import check_text, check_variables
from touchline.graphql.engine.introspection import introspects
from touchline.graphql.engine.throttle import Level, Rates, Throttle
from touchline.graphql.engine.trusted import spelled_out

_is_awaitable = cast("Callable[[Any], TypeGuard[Awaitable[Any]]]", optimized_is_awaitable)


@dataclass(frozen=True, slots=True)
class Ready:
    """An operation that passed every guard and was paid for."""

    document: Document
    executor: Executor[Any]
    kind: OperationType
    plan: Part
    requested: int
    level: Level


class Turned(Exception):
    """The operation is turned away with ``answer``."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("turned away")
        self.answer = answer


async def prepare(
    store: DocumentStore, throttle: Throttle, operation: Operation, context: Context
) -> Ready:
    """Look up, check, parse, validate, coerce, weigh and charge; raises ``Turned``."""
    _pass(check_text(operation.text) or check_variables(operation.variables, store.limits), context)
    try:
        operation = await spelled_out(operation, context.actor)
    except GraphQLError as refusal:
        raise Turned(_refusal([refusal], context)) from None
    may_read = context.actor.may(Scope.READ)
    try:
        document = store.prepare(operation.text, hide_suggestions=not may_read)
    except DocumentRefused as refusal:
        raise Turned(_refusal(refusal.errors, context)) from None
    executor = _executor(store, document, operation, context)
    _place(executor, operation, context)
    if not may_read:
        _pass(_hidden(document, executor), context)
    plan = document.plan(store.schema, executor.operation)
    try:
        requested = requested_cost(plan, executor.variable_values.coerced, store.limits.page)
        for page in document.pages(store.schema, executor.operation):
            page.check(executor.variable_values)
    except PageRefused as refusal:
        raise Turned(_refusal([refusal.error], context)) from None
    except GraphQLError as refusal:
        raise Turned(_refusal([refusal], context)) from None
    level = await _pay(throttle, requested, store.limits.cost, context)
    return Ready(document, executor, executor.operation.operation, plan, requested, level)


def cost_report(requested: int, actual: int, level: Level, rates: Rates) -> dict[str, Any]:
    """``extensions.cost`` of a response."""
    throttle = {
        "maximum": rates.maximum,
        "available": level.available,
        "restoreRate": rates.restore_rate,
    }
    return {"requested": requested, "actual": actual, "throttle": throttle}


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
        raise Turned(_refusal(built, context))
    return built


def _place(executor: Executor[Any], operation: Operation, context: Context) -> None:
    kind = executor.operation.operation
    if kind not in operation.allowed:
        error = GraphQLError(f"A {kind.value} cannot be sent this way.", executor.operation)
        raise Turned(replace(_refusal([error], context), misplaced=True))


def _hidden(document: Document, executor: Executor[Any]) -> list[GraphQLError]:
    node = introspects(document.ast, executor.operation)
    if node is None:
        return []
    message = "The schema is shown to keys with the scope read."
    return [GraphQLError(message, node, extensions={"code": ErrorCode.FORBIDDEN})]


async def _pay(throttle: Throttle, requested: int, most: int, context: Context) -> Level:
    if requested > most:
        level = await throttle.take(context.bucket, 0)
        code = ErrorCode.COST_EXCEEDED
        message = f"The operation could cost {requested:,}; at most {most:,} is allowed."
    else:
        level = await throttle.take(context.bucket, requested)
        if not level.wait:
            return level
        code = ErrorCode.RATE_LIMITED
        message = f"The operation costs {requested:,} and {level.available:,} is left for now."
    more = {"retryAfter": level.wait} if level.wait else {}
    error = error_body(code, message, context.request_id, **more)
    cost = cost_report(requested, 0, level, throttle.rates)
    body = {"errors": [error], "extensions": {"cost": cost}}
    raise Turned(Answer(body, code, retry_after=level.wait or None))


def _pass(errors: Sequence[GraphQLError], context: Context) -> None:
    if errors:
        raise Turned(_refusal(errors, context))


def _refusal(errors: Sequence[GraphQLError], context: Context) -> Answer:
    said = request_errors(errors, context.request_id)
    return Answer({"errors": said}, said[0]["extensions"]["code"])
