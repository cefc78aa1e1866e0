"""Statements that reach PostgreSQL together with the one that follows them, in one round trip.

asyncpg sends a statement when the one before it was answered. What needs no answer of its own
(``BEGIN``, locks, the last writes before ``COMMIT``) is sent ahead here, as a part of the next: the
server does all in order, and where one fails it leaves out the rest and says why.
"""

import struct
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import asyncpg

_int32, _int16 = struct.Struct("!i").pack, struct.Struct("!h").pack
_EXECUTE = b"E" + _int32(9) + b"\x00" + _int32(0)  # the portal without a name, all of its rows
_NULL = _int32(-1)
_KEPT = (None,)  # any parameter: prepared whether it has some or not


class Ahead(NamedTuple):
    """A statement with ``$1``, ``$2``, … that answers no rows, and its parameters.

    One without parameters is parsed each time it is sent, one with is kept prepared.
    """

    text: str
    params: Sequence[Any] = ()


class Pipelined(asyncpg.Connection):  # type: ignore[misc]
    """A connection that can send statements ahead of another."""

    async def fetch_after(
        self, ahead: Sequence[Ahead], text: str, params: Sequence[Any] = ()
    ) -> list[asyncpg.Record]:
        """The rows of a statement, with others done before it; raises what any of them raises."""
        with self._stmt_exclusive_section:
            states = []
            try:
                for one in (*ahead, Ahead(text, _KEPT)):
                    states.append(await self._prepared(one))
                packets = [_packet(one, state) for one, state in zip(ahead, states, strict=False)]
                self._transport.write(b"".join(packets))
                rows: list[asyncpg.Record] = await self._ended(states[-1], params)
            finally:
                for state in states:
                    self._let_go(state)
        return rows

    async def _prepared(self, one: Ahead) -> Any:
        """The statement as it is kept prepared, held until it is let go."""
        if not one.params:
            return None
        state = await self._get_statement(one.text, None, named=True)
        state.attach()
        return state

    def _let_go(self, state: Any) -> None:
        if state is not None:
            state.detach()
            self._maybe_gc_stmt(state)

    async def _ended(self, state: Any, params: Sequence[Any]) -> Any:
        try:
            return await self._protocol.bind_execute(state, params, "", 0, False, None)
        except asyncpg.PostgresError:
            raise
        except BaseException:  # nobody may have told the server that the pipeline has an end
            self.terminate()
            raise


def _packet(one: Ahead, state: Any) -> bytes:
    if state is None:
        return _unkept(one.text)
    name: str = state.name
    return _bind_message(name.encode(), [_given(value) for value in one.params]) + _EXECUTE


@lru_cache(maxsize=256)
def _unkept(text: str) -> bytes:
    parse = b"\x00" + text.encode() + b"\x00" + _int16(0)
    return _message(b"P", parse) + _bind_message(b"", ()) + _EXECUTE


def _bind_message(name: bytes, values: Sequence[bytes]) -> bytes:
    given = b"".join(values)
    count = _int16(len(values))
    return _message(b"B", b"\x00" + name + b"\x00\x00\x00" + count + given + b"\x00\x00")


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + _int32(len(body) + 4) + body


def _given(value: Any) -> bytes:
    """A parameter as PostgreSQL reads it from text."""
    if value is None:
        return _NULL
    as_text = _TEXTS.get(type(value))
    text = as_text(value) if as_text else _text_of(value)
    return _int32(len(text)) + text


def _text_of(value: Any) -> bytes:
    for kind in (str, int):  # enums among them
        if isinstance(value, kind):
            return _TEXTS[kind](kind(value))
    raise TypeError(f"no PostgreSQL parameter is made of {type(value).__name__}")


_TEXTS: Mapping[type, Callable[[Any], bytes]] = {
    str: str.encode,
    int: lambda value: b"%d" % value,
    bool: lambda value: b"t" if value else b"f",
    float: lambda value: repr(value).encode(),
    bytes: lambda value: b"\\x" + value.hex().encode(),
}
