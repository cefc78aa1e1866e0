"""What browsers are told so that pages of any origin may send events."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

_ANSWER = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After",
}
_PREFLIGHT = _ANSWER | {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Content-Encoding, X-Retry-Count",
    "Access-Control-Max-Age": "86400",
}


def opened(response: Response) -> Response:
    """The response, readable by pages of any origin. Write keys are public, so nothing leaks."""
    headers = MutableHeaders(raw=response.raw_headers)
    headers.update(_ANSWER)
    return response


async def preflight(request: Request) -> Response:
    """Answer what a browser asks before it sends an event."""
    return Response(status_code=204, headers=_PREFLIGHT)
