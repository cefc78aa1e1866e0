"""What customers look like after a decision, and how to try one without keeping it."""

from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from touchline.domain.customers.queries import traits_of
from touchline.domain.identity import queries
from touchline.domain.identity.queries import KnownIdentifier
from touchline.domain.identity.rules import DEFAULT_RULES
from touchline.domain.kernel.db import in_transaction
from touchline.domain.kernel.rehearsing import rehearsed
from touchline.domain.timeline import queries as timeline

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look:
    """A customer as a decision leaves it; the entry that tells of the decision is not counted.

    After a rehearsal the number of a new customer is nobody's.
    """

    customer_id: int
    identifiers: tuple[KnownIdentifier, ...]
    traits: Mapping[str, Any]
    touchpoint_count: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one kind of which no rule would let one customer have so many."""

    kind: str
    values: tuple[str, ...]


async def look(customer_ids: Iterable[int]) -> tuple[Look, ...]:
    """Customers as they are in this transaction, in the given order."""
    wanted = list(customer_ids)
    identifiers = await queries.identifiers_of(wanted)
    traits = await traits_of(wanted)
    return tuple(
        [
            Look(
                customer_id=one,
                identifiers=tuple(identifiers.get(one, ())),
                traits=traits.get(one, {}),
                touchpoint_count=await timeline.count([one]),
            )
            for one in wanted
        ]
    )


async def conflicts(one: int, other: int) -> tuple[Conflict, ...]:
    """What keeps the rules from joining two customers by themselves."""
    known = await queries.identifiers_of([one, other])
    here, there = _by_kind(known.get(one, ())), _by_kind(known.get(other, ()))
    return tuple(
        Conflict(kind, tuple(sorted(here[kind] | there[kind])))
        for kind in sorted(here.keys() & there.keys())
        if len(here[kind]) + len(there[kind]) > DEFAULT_RULES.of(kind).most
    )


async def carried_out(body: Callable[[], Coroutine[Any, Any, T]], *, keep: bool) -> T:
    """Run a command in one transaction; unless it is to be kept, undo all it did.

    What a rehearsal tells is what the command would do, because it is the command.
    """
    return await (in_transaction(body) if keep else rehearsed(body))


def _by_kind(known: Iterable[KnownIdentifier]) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {}
    for one in known:
        kinds.setdefault(one.kind, set()).add(one.value)
    return kinds
