"""Sixteen bytes that stand for an identifier or for a set of them, the same on every machine."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from touchline.domain.kernel import ids


class Identifier(NamedTuple):
    """A normalised identifier: the kind says how to read the value."""

    kind: str
    value: str


@lru_cache(maxsize=65_536)
def identifier_digest(identifier: Identifier) -> bytes:
    return ids.digest(identifier.kind, identifier.value)


def link_digest(members: Iterable[bytes]) -> bytes:
    """The digest of a set of identifier digests; their order and repetition do not matter."""
    return ids.digest(*sorted(set(members)))
