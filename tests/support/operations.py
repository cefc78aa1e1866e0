"""Running documents against the whole schema, as a caller with a key would."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import orjson
import pytest
from graphql import OperationType

from touchline.api.encoding import encode
from touchline.domain.kernel.actor import Actor, ActorKind, Role, Scope
from touchline.domain.kernel.db import fetch
from touchline.graphql.context import Context
from touchline.graphql.engine.answers import Answer, Operation
from touchline.graphql.engine.execution import Engine
from touchline.graphql.engine.throttle import LocalThrottle
from touchline.graphql.schema import build_schema

_SCHEMA = build_schema()
ENGINE = Engine(_SCHEMA)
FIELD_BY_FIELD = Engine(_SCHEMA, planned=False)
PLANNED, STEPPED = [
    Engine(_SCHEMA, planned=planned, throttle=LocalThrottle(clock=lambda: 0.0))
    for planned in (True, False)
]
"""Both ways to an answer, to be compared to the byte: no bucket fills again meanwhile."""
_callers = count(1)


def fresh_engine() -> Engine:
    """One that knows no document yet."""
    return Engine(_SCHEMA, throttle=LocalThrottle(clock=lambda: 0.0))


def caller(*scopes: Scope) -> Actor:
    """A key of its own, so that no test pays for another."""
    return Actor(ActorKind.API_KEY, next(_callers), "Ada", frozenset(scopes or {Scope.ADMIN}))


def as_member(member_id: int, name: str, *scopes: Scope, role: Role = Role.MARKETER) -> Actor:
    """A colleague's key of its own; by default one with which to take part and no more."""
    held = frozenset(scopes or {Scope.TEAM})
    return Actor(ActorKind.API_KEY, next(_callers), name, held, member_id=member_id, role=role)


async def answer_to(
    document: str, variables: dict[str, Any], actor: Actor, engine: Engine = ENGINE
) -> dict[str, Any]:
    """The whole response body."""
    body: dict[str, Any] = orjson.loads(await answer_bytes(document, variables, actor, engine))
    return body


async def answer_bytes(
    document: str, variables: dict[str, Any], actor: Actor, engine: Engine = ENGINE
) -> bytes:
    """The response body as the transport sends it."""
    context = Context(actor=actor, request_id="test")
    return encode((await engine.run(Operation(document, variables), context)).body)


async def ask(document: str, *, engine: Engine = ENGINE, **variables: Any) -> Any:
    """The data of an answer without errors, given to a caller who may do everything."""
    return await ask_as(caller(), document, variables, engine)


async def ask_as(
    actor: Actor, document: str, variables: dict[str, Any], engine: Engine = ENGINE
) -> Any:
    """The data of an answer without errors, given to somebody."""
    body = await answer_to(document, variables, actor, engine)
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
    stream = await _stream(document, variables, caller())
    assert not isinstance(stream, Answer), stream.body
    return stream


async def subscribe_as(document: str, actor: Actor, **variables: Any) -> dict[str, Any]:
    """The one answer to a subscription that is refused."""
    stream = await _stream(document, variables, actor)
    assert isinstance(stream, Answer)
    return stream.body


async def _stream(
    document: str, variables: dict[str, Any], actor: Actor
) -> Answer | AsyncGenerator[Answer, None]:
    operation = Operation(document, variables, allowed=frozenset(OperationType))
    return await ENGINE.stream(operation, Context(actor=actor, request_id="test"))


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The SQL that reads send while the block runs; it is sent all the same."""
    sent: list[str] = []

    async def watched(sql: str, params: Any = ()) -> Any:
        sent.append(sql)
        return await fetch(sql, params)

    with monkeypatch.context() as patched:
        for reader in ("base.reading", "engine.planning.statement"):
            patched.setattr(f"touchline.graphql.{reader}.fetch", watched)
        yield sent
