"""Addresses with a campaign in them, by rules for names that keep reports free of doubles."""

import re
from dataclasses import dataclass, fields
from urllib.parse import unquote_plus, urlencode, urlsplit, urlunsplit

from touchline.domain.content.addresses import checked_address
from touchline.domain.kernel.errors import Refused
from touchline.domain.links.errors import LinkErrorCode as Code

MAX_NAME = 100
_NAME = re.compile(r"[^\W_]+(?:[._~+-]+[^\W_]+)*")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9](?:[a-z0-9-]{0,62}))*")


@dataclass(frozen=True, slots=True)
class Utm:
    """The five names of a campaign; source and medium go together."""

    source: str | None = None
    medium: str | None = None
    campaign: str | None = None
    term: str | None = None
    content: str | None = None


NO_CAMPAIGN = Utm()


def checked_utm(given: Utm) -> Utm:
    """The names in lower case with hyphens for blanks; refuses what reports would trip over."""
    spelt = Utm(*(checked_name(field.name, getattr(given, field.name)) for field in fields(Utm)))
    named = [field.name for field in fields(Utm) if getattr(spelt, field.name)]
    for needed in ("source", "medium"):
        if named and needed not in named:
            message = f"A campaign names its source and its medium; the {needed} is missing."
            raise Refused(Code.UTM_INCOMPLETE, message, ("utm", needed))
    return spelt


def checked_name(name: str, given: str | None) -> str | None:
    """One name as links spell it; ``None`` for none."""
    spelt = "-".join((given or "").lower().split())
    if not spelt:
        return None
    if len(spelt) > MAX_NAME or not _NAME.fullmatch(spelt):
        message = (
            f"A {name} is letters and digits with hyphens, dots, tildes or pluses between,"
            f" at most {MAX_NAME}."
        )
        raise Refused(Code.UTM_INVALID, message, ("utm", name))
    return spelt


def checked_destination(given: str) -> str:
    """An address that a link may lead to, as far as its form goes."""
    try:
        return checked_address(given, "destination")
    except Refused as refusal:
        raise Refused(Code.DESTINATION_INVALID, refusal.message, ("destination",)) from None


def host_of(address: str) -> str:
    """The host of a checked address, in lower case."""
    return urlsplit(address).hostname or ""


def checked_host(given: str) -> str:
    """A host such as ``www.example.com``, in lower case."""
    host = given.strip().lower().removesuffix(".")
    if not _HOST.fullmatch(host):
        message = "A host is a name such as www.example.com, without scheme, port and path."
        raise Refused(Code.HOST_INVALID, message, ("host",))
    return host


def with_utm(destination: str, utm: Utm) -> str:
    """The destination with the campaign in its query, in the place of any that stood there.

    What else stands in the query stays as it is written, byte for byte.
    """
    told = {f"utm_{one.name}": getattr(utm, one.name) for one in fields(Utm)}
    told = {name: value for name, value in told.items() if value}
    if not told:
        return destination
    parts = urlsplit(destination)
    kept = [
        one
        for one in (parts.query.split("&") if parts.query else ())
        if unquote_plus(one.partition("=")[0]).lower() not in told
    ]
    return urlunsplit(parts._replace(query="&".join([*kept, urlencode(told)])))
