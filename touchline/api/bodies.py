"""Request bodies, read no further than they may go."""

import zlib
from functools import lru_cache

from touchline.api.calls import Call
from touchline.api.errors import HttpRefusal
from touchline.graphql.engine.errors import ErrorCode

_CODINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}  # window bits as zlib wants them
_UTF8_BOM = b"\xef\xbb\xbf"
_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii"})


async def read_json_body(call: Call, limit: int) -> bytes:
    """The body of an ``application/json`` request without its BOM, unpacked when it was packed.

    Raises ``HttpRefusal``: 415 for another type, charset or coding, 413 past ``limit`` bytes,
    400 for a packed body that is damaged.
    """
    window_bits = _packing(call.header(b"content-type"), call.header(b"content-encoding"))
    body = await _read(call, limit)
    if window_bits is not None:
        body = _unpack(body, window_bits, limit)
    return body.removeprefix(_UTF8_BOM)


@lru_cache(maxsize=64)
def _packing(content_type: str | None, content_encoding: str | None) -> int | None:
    """How the body is packed; ``None`` where it is sent as it is."""
    _check_type(content_type or "")
    coding = (content_encoding or "identity").strip().lower()
    if coding not in _CODINGS and coding != "identity":
        raise HttpRefusal(415, ErrorCode.BAD_USER_INPUT, "The body may be sent as is or gzipped.")
    return _CODINGS.get(coding)


def _check_type(content_type: str) -> None:
    media, *parameters = (part.strip().lower() for part in content_type.split(";"))
    if media != "application/json":
        raise HttpRefusal(
            415, ErrorCode.BAD_USER_INPUT, "The Content-Type must be application/json."
        )
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in _CHARSETS:
            raise HttpRefusal(415, ErrorCode.BAD_USER_INPUT, "The charset must be UTF-8.")


async def _read(call: Call, limit: int) -> bytes:
    declared = call.headers.get(b"content-length", b"")
    if declared.isdigit() and len(declared) < 19 and int(declared) > limit:
        raise _too_large(limit)
    parts: list[bytes] = []
    length, goes_on = 0, True
    while goes_on:
        message = await call.receive()
        if message["type"] == "http.disconnect":
            raise HttpRefusal(400, ErrorCode.BAD_USER_INPUT, "The body ended too early.")
        part: bytes = message.get("body", b"")
        goes_on = message.get("more_body", False)
        parts.append(part)
        length += len(part)
        if length > limit:
            raise _too_large(limit)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _unpack(packed: bytes, window_bits: int, limit: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=window_bits)
    try:
        body = unpacker.decompress(packed, limit + 1)
    except zlib.error:
        body = b""
    if len(body) > limit:
        raise _too_large(limit)
    if not unpacker.eof:
        raise HttpRefusal(400, ErrorCode.BAD_USER_INPUT, "The packed body is damaged.")
    return body


def _too_large(limit: int) -> HttpRefusal:
    return HttpRefusal(413, ErrorCode.BAD_USER_INPUT, f"The body is larger than {limit:,} bytes.")
