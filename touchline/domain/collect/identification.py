"""Whether an event says whose it is: which of its values can identify someone at all."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from touchline.domain.collect.blocked import is_blocked
from touchline.domain.collect.calls import CallType
from touchline.domain.collect.errors import CollectCode, Faulty, JsonPath

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_ENOUGH_DIGITS = 5


def require_identifier(
    event: dict[str, Any], call: CallType, shared: dict[str, Any] | None = None
) -> None:
    """Raise ``Faulty`` unless the event names someone (and a group or previous id where due).

    Someone is named by a user or anonymous id, by an external id, or by an e-mail address or
    telephone number among the traits; ``shared`` is a context that counts as the event's own.
    """
    if call is CallType.GROUP:
        _require(event, "groupId", "A group call needs the groupId of the account.")
    if call is CallType.ALIAS:
        _require_two_sides(event)
        return
    for name in ("userId", "anonymousId"):
        value = event.get(name)
        if value and not is_blocked(value if type(value) is str else as_text(value)):
            return
    _require_any(event, shared or {})


def as_text(value: Any) -> str:
    """An identifier as text: whole numbers are written out, anything else is no identifier."""
    if type(value) is str:
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _require_any(event: dict[str, Any], shared: dict[str, Any]) -> None:
    blocked: JsonPath | None = None
    for path, value in chain(_candidates(event), _in_context(shared)):
        if not is_blocked(value):
            return
        if blocked is None and value.strip():
            blocked = path
    if blocked is not None:
        raise _is_blocked(blocked)
    raise Faulty(
        CollectCode.MISSING_IDENTIFIER, ("userId",), "Say whose event it is: userId or anonymousId."
    )


def _require_two_sides(event: dict[str, Any]) -> None:
    previous = "previousId" if as_text(event.get("previousId")) else "anonymousId"
    _require(event, previous, "An alias needs the previousId it replaces.", "previousId")
    _require(event, "userId", "An alias needs the userId that replaces the other.")


def _require(event: dict[str, Any], name: str, message: str, shown: str | None = None) -> None:
    value = as_text(event.get(name))
    if not value:
        raise Faulty(CollectCode.MISSING_IDENTIFIER, (shown or name,), message)
    if is_blocked(value):
        raise _is_blocked((name,))


def _candidates(event: dict[str, Any]) -> Iterator[tuple[JsonPath, str]]:
    for name in ("userId", "anonymousId"):
        if value := as_text(event.get(name)):
            yield (name,), value
    yield from _addresses(event.get("traits"), ("traits",))
    yield from _in_context(event.get("context") or {})


def _in_context(context: dict[str, Any]) -> Iterator[tuple[JsonPath, str]]:
    external = context.get("externalIds")
    for index, item in enumerate(external if isinstance(external, list) else ()):
        if (
            isinstance(item, dict)
            and as_text(item.get("type"))
            and (value := as_text(item.get("id")))
        ):
            yield ("context", "externalIds", index, "id"), value
    yield from _addresses(context.get("traits"), ("context", "traits"))


def _addresses(traits: Any, path: JsonPath) -> Iterator[tuple[JsonPath, str]]:
    if not isinstance(traits, dict):
        return
    email, phone = as_text(traits.get("email")), as_text(traits.get("phone"))
    if is_blocked(email) or _EMAIL.fullmatch(email.strip()):
        yield (*path, "email"), email
    if is_blocked(phone) or sum(map(str.isdigit, phone)) >= _ENOUGH_DIGITS:
        yield (*path, "phone"), phone


def _is_blocked(path: JsonPath) -> Faulty:
    return Faulty(
        CollectCode.BLOCKED_IDENTIFIER, path, "The value stands for nobody; send a real identifier."
    )
