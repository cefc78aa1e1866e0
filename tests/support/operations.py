"""Running documents against the whole schema, as a caller with a key would."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from graphql import OperationType

from touchline.domain.kernel.actor import Actor, ActorKind, Scope
from touchline.graphql.base import reading
from touchline.graphql.context import Context
from touchline.graphql.engine.answers import Answer, Operation
from touchline.graphql.engine.execution import Engine
from touchline.graphql.schema import build_schema

ENGINE = Engine(build_schema())
_callers = count(1)


def caller(*scopes: Scope) -> Actor:
    """A key of its own, so that no test pays for another."""
    return Actor(ActorKind.API_KEY, next(_callers), "Ada", frozenset(scopes or {Scope.ADMIN}))


async def answer_to(document: str, variables: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """The whole response body."""
    context = Context(actor=actor, request_id="test")
    return (await ENGINE.run(Operation(document, variables), context)).body


async def ask(document: str, **variables: Any) -> Any:
    """The data of an answer without errors, given to a caller who may do everything."""
    body = await answer_to(document, variables, caller())
    assert "errors" not in body, body["errors"]
    return body["data"]


async def refusal(document: str, actor: Actor | None = None, **variables: Any) -> dict[str, Any]:
    """Code, message and argument of the one error of an answer."""
    body = await answer_to(document, variables, actor or caller())
    (error,) = body["errors"]
    known = {"code", "argument"} & error["extensions"].keys()
    return {"message": error["message"], **{name: error["extensions"][name] for name in known}}


async def watch(document: str, **variables: Any) -> AsyncGenerator[Answer, None]:
    """The messages of a subscription, which must be closed."""
    context = Context(actor=caller(), request_id="test")
    operation = Operation(document, variables, allowed=frozenset(OperationType))
    stream = await ENGINE.stream(operation, context)
    assert not isinstance(stream, Answer), stream.body
    return stream


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The SQL that reads send while the block runs; it is sent all the same."""
    sent: list[str] = []
    real = reading.fetch

    async def fetch(sql: str, params: Any = ()) -> Any:
        sent.append(sql)
        return await real(sql, params)

    with monkeypatch.context() as patched:
        patched.setattr(reading, "fetch", fetch)
        yield sent
