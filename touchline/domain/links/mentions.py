"""Of which content a touchpoint speaks, as far as it says so itself."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from touchline.domain.content.writing import checked_language
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import digest, parse_global_id

_SAYING = ("TRACK", "PAGE", "SCREEN")
_LONGEST = 8_000
_REMEMBERED = 10_000
_NOTHING: Mapping[str, Any] = {}


class Mention(NamedTuple):
    """The content that is named, in three ways of which the first that leads somewhere counts.

    ``language`` is that of a slug; without one the original is meant. ``address`` is the digest of
    the page's.
    """

    asset_id: int | None = None
    slug: str | None = None
    language: str | None = None
    address: bytes | None = None


NOTHING = Mention()


def mention_of(kind: str, properties: Mapping[str, Any], context: Mapping[str, Any]) -> Mention:
    """What a touchpoint of a type names: ``assetId``, ``assetSlug`` with ``language``, its page."""
    if kind not in _SAYING:
        return NOTHING
    page = context.get("page")
    told = page.get("url") if isinstance(page, dict) else None
    if told is None and kind == "PAGE":
        told = properties.get("url")
    address = address_digest(told) if isinstance(told, str) else None
    asset, slug = properties.get("assetId"), properties.get("assetSlug")
    if asset is None and slug is None:
        return NOTHING if address is None else Mention(address=address)
    return Mention(_asset(asset), *_spelt(slug, properties.get("language")), address)


@lru_cache(maxsize=_REMEMBERED)
def address_digest(address: str) -> bytes | None:
    """What a page is known by: its host without ``www.`` and its path, however they are written."""
    try:
        parts = urlsplit(address[:_LONGEST])
        host = (parts.hostname or "").removeprefix("www.").removesuffix(".")
        path = unquote(parts.path, errors="strict").rstrip("/")
    except ValueError:
        return None
    return digest(host, path) if host and parts.scheme in ("http", "https") else None


def _asset(told: Any) -> int | None:
    try:
        return parse_global_id(told, ("ContentAsset",))[1] if isinstance(told, str) else None
    except ValueError:
        return None


def _spelt(slug: Any, language: Any) -> tuple[str | None, str | None]:
    if not isinstance(slug, str) or "\x00" in slug:
        return None, None
    if not isinstance(language, str):
        return slug, None
    try:
        return slug, checked_language(language)
    except Refused:
        return None, None
