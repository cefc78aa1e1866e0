"""Taking the body of a batch apart: what stands around the events, and the bytes of each."""

from typing import Any

import msgspec
import orjson

from touchline.domain.collect.errors import CollectCode, Faulty
from touchline.domain.collect.reading import Reader
from touchline.domain.collect.splitting import split_batch

_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_events = msgspec.json.Decoder(list[msgspec.Raw]).decode
_REFUSALS = (msgspec.MsgspecError, UnicodeError, RecursionError)


def cut_batch(body: bytes, reader: Reader) -> tuple[dict[str, Any], list[bytes]]:
    """The members around the batch, and the raw events of the batch, unread.

    Raises ``Faulty`` when the request as a whole cannot be understood; a fault inside an event
    is not looked for here.
    """
    try:
        members = _members(body)
        events = [bytes(event) for event in _events(members["batch"])]
    except (*_REFUSALS, KeyError):
        return _cut_unsound(body, reader)
    del members["batch"]
    around = {name: bytes(raw) for name, raw in members.items()}
    if body.count(b'"') != 2 + _quotes(around) + sum(event.count(b'"') for event in events):
        return _cut_unsound(body, reader)
    return {name: _member(name, raw, reader) for name, raw in around.items()}, events


def _member(name: str, raw: bytes, reader: Reader) -> Any:
    try:
        return reader.read(raw)[0]
    except Faulty as faulty:
        fault = faulty.fault
        raise Faulty(fault.code, (name, *fault.path), fault.message) from None


def _quotes(around: dict[str, bytes]) -> int:
    """Quotation marks the members need, when none of them stands twice in the body."""
    return sum(orjson.dumps(name).count(b'"') + raw.count(b'"') for name, raw in around.items())


def _cut_unsound(body: bytes, reader: Reader) -> tuple[dict[str, Any], list[bytes]]:
    parts = split_batch(body)
    around, events = parts or (body, [])
    shell, _ = reader.read(around)
    if type(shell) is not dict:
        raise Faulty(CollectCode.NOT_AN_OBJECT, (), "A batch request is a JSON object.")
    if parts is None or shell.get("batch") != []:
        raise Faulty(CollectCode.WRONG_TYPE, ("batch",), "The batch is a list of events.")
    return shell, events
