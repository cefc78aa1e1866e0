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


def cut_batch(body: bytes, reader: Reader, most: int) -> tuple[dict[str, Any], list[bytes]]:
    """The members around the batch, and the raw events of the batch, unread.

    Of more than ``most`` events only ``most + 1`` are given: enough to see that it is too many.
    Raises ``Faulty`` when the request as a whole cannot be understood; a fault inside an event
    is not looked for here.
    """
    try:
        members = _members(body)
        events = _events(members["batch"])
    except (*_REFUSALS, KeyError):
        return _cut_unsound(body, reader, most)
    del members["batch"]
    around = b"{%b}" % b",".join(
        b"%b:%b" % (orjson.dumps(name), bytes(raw)) for name, raw in members.items()
    )
    kept = [bytes(event) for event in events[: most + 1]]
    if len(kept) <= most and not _says_each_once(body, around, kept):
        return _cut_unsound(body, reader, most)
    shell, _ = reader.read(around)
    return shell, kept


def _says_each_once(body: bytes, around: bytes, events: list[bytes]) -> bool:
    """Whether the body holds no more quotation marks than its parts: no member stands twice."""
    inside = sum(event.count(b'"') for event in events)
    return body.count(b'"') == around.count(b'"') + inside + len('""')


def _cut_unsound(body: bytes, reader: Reader, most: int) -> tuple[dict[str, Any], list[bytes]]:
    parts = split_batch(body, most)
    around, events = parts or (body, [])
    shell, _ = reader.read(around)
    if type(shell) is not dict:
        raise Faulty(CollectCode.NOT_AN_OBJECT, (), "A batch request is a JSON object.")
    if parts is None or shell.get("batch") != []:
        raise Faulty(CollectCode.WRONG_TYPE, ("batch",), "The batch is a list of events.")
    return shell, events
