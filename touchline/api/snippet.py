"""The browser snippet: the one script that a web site includes.

GET /s/{writeKey}.js    with the key of the site's source in its address
GET /s.js               the key stands beside it, in ``data-key``
"""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from touchline import __version__
from touchline.api.collect_requests import usable_key
from touchline.api.cors import opened
from touchline.api.errors import json_error
from touchline.api.keeping import known_tags
from touchline.domain.collect.errors import CollectCode
from touchline.domain.sources.service import authenticate_write_key
from touchline.settings import Settings

BUILT = Path(__file__).parent / "static" / "snippet.min.js"
_HEADERS = {
    "Cache-Control": "public, max-age=3600, stale-while-revalidate=86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}


@dataclass(frozen=True, slots=True)
class Script:
    """The snippet with its settings: as it is, gzipped, and the tag by which caches know it."""

    plain: bytes
    packed: bytes
    tag: str


async def serve(request: Request) -> Response:
    """The script; 304 to who has it, 404 for a key that is not one of ours."""
    write_key: str | None = request.path_params.get("write_key")
    if write_key is not None and not await _is_known(write_key):
        message = "The write key is unknown or was revoked."
        return opened(json_error(request, 404, CollectCode.UNKNOWN_WRITE_KEY, message))
    script = script_of(request.app.state.settings, write_key)
    headers = _HEADERS | {"ETag": script.tag}
    if script.tag in known_tags(request.headers.get("if-none-match", "")):
        return opened(Response(status_code=304, headers=headers))
    body = script.plain
    if _takes_gzip(request.headers.get("accept-encoding", "")):
        body, headers = script.packed, headers | {"Content-Encoding": "gzip"}
    return opened(Response(body, headers=headers, media_type="text/javascript"))


routes = [
    Route("/s.js", serve, methods=["GET"]),
    Route("/s/{write_key}.js", serve, methods=["GET"]),
]


def script_of(settings: Settings, write_key: str | None) -> Script:
    """The script as it is served to the site of a write key."""
    return _made(write_key, settings.consent, settings.cookie_domain)


@lru_cache(maxsize=256)
def _made(write_key: str | None, consent: str, domain: str | None) -> Script:
    told = {"key": write_key, "consent": consent, "domain": domain, "version": __version__}
    given = orjson.dumps({name: value for name, value in told.items() if value is not None})
    plain = b"%s(%s);" % (BUILT.read_bytes().strip(), given)
    packed = gzip.compress(plain, 9, mtime=0)
    return Script(plain, packed, f'W/"{blake2b(plain, digest_size=16).hexdigest()}"')


async def _is_known(write_key: str) -> bool:
    return usable_key(write_key) and await authenticate_write_key(write_key) is not None


def _takes_gzip(header: str) -> bool:
    for one in header.lower().split(","):
        coding, _, weight = one.strip().partition(";")
        if coding.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
