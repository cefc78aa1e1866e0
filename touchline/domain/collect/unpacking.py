"""From the bytes on the wire to the bytes of the JSON: undoing gzip and deflate, within a bound."""

import zlib

from touchline.domain.collect.errors import CollectCode, Faulty

_GZIP_MAGIC = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GZIP, _ZLIB, _RAW_DEFLATE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
_GZIP_NAMES = frozenset({"gzip", "x-gzip"})
_PLAIN_NAMES = frozenset({"", "identity"})
_MAX_MEMBERS = 16


def unpack(body: bytes, content_encoding: str, limit: int) -> bytes:
    """Undo the content encoding, reading at most ``limit`` bytes out of it.

    Gzip is known by its first two bytes too, since clients forget to say so. Raises ``Faulty``
    for an encoding nobody speaks, for damaged data, and as soon as the limit is passed (a small
    body may unfold into gigabytes; it is never unfolded further than the limit).
    """
    encoding = content_encoding.strip().lower()
    if body[:2] == _GZIP_MAGIC:
        body = _inflate(body, _GZIP, limit)
    elif encoding == "deflate":
        body = _inflate(body, _ZLIB if _has_zlib_header(body) else _RAW_DEFLATE, limit)
    elif encoding not in _GZIP_NAMES | _PLAIN_NAMES:
        raise Faulty(
            CollectCode.UNSUPPORTED_ENCODING, (), "Send JSON plain, or packed with gzip or deflate."
        )
    if len(body) > limit:
        raise too_large(limit)
    return body.removeprefix(_BYTE_ORDER_MARK)


def too_large(limit: int) -> Faulty:
    """The fault of a body above the limit."""
    return Faulty(
        CollectCode.BATCH_TOO_LARGE, (), f"A request holds at most {limit} bytes of JSON."
    )


def _inflate(body: bytes, window: int, limit: int) -> bytes:
    unfolded = bytearray()
    rest = body
    for _ in range(_MAX_MEMBERS):
        machine = zlib.decompressobj(window)
        try:
            unfolded += machine.decompress(rest, limit + 1 - len(unfolded))
        except zlib.error:
            raise _damaged() from None
        if len(unfolded) > limit:
            raise too_large(limit)
        if not machine.eof:
            raise _damaged()
        rest = machine.unused_data.lstrip(b"\0")
        if not rest:
            return bytes(unfolded)
    raise _damaged()


def _has_zlib_header(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0


def _damaged() -> Faulty:
    return Faulty(CollectCode.MALFORMED_ENCODING, (), "The packed body is damaged or cut off.")
