"""What a trusted document is, apart from where it is kept."""

from dataclasses import dataclass

from touchline.domain.kernel.clock import Moment


@dataclass(frozen=True, slots=True)
class Vetted:
    """A document that GraphQL has found to be sound. ``kind`` is query, mutation or subscription;
    ``name`` is what its operation is called."""

    id: str
    name: str | None
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class Registered:
    """What became of documents: the ids of those that are new, and the keys of all their rows."""

    added: frozenset[str]
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A registered document without its text."""

    id: str
    name: str | None
    kind: str
    characters: int
    registered_at: Moment
