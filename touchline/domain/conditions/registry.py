"""The leaves that higher capabilities bring into the language: tags, scores, stages, segments.

Each contributes how its leaf is compiled, and what else has to be known of it. The module of a
capability that does so is imported with its service.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from touchline.domain.conditions.sql import Query, Scope
from touchline.domain.conditions.tree import Condition, parts

Reference = tuple[str, int]
"""What a leaf names: the word for its sort, and its id, such as ``("tag", 5)``."""


_SHOWN = 10


@dataclass(frozen=True, slots=True)
class LeafKind:
    """All that conditions know of a leaf of a higher capability.

    ``members`` are the customers (``customer_id``) of whom it holds at ``scope.at``. ``wakes``
    yields ``customer_id`` and ``wake_at``, the earliest later instant at which time alone can
    change that, or is ``None`` where every change is marked. ``name`` is ``None`` when there is
    no such thing. ``uses`` are the conditions that decide it, for finding cycles. ``users`` tells
    who of the capability names something in a condition, such as ``the segment VIPs``, and
    ``retell`` has them say it by its present name.
    """

    node: type[Any]
    word: str
    key: Callable[[Any], int]
    members: Callable[[Any, Scope], Query]
    facts: Callable[[Any], Iterable[str]]
    name: Callable[[Any], Awaitable[str | None]]
    uses: Callable[[int], Awaitable[Iterable[Condition]]]
    wakes: Callable[[Any, Scope], Query | None] = lambda _leaf, _scope: None
    users: Callable[[Reference], Awaitable[Iterable[str]]] | None = None
    retell: Callable[[Reference], Awaitable[None]] | None = None

    def reference(self, leaf: Condition) -> Reference:
        """What the leaf names."""
        return self.word, self.key(leaf)


_kinds: dict[type[Any], LeafKind] = {}


def contribute(kind: LeafKind) -> LeafKind:
    """Bring a leaf into the language. Doing so twice puts the later in place of the earlier."""
    _kinds[kind.node] = kind
    return kind


def kind_of(leaf: Condition) -> LeafKind | None:
    """Who knows of a leaf; ``None`` when it is of the language itself, or nobody does."""
    return _kinds.get(type(leaf))


def references(condition: Condition) -> set[Reference]:
    """All that a condition names of other capabilities."""
    kind = kind_of(condition)
    found = {kind.reference(condition)} if kind is not None else set()
    return found.union(*map(references, parts(condition)))


async def users_of(reference: Reference) -> list[str]:
    """Who names something in a condition: it must not go while they do."""
    found: list[str] = []
    for kind in _kinds.values():
        if kind.users is not None:
            found += await kind.users(reference)
    return found


def listed(users: Iterable[str]) -> str:
    """The first of them in words, and how many more there are."""
    ordered = sorted(users)
    shown = ordered[:_SHOWN]
    more = len(ordered) - len(shown)
    return ", ".join([*shown, *([f"{more} more"] if more else [])])


async def renamed(reference: Reference) -> None:
    """Something has another name: whoever says it in words says it anew, in this transaction."""
    for kind in _kinds.values():
        if kind.retell is not None:
            await kind.retell(reference)
