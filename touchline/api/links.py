"""Tracked links: ``GET /l/{code}`` leads on to the destination, and tells of the click.

A visitor is known again by a cookie of this site, which is set and read only where that may be:
where consent was given or is assumed, and the browser does not ask not to be tracked. Of the others
it is told that the link was clicked, and nothing of who did.
"""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from touchline.api.errors import json_error
from touchline.api.telling import may_know, tell
from touchline.domain.kernel.ids import new_message_id
from touchline.domain.links.clicks import call_of, find_link, is_robot

VISITOR = "tl_visitor"
_YEAR_S = 365 * 24 * 3600
_KNOWN = re.compile(r"tl-[0-9a-f]{32}")
_AS_WRITTEN = ":/?#[]@!$&'()*+,;=%"
_PREFETCHING = ("sec-purpose", "purpose", "x-purpose", "x-moz")


async def follow(request: Request) -> Response:
    """302 to the destination; 404 for codes that lead nowhere."""
    link = await find_link(request.path_params["code"])
    if link is None:
        return json_error(request, 404, "LINK_NOT_FOUND", "This link leads nowhere.")
    known = request.cookies.get(VISITOR, "")
    visitor = None
    if may_know(request):
        visitor = known if _KNOWN.fullmatch(known) else new_message_id()
    call = call_of(
        link,
        visitor,
        robot=is_robot(request.headers.get("user-agent")),
        prefetch=_is_prefetch(request),
        referrer=request.headers.get("referer"),
    )
    await tell(request, call, source_id=link.source_id, code=link.code, known=visitor is not None)
    where = {"Location": quote(link.target, safe=_AS_WRITTEN), "Cache-Control": "no-store"}
    response = Response(status_code=302, headers=where)
    if visitor is not None and visitor != known:
        response.set_cookie(
            VISITOR,
            visitor,
            max_age=_YEAR_S,
            domain=request.app.state.settings.cookie_domain,
            secure=request.url.scheme == "https",
            samesite="lax",
        )
    return response


routes = [Route("/l/{code}", follow, methods=["GET"])]


def _is_prefetch(request: Request) -> bool:
    asked = " ".join(request.headers.get(name, "") for name in _PREFETCHING).lower()
    return request.method == "HEAD" or any(
        word in asked for word in ("prefetch", "prerender", "preview")
    )
