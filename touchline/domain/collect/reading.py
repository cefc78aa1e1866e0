"""Reading JSON fast and trusting it: one decode and one encode, both in C, and cheap comparisons.

What the decoder lets through silently shows in the encoded form: a duplicate key is gone there
(fewer quotation marks than in the raw text), an integer beyond 64 bits cannot be encoded, NUL is
visible as an escape. Only what looks doubtful is looked at again.
"""

import json
import re
from typing import Any

import msgspec
import orjson

from touchline.domain.collect.errors import CollectCode, Fault, Faulty
from touchline.domain.collect.scrutiny import MAX_DEPTH, find_fault

EXAMINED_BYTES = 64_000
"""How much of one request is read with the slow, exact reader."""

_decode = msgspec.json.Decoder().decode
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*+\\u0000")
_REFUSALS = (msgspec.MsgspecError, UnicodeError, RecursionError, TypeError)


class Reader:
    """Reads the JSON texts of one request, and keeps count of what it had to examine."""

    def __init__(self) -> None:
        self._left = EXAMINED_BYTES

    def read(self, raw: bytes) -> tuple[Any, bytes]:
        """The value of ``raw`` and its compact encoding. Raises ``Faulty`` with the exact path."""
        try:
            value = _decode(raw)
            packed = orjson.dumps(value)
        except _REFUSALS as error:
            raise self.explain(raw, _malformed(error)) from None
        if _is_doubtful(raw, packed) and (fault := _doubtful_fault(raw, packed, value)):
            raise self.explain(raw, fault)
        return value, packed

    def explain(self, raw: bytes, rough: Fault) -> Faulty:
        """The exact fault of a text known to be bad, or ``rough`` when enough was examined."""
        fault = rough
        if len(raw) <= self._left:
            self._left -= len(raw)
            fault = find_fault(raw) or rough
        return Faulty(fault.code, fault.path, fault.message)


def _malformed(error: Exception) -> Fault:
    if isinstance(error, RecursionError):
        return _too_deep()
    if isinstance(error, UnicodeError):
        return Fault(CollectCode.INVALID_CHARACTER, (), "The text is not valid UTF-8.")
    return Fault(CollectCode.MALFORMED_JSON, (), "The body is not JSON that can be kept.")


def _is_doubtful(raw: bytes, packed: bytes) -> bool:
    escapes = b"\\" in packed
    return (
        (escapes and (b"\\u0000" in packed or b"\\u0022" in raw))
        or packed.count(b"{") + packed.count(b"[") > MAX_DEPTH
        or (raw != packed and raw.count(b'"') != packed.count(b'"'))
    )


def _doubtful_fault(raw: bytes, packed: bytes, value: Any) -> Fault | None:
    if _NUL.search(packed):
        return Fault(CollectCode.INVALID_CHARACTER, (), "The NUL character is not text.")
    if _depth(value) > MAX_DEPTH:
        return _too_deep()
    if _has_duplicate_keys(raw):
        return Fault(CollectCode.DUPLICATE_KEY, (), "A key stands twice in one object.")
    return None


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


def _has_duplicate_keys(raw: bytes) -> bool:
    found = False

    def count(pairs: list[tuple[str, Any]]) -> None:
        nonlocal found
        found = found or len({key for key, _ in pairs}) != len(pairs)

    json.loads(raw, object_pairs_hook=count)
    return found


def _too_deep() -> Fault:
    return Fault(CollectCode.TOO_DEEP, (), f"JSON nests at most {MAX_DEPTH} levels.")
