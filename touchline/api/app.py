"""The composition root: every part of the server is put together here, and nowhere else.

/v1/…                 collect      events in
/l/…  /o/…            links        tracked links lead on, mails tell that they were opened
/s/….js  /s.js        snippet      the script that web sites include
/graphql              GraphQL      over HTTP and WebSockets
/live /ready /metrics health       for probes
"""

from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import strawberry
from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from touchline.api import collect, links, pixel, snippet
from touchline.api.auth import Authenticate
from touchline.api.envelope import Envelope
from touchline.api.errors import EXCEPTION_HANDLERS
from touchline.api.graphql_http import GraphQLOverHttp
from touchline.api.graphql_ws import GraphQLOverWebSocket
from touchline.api.health import health_routes
from touchline.api.pages import HOME_PAGE
from touchline.domain.access.service import authenticate as authenticate_key
from touchline.domain.collect.group_commit import GroupCommitter
from touchline.domain.kernel.db import close_database, open_database
from touchline.domain.kernel.logs import configure_logs
from touchline.domain.kernel.migrating import make_ready
from touchline.domain.kernel.reads import reads_apart
from touchline.graphql.engine.execution import Engine
from touchline.graphql.engine.throttle import LocalThrottle, Rates, Throttle
from touchline.graphql.engine.throttle_over_redis import RedisThrottle
from touchline.graphql.schema import build_schema
from touchline.settings import Settings
from touchline.workers.embedded import linked, working


def create_app(
    settings: Settings,
    *,
    schema: strawberry.Schema | None = None,
    authenticate: Authenticate = authenticate_key,
    throttle: Throttle | None = None,
    with_worker: bool = False,
    access_log: bool = False,
) -> ASGIApp:
    """The server as an ASGI application. Its lifespan opens and closes what it needs.

    ``with_worker`` has this process also do what is otherwise left to ``touchline worker``;
    ``access_log`` has it write a line for each request.
    Tests may put a schema, a way to recognise keys, or a throttle of their own in its place.
    """
    throttle = throttle or _throttle(settings)
    engine = Engine(
        schema or build_schema(), throttle=throttle, timeout=settings.request_timeout_ms / 1000
    )

    @asynccontextmanager
    async def lifespan(application: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(throttle.close)
            await _begin(application, settings, stack)
            if with_worker:
                committer: GroupCommitter = application.state.committer
                await stack.enter_async_context(working(settings, crowd=committer.crowd))
            yield

    over_http = _graphql_over_http(engine, authenticate, settings)
    application = Starlette(
        routes=[
            WebSocketRoute("/graphql", GraphQLOverWebSocket(engine, authenticate, settings)),
            *collect.routes,
            *links.routes,
            *pixel.routes,
            *snippet.routes,
            *health_routes(settings),
            Route("/", _home),
        ],
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=lifespan,
    )
    application.router.redirect_slashes = False  # it would lead to whatever host a caller names
    application.state.settings = settings
    application.state.committer = GroupCommitter(settings)
    return Envelope(_Front(application, over_http), access_log=access_log)


@dataclass(frozen=True, slots=True)
class _Front:
    """GraphQL makes errors of its own, and goes past what costs a tenth of a small query."""

    application: Starlette
    graphql: ASGIApp

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] == "http" and scope["path"] == "/graphql":
            return self.graphql(scope, receive, send)
        return self.application(scope, receive, send)


def _graphql_over_http(engine: Engine, authenticate: Authenticate, settings: Settings) -> ASGIApp:
    over_http: ASGIApp = GraphQLOverHttp(engine, authenticate, settings)
    if settings.web_origins:
        over_http = CORSMiddleware(
            over_http,
            allow_origins=[origin.strip() for origin in settings.web_origins.split(",")],
            allow_methods=["GET", "POST"],
            allow_headers=["*"],
            expose_headers=["X-Request-Id", "Retry-After"],
        )
    return over_http


async def _begin(application: Starlette, settings: Settings, stack: AsyncExitStack) -> None:
    """Open what the server needs; the stack closes it again, the last first.

    So at the end what was accepted is committed, then work under way is finished, and only then
    the database is closed.
    """
    configure_logs(settings)
    await open_database(settings)
    stack.push_async_callback(close_database)
    await make_ready()
    await stack.enter_async_context(reads_apart(settings))
    await stack.enter_async_context(linked(settings))
    committer: GroupCommitter = application.state.committer
    await committer.start()
    stack.push_async_callback(committer.stop)


def _throttle(settings: Settings) -> Throttle:
    rates = Rates(settings.cost_bucket, settings.cost_restore_rate)
    return RedisThrottle(settings.redis_url, rates) if settings.redis_url else LocalThrottle(rates)


async def _home(request: Request) -> Response:
    return HTMLResponse(HOME_PAGE)
