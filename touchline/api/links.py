"""Tracked links: ``GET /l/{code}`` leads on to the destination, and tells of the click.

A visitor is known again by a cookie of this site, which is set only where consent was given (the
cookie ``tl_consent`` is ``granted``) and the browser does not ask not to be tracked.
"""

import re

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from touchline.api.collect_requests import origin_of
from touchline.api.errors import json_error
from touchline.domain.collect.calls import CallType
from touchline.domain.collect.errors import LandingUnavailable
from touchline.domain.collect.group_commit import GroupCommitter
from touchline.domain.collect.intake import Limits, take_call
from touchline.domain.collect.service import accept
from touchline.domain.kernel.ids import new_message_id
from touchline.domain.links.clicks import Link, call_of, find_link, is_robot

VISITOR = "tl_visitor"
CONSENT = "tl_consent"
_YEAR_S = 365 * 24 * 3600
_KNOWN = re.compile(r"tl-[0-9a-f]{32}")
_PREFETCHING = ("sec-purpose", "purpose", "x-purpose", "x-moz")

log = structlog.get_logger(__name__)


async def follow(request: Request) -> Response:
    """302 to the destination; 404 for codes that lead nowhere."""
    link = await find_link(request.path_params["code"])
    if link is None:
        return json_error(request, 404, "LINK_NOT_FOUND", "This link leads nowhere.")
    known = request.cookies.get(VISITOR, "")
    visitor = known if _KNOWN.fullmatch(known) else new_message_id()
    await _tell(request, link, visitor)
    response = RedirectResponse(link.target, 302, headers={"Cache-Control": "no-store"})
    if visitor != known and _may_know(request):
        response.set_cookie(
            VISITOR,
            visitor,
            max_age=_YEAR_S,
            secure=request.url.scheme == "https",
            samesite="lax",
        )
    return response


routes = [Route("/l/{code}", follow, methods=["GET"])]


async def _tell(request: Request, link: Link, visitor: str) -> None:
    """Land the call; a click that cannot be kept keeps nobody from the destination."""
    committer: GroupCommitter = request.app.state.committer
    origin = origin_of(request)
    call = call_of(
        link,
        visitor,
        robot=is_robot(origin.user_agent),
        prefetch=_is_prefetch(request),
        referrer=request.headers.get("referer"),
    )
    limits = Limits.of(request.app.state.settings)
    intake = take_call(call, CallType.TRACK, origin.received_at, limits)
    try:
        if committer.backlog.is_full():
            raise LandingUnavailable("Too much waits.")
        await accept(
            committer,
            source_id=link.source_id,
            intake=intake,
            origin=origin,
            call=CallType.TRACK,
        )
    except LandingUnavailable as error:
        log.warning("a click was not kept", code=link.code, error=str(error))


def _is_prefetch(request: Request) -> bool:
    asked = " ".join(request.headers.get(name, "") for name in _PREFETCHING).lower()
    return request.method == "HEAD" or any(
        word in asked for word in ("prefetch", "prerender", "preview")
    )


def _may_know(request: Request) -> bool:
    refused = "1" in (request.headers.get("sec-gpc"), request.headers.get("dnt"))
    return not refused and request.cookies.get(CONSENT) == "granted"
