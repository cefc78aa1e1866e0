"""One spelling per identifier, so that the same address is the same address everywhere."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

import idna
import phonenumbers

from touchline.domain.identity.rules import EMAIL, PHONE

MAX_VALUE_LENGTH = 256
MAX_EMAIL_LENGTH = 254
_MAX_LOCAL_LENGTH = 64
_KIND = re.compile(r"[a-z][a-z0-9_.:-]{0,63}")
_LOCAL = re.compile(r"[^\s@\"(),:;<>\[\]\\]+")


class UnusableReason(StrEnum):
    """Why a value cannot serve as an identifier."""

    EMPTY = "EMPTY"
    NOT_TEXT = "NOT_TEXT"
    UNPRINTABLE = "UNPRINTABLE"
    TOO_LONG = "TOO_LONG"
    BLOCKED = "BLOCKED"
    INVALID_KIND = "INVALID_KIND"
    INVALID_EMAIL = "INVALID_EMAIL"
    INVALID_PHONE = "INVALID_PHONE"


class UnusableIdentifier(ValueError):
    """A value that says nothing about who someone is."""

    def __init__(self, reason: UnusableReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def normalise(kind: str, value: object, *, region: str | None = None) -> str:
    """The one spelling of an identifier's value; raises UnusableIdentifier when it has none.

    E-mail addresses are lower-cased on both sides of the @: by the letter of the standard
    `Ann@x.org` and `ann@x.org` could be two people, in practice they never are. Phone numbers
    become E.164 (an extension is left out); `region`, such as "DE", reads numbers written without
    a country. Everything else is trimmed and kept as it is, upper and lower case included.
    """
    text = _text(value)
    if kind == EMAIL:
        return _email(text)
    if kind == PHONE:
        return _phone(text, region)
    if len(text) > MAX_VALUE_LENGTH:
        raise UnusableIdentifier(UnusableReason.TOO_LONG)
    return text


def normalise_kind(kind: object) -> str:
    """A kind as it is stored: lower case, words joined by underscores."""
    text = re.sub(r"[\s-]+", "_", _text(kind).lower())
    if _KIND.fullmatch(text) is None:
        raise UnusableIdentifier(UnusableReason.INVALID_KIND)
    return text


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise UnusableIdentifier(UnusableReason.NOT_TEXT)
    if isinstance(value, float):
        if not value.is_integer():
            raise UnusableIdentifier(UnusableReason.NOT_TEXT)
        value = int(value)
    text = value.strip() if isinstance(value, str) else str(value)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text:
        raise UnusableIdentifier(UnusableReason.EMPTY)
    if not text.isprintable():
        raise UnusableIdentifier(UnusableReason.UNPRINTABLE)
    return text


def _email(text: str) -> str:
    if len(text) > MAX_EMAIL_LENGTH:
        raise UnusableIdentifier(UnusableReason.TOO_LONG)
    local, at, domain = text.lower().rpartition("@")
    if not at or len(local) > _MAX_LOCAL_LENGTH or _LOCAL.fullmatch(local) is None:
        raise UnusableIdentifier(UnusableReason.INVALID_EMAIL)
    address = f"{local}@{_domain(domain)}"
    if len(address) > MAX_EMAIL_LENGTH:
        raise UnusableIdentifier(UnusableReason.TOO_LONG)
    return address


@lru_cache(maxsize=4096)
def _domain(domain: str) -> str:
    try:
        encoded = idna.encode(domain.rstrip("."), uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise UnusableIdentifier(UnusableReason.INVALID_EMAIL) from error
    if "." not in encoded:
        raise UnusableIdentifier(UnusableReason.INVALID_EMAIL)
    return encoded


@lru_cache(maxsize=4096)
def _phone(text: str, region: str | None) -> str:
    if len(text) > MAX_VALUE_LENGTH:
        raise UnusableIdentifier(UnusableReason.TOO_LONG)
    dialled = f"+{text[2:]}" if text.startswith("00") else text
    try:
        number = phonenumbers.parse(dialled, region)
    except phonenumbers.NumberParseException as error:
        raise UnusableIdentifier(UnusableReason.INVALID_PHONE) from error
    if not phonenumbers.is_possible_number(number):
        raise UnusableIdentifier(UnusableReason.INVALID_PHONE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
