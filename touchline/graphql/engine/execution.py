"""Run one operation: guards, then cost, then fields, then masking.

Everything that can be refused is refused before a resolver runs, so a refused operation touches
no database. ``Engine.run`` and ``Engine.stream`` are the only ways in, and what resolves the
fields stands behind ``Engine._resolve`` alone.
"""

from collections.abc import AsyncGenerator, AsyncIterable, Awaitable
from contextlib import aclosing, nullcontext
from dataclasses import replace
from typing import Any, cast

import orjson
import strawberry
import structlog
from graphql import ExecutionResult, GraphQLError, OperationType
from graphql.execution import (
    Executor,
    create_source_event_stream,
    execute_root_selection_set,
    execute_subscription_event,
    map_source_to_response_event,
)

from touchline.domain.kernel.clock import show_from_now
from touchline.domain.kernel.errors import AskedTooMuch, TooLarge
from touchline.domain.kernel.reads import querying
from touchline.graphql.context import Context
from touchline.graphql.engine.answers import Answer, Operation
from touchline.graphql.engine.charging import Turned, cost_report
from touchline.graphql.engine.cost import actual_cost
from touchline.graphql.engine.deadlines import Deadline, Deadlines
from touchline.graphql.engine.documents import DocumentStore
from touchline.graphql.engine.errors import ErrorCode, error_body, field_errors
from touchline.graphql.engine.introspection import KnownAnswers
from touchline.graphql.engine.limits import Limits
from touchline.graphql.engine.planning.entering import TooMany
from touchline.graphql.engine.planning.planner import Planner
from touchline.graphql.engine.planning.statement import Spliced
from touchline.graphql.engine.preparation import Ready, prepare
from touchline.graphql.engine.throttle import LocalThrottle, Throttle

log = structlog.get_logger(__name__)


