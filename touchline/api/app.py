"""The composition root: every part of the server is put together here, and nowhere else."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp

from touchline.api.auth import Authenticate
from touchline.api.envelope import Envelope
from touchline.api.errors import EXCEPTION_HANDLERS
from touchline.api.graphql_http import GraphQLOverHttp
from touchline.api.graphql_ws import GraphQLOverWebSocket
from touchline.api.health import health_routes
from touchline.api.pages import HOME_PAGE
from touchline.domain.access.service import authenticate as authenticate_key
from touchline.domain.kernel.db import close_database, open_database
from touchline.domain.kernel.logs import configure_logs
from touchline.domain.kernel.migrating import migrate
from touchline.graphql.engine.execution import Engine
from touchline.graphql.engine.throttle import Throttle
from touchline.graphql.schema import build_schema
from touchline.settings import Settings


def create_app(
    settings: Settings,
    *,
    schema: strawberry.Schema | None = None,
    authenticate: Authenticate = authenticate_key,
    throttle: Throttle | None = None,
) -> ASGIApp:
    """The server as an ASGI application. Its lifespan opens and closes what it needs.

    Tests may put a schema, a way to recognise keys, or a throttle of their own in its place.
    """
    engine = Engine(
        schema or build_schema(), throttle=throttle, timeout=settings.request_timeout_ms / 1000
    )
    application = Starlette(
        routes=[
            *graphql_routes(engine, authenticate, settings),
            *health_routes(settings),
            Route("/", _home),
        ],
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=_lifespan(settings),
    )
    return Envelope(application)


def graphql_routes(
    engine: Engine, authenticate: Authenticate, settings: Settings
) -> list[BaseRoute]:
    """``/graphql`` over HTTP and WebSockets."""
    return [
        Route("/graphql", GraphQLOverHttp(engine, authenticate, settings)),
        WebSocketRoute("/graphql", GraphQLOverWebSocket(engine, authenticate, settings)),
    ]


def _lifespan(settings: Settings) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        configure_logs(settings)
        await open_database(settings)
        try:
            if settings.embedded:
                await migrate()
            yield
        finally:
            await close_database()

    return lifespan


async def _home(request: Request) -> Response:
    return HTMLResponse(HOME_PAGE)
