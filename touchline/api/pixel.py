"""``GET /o/{code}.gif``: one dot that nobody sees, by which an e-mail tells that it was opened."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from touchline.api.telling import is_refused, tell
from touchline.domain.kernel.transience import is_transient
from touchline.domain.links.clicks import find_link, is_robot
from touchline.domain.links.opens import call_of, recipient_of

DOT = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)
_HEADERS = {
    "Cache-Control": "no-store, private",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


async def show(request: Request) -> Response:
    """The dot, whatever the code is; only a link that leads somewhere tells of it."""
    if request.method == "GET" and not is_refused(request):
        try:
            await _tell(request)
        except Exception as error:
            if not is_transient(error):
                raise
    return Response(DOT, headers=_HEADERS, media_type="image/gif")


routes = [Route("/o/{code}.gif", show, methods=["GET"])]


async def _tell(request: Request) -> None:
    link = await find_link(request.path_params["code"])
    if link is None:
        return
    robot = is_robot(request.headers.get("user-agent"))
    call = call_of(link, recipient_of(request.query_params.get("u")), robot=robot)
    await tell(request, call, source_id=link.source_id, code=link.code)
