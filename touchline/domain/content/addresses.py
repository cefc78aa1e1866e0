"""Addresses on the web that people give: covers, attachments, places of publication."""

from urllib.parse import urlsplit

from touchline.domain.content.errors import ContentErrorCode
from touchline.domain.kernel.errors import PathStep, Refused

MAX_ADDRESS = 2_000
SCHEMES = frozenset({"http", "https"})


def checked_address(given: str, *path: PathStep) -> str:
    """An absolute address by ``http`` or ``https`` without credentials; refuses any other."""
    address = given.strip()
    if not _is_good(address):
        message = (
            f"An address begins with https:// or http://, names a host, and has at most"
            f" {MAX_ADDRESS:,} characters, none of them blank."
        )
        raise Refused(ContentErrorCode.ADDRESS_INVALID, message, path)
    return address


def _is_good(address: str) -> bool:
    if len(address) > MAX_ADDRESS or not address.isprintable() or set(address) & set(' "<>\\^`{|}'):
        return False
    try:
        parts = urlsplit(address)
        port_is_good = parts.port is None or parts.port > 0
    except ValueError:
        return False
    named = bool(parts.hostname) and parts.username is None and parts.password is None
    return parts.scheme in SCHEMES and named and port_is_good
