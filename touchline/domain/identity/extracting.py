"""Which identifiers an accepted call carries."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from touchline.domain.collect.blocked import is_blocked
from touchline.domain.collect.landed import Call
from touchline.domain.identity.digests import Identifier
from touchline.domain.identity.errors import IdentityWarning, WarningCode
from touchline.domain.identity.normalising import (
    UnusableIdentifier,
    UnusableReason,
    normalise,
    normalise_kind,
)
from touchline.domain.identity.rules import ANONYMOUS_ID, EMAIL, PHONE, USER_ID
from touchline.domain.kernel.ids import digest

_PEOPLE = "users"
_SHOWN = 60
_NOBODY = "Nothing in the event says whose it is; it stands on a customer of its own."


@dataclass(frozen=True, slots=True)
class Extraction:
    """Distinct usable identifiers of one call, and what was left aside."""

    identifiers: tuple[Identifier, ...]
    warnings: tuple[IdentityWarning, ...]


def extract(call: Call, *, region: str | None = None) -> Extraction:
    """The identifiers of a call, at least one; `region` reads phone numbers without a country.

    The previous id of an alias is the anonymous id that the user id replaces. Of external ids
    those of accounts are passed over. A call of which nothing can be used is a visitor of its own,
    known by its message, so that what was accepted is never lost.
    """
    identifiers: dict[Identifier, None] = {}
    warnings: list[IdentityWarning] = []
    for kind, value, path in _candidates(call):
        try:
            identifiers[_identifier(kind, value, region)] = None
        except UnusableIdentifier as unusable:
            if unusable.reason is not UnusableReason.EMPTY:
                warnings.append(_warning(path, value, unusable.reason))
    if not identifiers:
        identifiers[Identifier(ANONYMOUS_ID, f"message {digest(call.message_id).hex()}")] = None
        warnings.append(IdentityWarning(WarningCode.NO_IDENTIFIER, _NOBODY))
    return Extraction(tuple(identifiers), tuple(warnings))


def _candidates(call: Call) -> Iterator[tuple[Any, Any, str]]:
    if call.user_id is not None:
        yield USER_ID, call.user_id, "userId"
    if call.anonymous_id is not None:
        yield ANONYMOUS_ID, call.anonymous_id, "anonymousId"
    if call.previous_id is not None:
        yield ANONYMOUS_ID, call.previous_id, "previousId"
    for kind in (EMAIL, PHONE):
        if (value := call.traits.get(kind)) is not None:
            yield kind, value, f"traits.{kind}"
    items = call.context.get("externalIds")
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict) and item.get("collection", _PEOPLE) == _PEOPLE:
            yield item.get("type"), item.get("id"), f"context.externalIds[{index}]"


def _identifier(kind: Any, value: Any, region: str | None) -> Identifier:
    if isinstance(kind, str) and isinstance(value, str):
        return _remembered(kind, value, region)
    return _checked(kind, value, region)


@lru_cache(maxsize=65_536)
def _remembered(kind: str, value: str, region: str | None) -> Identifier:
    return _checked(kind, value, region)


def _checked(kind: object, value: object, region: str | None) -> Identifier:
    name = normalise_kind(kind)
    if isinstance(value, str) and value.strip() and is_blocked(value):
        raise UnusableIdentifier(UnusableReason.BLOCKED)
    text = normalise(name, value, region=region)
    if is_blocked(text):
        raise UnusableIdentifier(UnusableReason.BLOCKED)
    return Identifier(name, text)


def _warning(path: str, value: object, reason: UnusableReason) -> IdentityWarning:
    shown = str(value)[:_SHOWN]
    if reason is UnusableReason.BLOCKED:
        message = f"{path}: {shown!r} stands for nobody and was left out."
        return IdentityWarning(WarningCode.BLOCKED_IDENTIFIER, message)
    message = f"{path}: {shown!r} cannot be used ({reason.lower()}) and was left out."
    return IdentityWarning(WarningCode.INVALID_IDENTIFIER, message)
