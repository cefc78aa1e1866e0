"""How a customer is called."""

from collections.abc import Mapping, Sequence
from typing import Any

ANONYMOUS = "anonymous_id"
UNNAMED = "Anonymous visitor"
_LONGEST = 200
_BY_IDENTIFIER = ("email", "phone", "user_id")


def display_name(traits: Mapping[str, Any], known_as: str) -> str:
    """The best name there is: full name, first and last name, e-mail, then an identifier."""
    whole = _text(traits, "name") or " ".join(
        part
        for part in (
            _text(traits, "firstName", "first_name"),
            _text(traits, "lastName", "last_name"),
        )
        if part
    )
    name = whole or _text(traits, "email") or known_as
    return name[:_LONGEST] or UNNAMED


def known_as(identifiers: Sequence[tuple[str, str]]) -> str:
    """The identifier by which people would call a customer that told no name; may be empty."""
    for wanted in _BY_IDENTIFIER:
        values = sorted(value for kind, value in identifiers if kind == wanted)
        if values:
            return values[0]
    named = sorted(f"{kind} {value}" for kind, value in identifiers if kind != ANONYMOUS)
    return named[0] if named else ""


def is_identified(identifiers: Sequence[tuple[str, str]]) -> bool:
    """Whether anything but a cookie tells who the customer is."""
    return any(kind != ANONYMOUS for kind, _ in identifiers)


def _text(traits: Mapping[str, Any], *names: str) -> str:
    values = (traits.get(name) for name in names)
    return next((" ".join(v.split()) for v in values if isinstance(v, str) and v.strip()), "")
