"""Where a touchpoint came from, as far as it says so itself."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from touchline.domain.kernel.ids import digest

CLICK_IDS = (
    *("gclid", "gbraid", "wbraid", "dclid", "msclkid", "bd_vid", "yclid", "li_fat_id", "ttclid"),
    *("twclid", "epik", "qz_gdt", "gdt_vid", "rdt_cid", "sccid", "fbclid", "igshid"),
)
OWN_SITE = "self"
"""Stands for the referrer where it is the site itself: somebody went on to the next page."""
_SAYING = ("TRACK", "PAGE", "SCREEN")
_LONGEST = 200
_LONGEST_ADDRESS = 8_000
_REMEMBERED = 10_000
_NOTHING: Mapping[str, Any] = {}


class Origin(NamedTuple):
    """What rules may look at; every part in lower case, and empty where nothing is said.

    ``event`` is the name of a track call, ``channel_name`` what the sender calls the channel,
    ``click_id`` the name of the parameter that an ad network appended, ``referrer`` a host.
    """

    type: str
    event: str = ""
    channel_name: str = ""
    source: str = ""
    medium: str = ""
    campaign: str = ""
    click_id: str = ""
    referrer: str = ""

    @property
    def digest(self) -> bytes:
        """What it is known by."""
        return _digest(self)


def origin_of(
    kind: str, name: str, properties: Mapping[str, Any], context: Mapping[str, Any]
) -> Origin:
    """The origin of a touchpoint, from what its sender said.

    ``context.campaign`` outranks the parameters of the page's address.
    """
    if kind not in _SAYING:
        properties = {}  # traits of a person or an account are no words about a visit
    page, campaign = _mapping(context, "page"), _mapping(context, "campaign")
    referrer = _text(page, "referrer") or _text(properties, "referrer")
    return _made(
        kind,
        name if kind == "TRACK" else "",
        _text(properties, "channel") or _text(campaign, "channel"),
        _text(campaign, "source"),
        _text(campaign, "medium"),
        _text(campaign, "name"),
        _text(page, "url") or _text(properties, "url"),
        _text(page, "search") or _text(properties, "search"),
        referrer or _text(_mapping(context, "referrer"), "url"),
    )


@lru_cache(maxsize=_REMEMBERED)
def _made(
    kind: str,
    event: str,
    channel: str,
    source: str,
    medium: str,
    campaign: str,
    address: str,
    search: str,
    referrer: str,
) -> Origin:
    """Few visitors come in a way of their own, so most of this was worked out before."""
    query = _query(address, search)
    return Origin(
        kind,
        plain(event),
        plain(channel),
        plain(source or query.get("utm_source", "")),
        plain(medium or query.get("utm_medium", "")),
        plain(campaign or query.get("utm_campaign", "")),
        next((one for one in CLICK_IDS if query.get(one)), ""),
        _referrer(_host(referrer), _host(address)),
    )


@lru_cache(maxsize=_REMEMBERED)
def _digest(origin: Origin) -> bytes:
    return digest(*origin)


def _referrer(host: str, own: str) -> str:
    return OWN_SITE if host and _bare(host) == _bare(own) else host


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _query(address: str, search: str) -> dict[str, str]:
    text = search.removeprefix("?") or _parts(address)[1]
    if not text:
        return {}
    try:
        found = parse_qs(text[:_LONGEST_ADDRESS], max_num_fields=100)
    except ValueError:
        return {}
    return {name.lower(): values[0] for name, values in found.items()}


def _host(address: str) -> str:
    return plain(_parts(address)[0])


def _parts(address: str) -> tuple[str, str]:
    """Host and query of an address, both empty where it is none."""
    try:
        parts = urlsplit(address[:_LONGEST_ADDRESS])
        return parts.hostname or "", parts.query
    except ValueError:
        return "", ""


def _mapping(context: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = context.get(name)
    return found if isinstance(found, dict) else _NOTHING


def _text(told: Mapping[str, Any], name: str) -> str:
    found = told.get(name)
    return found if isinstance(found, str) else ""


def plain(text: str) -> str:
    """A text as origins keep it: in lower case, without needless blanks, and not too long."""
    return " ".join(text.replace("\x00", "").lower().split())[:_LONGEST]
