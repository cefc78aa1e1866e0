"""Which media type a GraphQL client wants its answer in."""

from collections.abc import Iterable
from functools import lru_cache

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"

_OFFERED = (GRAPHQL, JSON)
_WILDCARDS = ("*/*", "application/*")


@lru_cache(maxsize=64)
def negotiate(accept: str | None) -> str | None:
    """The media type to answer with; ``None`` when the client takes neither.

    Without a wish, or with a wildcard alone, it is ``application/json``, as the older clients
    that send such headers expect.
    """
    if accept is None or not accept.strip():
        return JSON
    best: tuple[float, str] | None = None
    for media, quality in _wishes(accept):
        offered = JSON if media in _WILDCARDS else media
        specific = quality if media == offered else quality - 0.0001
        if offered in _OFFERED and quality > 0 and (best is None or specific > best[0]):
            best = (specific, offered)
    return best[1] if best else None


def wants_page(accept: str | None) -> bool:
    """Whether a person with a browser is asking rather than a program."""
    return any(media == HTML and quality > 0 for media, quality in _wishes(accept or ""))


def _wishes(accept: str) -> Iterable[tuple[str, float]]:
    for wish in accept.split(","):
        media, *parameters = (part.strip().lower() for part in wish.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _quality(value)
        yield media, quality


def _quality(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0
