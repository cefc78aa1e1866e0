"""The messages of ``graphql-transport-ws``; one that does not fit ends the connection."""

from collections.abc import Mapping
from typing import Any

import orjson

from touchline.api.graphql_requests import MAX_BODY

_MAX_ID = 200


class Closing(Exception):
    """The connection ends with ``code`` and ``reason`` (at most 123 bytes)."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def read_message(text: str | None) -> dict[str, Any]:
    """The message of a text frame; ``None`` stands for a frame of another kind."""
    if text is None:
        raise Closing(4400, "Only text frames are taken")
    if len(text) > MAX_BODY:
        raise Closing(1009, "Message too big")
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _invalid() from None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise _invalid()
    return message


def operation_id(message: dict[str, Any]) -> str:
    """The client's name for one operation of the connection."""
    key = message.get("id")
    if not isinstance(key, str) or not 0 < len(key) <= _MAX_ID:
        raise _invalid()
    return key


def pong_payload(ping: dict[str, Any]) -> dict[str, Any]:
    """A pong carries what its ping carried."""
    return {"payload": ping["payload"]} if "payload" in ping else {}


def shown_authorization(message: dict[str, Any], headers: Mapping[str, str]) -> object:
    """What the first message shows, or else the header of the handshake."""
    payload = message.get("payload")
    if not isinstance(payload, dict | None):
        raise _invalid()
    for name, value in (payload or {}).items():
        if name.lower() == "authorization":
            return value
    return headers.get("authorization")


def _invalid() -> Closing:
    return Closing(4400, "Invalid message received")
