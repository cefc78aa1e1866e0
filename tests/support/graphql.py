"""A small schema with every kind of field, and the application around it, for tests of the edge."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, NewType

import strawberry
from graphql import GraphQLError
from httpx import ASGITransport, AsyncClient, Response
from starlette.types import ASGIApp
from strawberry.schema.config import StrawberryConfig

from touchline.api.app import create_app
from touchline.api.auth import Authenticate
from touchline.domain.kernel.actor import Actor, ActorKind, Scope
from touchline.domain.kernel.errors import CommonCode, NotFound, Refused
from touchline.graphql.engine.throttle import Throttle
from touchline.settings import Settings

KEY = "tl_reader"
INGEST_KEY = "tl_ingest"
READER = Actor(ActorKind.API_KEY, 1, "Reader", frozenset({Scope.WRITE}))
_KEYS = {KEY: READER, INGEST_KEY: Actor(ActorKind.API_KEY, 2, "Ingest", frozenset({Scope.INGEST}))}

resolved: list[str] = []
"""Names of the root fields that ran, so that a test can say that nothing did."""


Number = NewType("Number", int)


@strawberry.type
class PageInfo:
    has_next_page: bool = False


@strawberry.type
class Ball:
    id: strawberry.ID
    colour: str = "red"

    @strawberry.field
    def balls(self, first: int | None = None, last: int | None = None) -> "BallConnection":
        return connection(first or last or 0)

    @strawberry.field
    def twin(self) -> "Ball":
        return Ball(id=self.id)


@strawberry.type
class BallEdge:
    cursor: str
    node: Ball


@strawberry.type
class BallConnection:
    nodes: list[Ball]
    edges: list[BallEdge]
    page_info: PageInfo


def connection(size: int) -> BallConnection:
    balls = [Ball(id=strawberry.ID(str(number))) for number in range(min(size, 3))]
    edges = [BallEdge(cursor=ball.id, node=ball) for ball in balls]
    return BallConnection(nodes=balls, edges=edges, page_info=PageInfo())


@strawberry.type
class Query:
    @strawberry.field
    def ball(self, key: Annotated[strawberry.ID, strawberry.argument(name="id")]) -> Ball | None:
        resolved.append("ball")
        return Ball(id=key)

    @strawberry.field
    def balls(self, first: int | None = None, last: int | None = None) -> BallConnection:
        resolved.append("balls")
        return connection(first or last or 0)

    @strawberry.field
    def echo(self, text: str) -> str:
        return text

    @strawberry.field
    def fails(self, how: str) -> str | None:
        match how:
            case "missing":
                raise NotFound("There is no such ball.", ("input", "id"))
            case "refused":
                raise Refused(CommonCode.CONFLICT, "The ball is held.")
            case "graphql":
                raise GraphQLError("Not an id.", extensions={"code": "BAD_USER_INPUT"})
            case _:
                raise RuntimeError("SELECT secret FROM /etc/passwd")

    @strawberry.field
    def twice(self, number: Number) -> str:
        return str(number * 2)

    @strawberry.field
    def wrong(self) -> int | None:
        return "secret"  # type: ignore[return-value]

    @strawberry.field
    async def slow(self, seconds: float) -> str:
        await asyncio.sleep(seconds)
        return "done"


@strawberry.type
class Mutation:
    @strawberry.mutation
    def kick(self) -> Ball:
        resolved.append("kick")
        return Ball(id=strawberry.ID("1"))

    @strawberry.mutation
    async def dawdle(self) -> str:
        await asyncio.sleep(5)
        return "done"


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, to: int, pause: float = 0.0) -> AsyncGenerator[int, None]:
        for number in range(to):
            await asyncio.sleep(pause)
            yield number

    @strawberry.subscription
    async def never(self) -> AsyncGenerator[int, None]:
        await asyncio.sleep(3600)
        yield 0

    @strawberry.subscription
    async def breaks(self) -> AsyncGenerator[int, None]:
        yield 1
        raise RuntimeError("SELECT secret")


SCHEMA = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    config=StrawberryConfig(scalar_map={Number: strawberry.scalar(name="Number", parse_value=int)}),
)


async def known_keys(secret: str) -> Actor | None:
    return _KEYS.get(secret)


def small_app(
    *,
    authenticate: Authenticate = known_keys,
    throttle: Throttle | None = None,
    **settings: Any,
) -> ASGIApp:
    """The whole application around ``SCHEMA``; its lifespan is not run, so no database opens."""
    return create_app(
        Settings(_env_file=None, **settings),
        schema=SCHEMA,
        authenticate=authenticate,
        throttle=throttle,
    )


@asynccontextmanager
async def calling(app: ASGIApp, *, key: str | None = KEY) -> AsyncIterator[AsyncClient]:
    """A client of the application that shows ``key``."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    transport = ASGITransport(app=app)
    async with AsyncClient(transport=transport, base_url="http://test", headers=headers) as client:
        yield client


async def run(document: str, **sent: Any) -> Response:
    """The answer to one document sent by POST with a key that may write."""
    async with calling(small_app()) as client:
        return await client.post("/graphql", json={"query": document, **sent})


def only_error(response: Response) -> tuple[int, str, str]:
    """Status, code and message of a response that holds one error and no data."""
    body = response.json()
    assert "data" not in body
    (error,) = body["errors"]
    assert error["extensions"]["requestId"] == response.headers["x-request-id"]
    return response.status_code, error["extensions"]["code"], error["message"]
