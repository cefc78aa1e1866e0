"""The exact reading of JSON that the fast decoder refused: what is wrong, and where.

The fast decoder says "malformed" and no more. Here a tokenizer without recursion walks the bytes,
so that depth costs nothing, and names the first fault with its path. It is some hundred times
slower than the decoder, so callers bound how many bytes of a request they have examined.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from touchline.domain.collect.errors import CollectCode, Fault, Faulty, JsonPath

MAX_DEPTH = 100
INTEGERS = range(-(2**63), 2**64)

_SPACE = b" \t\n\r"
_TOKEN = re.compile(
    rb'[ \t\n\r]*+(?:([\[\]{},:])|("(?:[^"\\]|\\.)*+")|([^\s\[\]{},:"]++))', re.DOTALL
)
_PLAIN_TEXT = re.compile(rb'"[ -!#-\[\]-~]*+"')
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_INTEGER = re.compile(rb"-?[0-9]+")
_NOT_NUMBERS = frozenset({b"NaN", b"Infinity", b"-Infinity", b"-NaN", b"nan", b"inf", b"-inf"})
_WORDS = frozenset({b"true", b"false", b"null"})
_CLOSES = {b"}": b"{", b"]": b"["}
_MAX_DIGITS = 400


@dataclass(slots=True)
class _Level:
    """One open object or array: where in it the reader stands, and which keys it has seen."""

    bracket: bytes
    at: str | int | None
    keys: set[str] = field(default_factory=set)


def find_fault(raw: bytes) -> Fault | None:
    """The first thing wrong with a JSON text, or ``None`` when it may be taken as it is."""
    try:
        _Walk(raw).to_the_end()
    except Faulty as faulty:
        return faulty.fault
    return None


class _Walk:
    """One pass over the tokens: the open levels, and what may come next."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.levels: list[_Level] = []
        self.expected = "value"

    def to_the_end(self) -> None:
        for mark, text, word in self._tokens():
            if mark:
                self._mark(mark)
            elif text:
                self._string(text)
            else:
                self._word(word)
        if self.expected != "end":
            raise self._fault(CollectCode.MALFORMED_JSON, "The JSON ends too early.")

    def _tokens(self) -> Iterator[tuple[bytes, bytes, bytes]]:
        place = 0
        while match := _TOKEN.match(self.raw, place):
            yield match[1], match[2], match[3]
            place = match.end()
        if rest := self.raw[place : place + 40].strip(_SPACE):
            raise self._unexpected(rest)

    def _fault(self, code: CollectCode, message: str) -> Faulty:
        return Faulty(code, self._path(), message)

    def _path(self) -> JsonPath:
        return tuple(level.at for level in self.levels if level.at is not None)

    def _unexpected(self, token: bytes) -> Faulty:
        shown = token[:20].decode("utf-8", "replace")
        return self._fault(CollectCode.MALFORMED_JSON, f"Unexpected {shown!r}.")

    def _mark(self, mark: bytes) -> None:
        if mark in b"{[":
            self._open(mark)
        elif mark in b"}]":
            self._close(mark)
        elif mark == b":" and self.expected == "colon":
            self.expected = "value"
        elif mark == b"," and self.expected == "comma":
            self._next()
        else:
            raise self._unexpected(mark)

    def _open(self, mark: bytes) -> None:
        if self.expected not in {"value", "value or end"}:
            raise self._unexpected(mark)
        if len(self.levels) >= MAX_DEPTH:
            raise self._fault(CollectCode.TOO_DEEP, f"JSON nests at most {MAX_DEPTH} levels.")
        self.levels.append(_Level(mark, None if mark == b"{" else 0))
        self.expected = "key or end" if mark == b"{" else "value or end"

    def _close(self, mark: bytes) -> None:
        if not self.levels or self.levels[-1].bracket != _CLOSES[mark]:
            raise self._unexpected(mark)
        if self.expected not in {"key or end", "value or end", "comma"}:
            raise self._unexpected(mark)
        self.levels.pop()
        self._value_done()

    def _next(self) -> None:
        level = self.levels[-1]
        if isinstance(level.at, int):
            level.at += 1
        self.expected = "key" if level.bracket == b"{" else "value"

    def _value_done(self) -> None:
        self.expected = "comma" if self.levels else "end"

    def _string(self, token: bytes) -> None:
        if self.expected in {"key", "key or end"}:
            self._key(token)
        elif self.expected in {"value", "value or end"}:
            self._text(token)
            self._value_done()
        else:
            raise self._unexpected(token)

    def _key(self, token: bytes) -> None:
        level = self.levels[-1]
        level.at = None
        level.at = key = self._text(token)
        if key in level.keys:
            raise self._fault(CollectCode.DUPLICATE_KEY, "The key stands twice in one object.")
        level.keys.add(key)
        self.expected = "colon"

    def _text(self, token: bytes) -> str:
        if _PLAIN_TEXT.fullmatch(token):
            return token[1:-1].decode()
        try:
            text: str = json.loads(token.decode(), strict=False)
            text.encode()
        except UnicodeError:
            raise self._fault(
                CollectCode.INVALID_CHARACTER, "Bytes or surrogates that are not valid Unicode."
            ) from None
        except ValueError:
            raise self._fault(CollectCode.MALFORMED_JSON, "A string has a bad escape.") from None
        if "\0" in text:
            raise self._fault(CollectCode.INVALID_CHARACTER, "The NUL character is not text.")
        if any(byte < 0x20 for byte in token):
            raise self._fault(CollectCode.MALFORMED_JSON, "A control character is not escaped.")
        return text

    def _word(self, word: bytes) -> None:
        if self.expected not in {"value", "value or end"}:
            raise self._unexpected(word)
        if word in _NOT_NUMBERS:
            raise self._fault(CollectCode.NOT_A_NUMBER, "NaN and Infinity are not JSON.")
        if word not in _WORDS:
            self._number(word)
        self._value_done()

    def _number(self, word: bytes) -> None:
        if _NUMBER.fullmatch(word) is None:
            raise self._unexpected(word)
        if _INTEGER.fullmatch(word):
            fits = len(word) < _MAX_DIGITS and int(word) in INTEGERS
        else:
            fits = math.isfinite(float(word))
        if not fits:
            raise self._fault(CollectCode.NUMBER_OUT_OF_RANGE, "The number is too large to keep.")
