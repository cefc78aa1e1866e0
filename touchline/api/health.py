"""Whether the process lives, whether it can serve, and what it measures."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import orjson
import structlog
from redis.asyncio import Redis
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from touchline.api.metrics import exposition
from touchline.domain.kernel.db import fetch_one
from touchline.domain.kernel.migrating import pending_migrations
from touchline.domain.kernel.reads import replica_ailment
from touchline.settings import Settings

Check = Callable[[], Awaitable[str | None]]
"""``None`` when the part is well, else what ails it, in words fit for anyone."""

PATIENCE_S = 2.0
_REPLICA = "replica"  # without it the primary answers

log = structlog.get_logger(__name__)


def health_routes(settings: Settings) -> list[Route]:
    """``/live``, ``/ready`` and ``/metrics``; open to all, as probes carry no key."""
    checks: dict[str, Check] = {"database": _database, "migrations": _migrations}
    if settings.replica_url is not None:
        checks[_REPLICA] = _replica
    if settings.redis_url is not None:
        checks["redis"] = _redis_check(settings.redis_url)

    async def ready(request: Request) -> Response:
        found = await _look_at(checks)
        well = all(ailment is None for part, ailment in found.items() if part != _REPLICA)
        parts = {name: ailment or "ok" for name, ailment in found.items()}
        return _json({"ready": well, "parts": parts}, 200 if well else 503)

    return [
        Route("/live", _live),
        Route("/ready", ready),
        Route("/metrics", _metrics),
    ]


async def _live(request: Request) -> Response:
    return _json({"live": True}, 200)


async def _metrics(request: Request) -> Response:
    content, media_type = exposition()
    return Response(content, media_type=media_type)


async def _look_at(checks: Mapping[str, Check]) -> dict[str, str | None]:
    ailments = await asyncio.gather(*(_look(name, check) for name, check in checks.items()))
    return dict(zip(checks, ailments, strict=True))


async def _look(name: str, check: Check) -> str | None:
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await check()
    except TimeoutError:
        return f"no answer within {PATIENCE_S:g} s"
    except Exception as error:
        log.warning("part is not ready", part=name, exc_info=error)
        return "cannot be reached"


async def _database() -> str | None:
    await fetch_one("SELECT 1 AS one")
    return None


async def _replica() -> str | None:
    ailment = await replica_ailment()
    return "cannot be reached; queries read from the primary" if ailment else None


async def _migrations() -> str | None:
    pending = await pending_migrations()
    return f"{len(pending)} to apply; run `touchline migrate`" if pending else None


def _redis_check(url: str) -> Check:
    async def check() -> str | None:
        async with Redis.from_url(url) as client:
            await client.ping()
        return None

    return check


def _json(body: object, status: int) -> Response:
    return Response(
        orjson.dumps(body),
        status,
        headers={"Cache-Control": "no-store"},
        media_type="application/json",
    )