class Engine:
    """Runs the operations of one schema.

    ``timeout`` is in seconds. Without ``planned`` every field is resolved by itself: the answers
    are the same, slowly.
    """

    def __init__(
        self,
        schema: strawberry.Schema,
        *,
        limits: Limits | None = None,
        throttle: Throttle | None = None,
        timeout: float = 10.0,
        planned: bool = True,
    ) -> None:
        self.documents = DocumentStore(schema, limits or Limits())
        self.throttle: Throttle = throttle or LocalThrottle()
        self.timeout = timeout
        self._deadlines = Deadlines(timeout)
        self._known = KnownAnswers()
        self.planner = Planner(schema._schema) if planned else None

    async def run(self, operation: Operation, context: Context) -> Answer:
        """Run a query or mutation to its end."""
        try:
            ready = await prepare(self.documents, self.throttle, operation, context)
        except Turned as turned:
            return turned.answer
        return await self._finish(ready, context)

    async def stream(
        self, operation: Operation, context: Context
    ) -> Answer | AsyncGenerator[Answer, None]:
        """Start a subscription and return its messages, which the caller must close.

        Anything else that the operation allows is run at once; a refusal is a single answer.
        """
        try:
            ready = await prepare(self.documents, self.throttle, operation, context)
        except Turned as turned:
            return turned.answer
        if ready.operation.kind is not OperationType.SUBSCRIPTION:
            return await self._finish(ready, context)
        self._open_plans(ready)
        source = create_source_event_stream(ready.run.executor)
        if ready.run.executor.is_awaitable(source):
            source = await source
        if isinstance(source, ExecutionResult):
            errors = field_errors(source.errors or [], context.request_id)
            return Answer({"errors": errors}, errors[0]["extensions"]["code"])
        return _messages(ready, cast("AsyncIterable[Any]", source), context)

    async def _finish(self, ready: Ready, context: Context) -> Answer:
        show_from_now()
        try:
            with Deadline(self._deadlines):
                result = await self._result(ready)
        except TimeoutError:
            message = _stopped(ready, self.timeout, context)
            return await self._too_much(message, ready, context, self.timeout)
        except AskedTooMuch as stopped:
            log.warning("graphql statement stopped", request_id=context.request_id)
            return await self._too_much(stopped.message, ready, context, stopped.seconds)
        except TooMany:
            return await self._too_much(TooLarge().message, ready, context)
        if isinstance(result, Spliced):
            answer, actual = Answer({"data": orjson.Fragment(result.data)}), result.cost
        else:
            answer = _answer(result, context)
            actual = actual_cost(ready.operation.cost, result.data)
        level, actual = ready.level, actual + ready.asked
        if actual != ready.requested:
            level = await self.throttle.settle(context.bucket, ready.requested, actual)
        answer.body["extensions"] = {
            "cost": cost_report(ready.requested, actual, level, self.throttle.rates)
        }
        kept = ready.operation.keep_s
        return replace(answer, keep_s=kept) if kept and "errors" not in answer.body else answer

    async def _too_much(
        self, message: str, ready: Ready, context: Context, seconds: float = 0
    ) -> Answer:
        """An answer that was given up, of which nothing is given back.

        The time that it took costs what the bucket regains in it, so that nobody holds up more
        than one of all who read for long.
        """
        error = error_body(ErrorCode.COST_EXCEEDED, message, context.request_id)
        actual = ready.requested + int(seconds * self.throttle.rates.restore_rate)
        level = await self.throttle.settle(context.bucket, ready.requested, actual)
        cost = cost_report(ready.requested, actual, level, self.throttle.rates)
        return Answer({"errors": [error], "extensions": {"cost": cost}}, ErrorCode.COST_EXCEEDED)

    async def _result(self, ready: Ready) -> ExecutionResult | Spliced:
        document, operation = ready.document, ready.operation
        if operation.introspection is not None:
            known = self._known.find(document.digest, operation.name)
            if known is not None:
                return ExecutionResult(known)
        with querying() if operation.kind is OperationType.QUERY else nullcontext():
            result = await self._resolve(ready)
        if operation.introspection is None or isinstance(result, Spliced):
            return result
        if result.data is not None and not result.errors:
            self._known.keep(document.digest, document.ast, operation.node, result.data)
        return result

    async def _resolve(self, ready: Ready) -> ExecutionResult | Spliced:
        self._open_plans(ready)
        if self.planner is not None:
            planned = await _planned(self.planner, ready)
            if planned is not None:
                return planned
        result = execute_root_selection_set(ready.run.executor)
        return result if isinstance(result, ExecutionResult) else await result

    def _open_plans(self, ready: Ready) -> None:
        """Let payloads be read by plans, too."""
        if self.planner is not None and ready.operation.kind is not OperationType.QUERY:
            ready.run.context.entries = self.planner.entries(ready.document.compiled)


def _planned(planner: Planner, ready: Ready) -> Awaitable[ExecutionResult | Spliced | None]:
    if ready.operation.kind is OperationType.MUTATION:
        weight = sum([part.weight for part in ready.operation.cost.below])
        return planner.change(ready.document.compiled, ready.run, weight)
    return planner.run(ready.document.compiled, ready.run)


async def _messages(
    ready: Ready, source: AsyncIterable[Any], context: Context
) -> AsyncGenerator[Answer, None]:
    def one(executor: Executor[Any]) -> Any:
        context.loaders.clear()
        show_from_now()
        return execute_subscription_event(executor)

    try:
        async with aclosing(
            map_source_to_response_event(ready.run.executor, source, one)
        ) as results:
            async for result in results:
                yield _answer(result, context)
    except (Exception, TooMany) as error:  # whatever ends the source is told once, and masked
        told = TooLarge() if isinstance(error, TooMany) else error
        located = GraphQLError(str(told), original_error=told)
        errors = field_errors([located], context.request_id)
        yield Answer({"errors": errors}, errors[0]["extensions"]["code"])


def _stopped(ready: Ready, seconds: float, context: Context) -> str:
    """What is said of an operation whose time is over."""
    log.warning("graphql operation stopped", request_id=context.request_id, after_s=seconds)
    if ready.operation.kind is OperationType.MUTATION:
        return f"No answer within {seconds:g} s; look whether the change was made."
    return f"The operation was stopped after {seconds:g} s. Ask for less at once."


def _answer(result: ExecutionResult, context: Context) -> Answer:
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = field_errors(result.errors, context.request_id)
    return Answer(body)
