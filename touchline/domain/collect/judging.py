"""The verdict on one event that is sound JSON: is it a call that can be kept?"""

from typing import Any

from touchline.domain.collect.calls import CALLS, CallType
from touchline.domain.collect.errors import CollectCode, Faulty, JsonPath
from touchline.domain.collect.identification import require_identifier
from touchline.domain.collect.timestamps import read_original, read_timestamp
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.ids import new_message_id

_OBJECTS = ("traits", "properties", "context", "integrations")
_IDENTIFIERS = ("userId", "anonymousId", "previousId", "groupId", "messageId")
_NAMES = ("event", "name", "category")


def judge(
    event: Any,
    call: CallType | None,
    sent_at: Moment | None,
    received_at: Moment,
    shared: dict[str, Any] | None = None,
) -> bool:
    """Check an event and complete it in place; says whether it was changed.

    ``call`` is what the path said, ``None`` inside a batch, where each event says its ``type``
    (or ``action``); ``shared`` is the context that the batch gives to all. What is completed: the
    ``type`` as one of the six, a ``messageId`` where the client gave none, and ``[]`` in place of
    an object, as PHP writes an empty one, is taken away.
    Raises ``Faulty`` with the first fault.
    """
    if type(event) is not dict:
        raise Faulty(CollectCode.NOT_AN_OBJECT, (), "An event is a JSON object.")
    known = call or _named_call(event)
    changed = _check_members(event, known)
    if event.get("type") != known:
        event["type"] = known.value
        changed = True
    if known is CallType.TRACK and not (event.get("event") or "").strip():
        raise Faulty(CollectCode.MISSING_EVENT_NAME, ("event",), "A track call names its event.")
    require_identifier(event, known, shared)
    own_sent_at = read_timestamp(event.get("sentAt"), ("sentAt",))
    read_original(event, own_sent_at if sent_at is None else sent_at, received_at)
    if not event.get("messageId"):
        event["messageId"] = new_message_id()
        changed = True
    return changed


def check_context(context: dict[str, Any]) -> bool:
    """Check what identification reads out of a context; says whether it was changed."""
    changed = False
    traits, external = context.get("traits"), context.get("externalIds")
    if traits is not None and type(traits) is not dict:
        changed = _take_empty_list(context, "traits", ("context", "traits"))
    if external is not None and type(external) is not list:
        raise _wrong(("context", "externalIds"), "a list")
    return changed


def _named_call(event: dict[str, Any]) -> CallType:
    named = event.get("type")
    if named is None:
        named = event.get("action")
    call = CALLS.get(named.lower()) if type(named) is str else None
    if call is None:
        raise Faulty(CollectCode.UNKNOWN_TYPE, ("type",), f"The type is one of {', '.join(CALLS)}.")
    return call


def _check_members(event: dict[str, Any], call: CallType) -> bool:
    changed = False
    for name in _OBJECTS:
        value = event.get(name)
        if value is not None and type(value) is not dict:
            changed = _take_empty_list(event, name, (name,)) or changed
    context = event.get("context")
    if context:
        changed = check_context(context) or changed
    for name in _IDENTIFIERS:
        value = event.get(name)
        if value is not None and type(value) is not str and not _is_whole(value):
            raise _wrong((name,), "text or a whole number")
    for name in _NAMES:
        value = event.get(name)
        if value is not None and type(value) is not str and _bears(call, name):
            raise _wrong((name,), "text")
    return changed


def _take_empty_list(owner: dict[str, Any], name: str, path: JsonPath) -> bool:
    if owner[name] != []:
        raise _wrong(path, "an object")
    del owner[name]
    return True


def _bears(call: CallType, name: str) -> bool:
    """Whether a name member means something for this call; elsewhere any value may stand."""
    return call is CallType.TRACK if name == "event" else call in {CallType.PAGE, CallType.SCREEN}


def _is_whole(value: Any) -> bool:
    return type(value) is int or (type(value) is float and value.is_integer())


def _wrong(path: JsonPath, wanted: str) -> Faulty:
    return Faulty(CollectCode.WRONG_TYPE, path, f"This must be {wanted}.")
