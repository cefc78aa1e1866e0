"""Fold a whole closure again and say which customer each part of it is now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from touchline.domain.identity.components import Member
from touchline.domain.identity.folding import Landing, Link, Ruling, fold
from touchline.domain.identity.rules import DEFAULT_RULES, Rules


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link stands now, and the customer it landed on when it was first seen."""

    customer: int
    origin: int


@dataclass(frozen=True, slots=True)
class Closure:
    """All links and identifiers that hang together, refused or not, with the rulings over them.

    `places` of links that are stored already; `gone` are origins that no link stands on now.
    """

    members: Collection[Member]
    links: Collection[Link]
    rulings: Sequence[Ruling]
    places: Mapping[bytes, Place]
    gone: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Settled:
    """One customer after the fold: its number (None: it is new), all it owns, all that landed.

    `absorbed` are numbers that nobody has any longer and whose beginning is part of this one.
    """

    customer: int | None
    identifiers: tuple[bytes, ...]
    landings: Mapping[bytes, Landing]
    absorbed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """A number that the customer holding these identifiers should get, if it can be had."""

    customer: int
    identifiers: frozenset[bytes]


def refold(
    closure: Closure, wishes: Iterable[Wish] = (), rules: Rules = DEFAULT_RULES
) -> list[Settled]:
    """The customers of a closure. Identifiers that are in none of them belong to nobody.

    A set of identifiers on which no link landed is no customer.
    """
    folding = fold(closure.links, closure.rulings, rules, closure.members)
    landed: dict[bytes, list[Link]] = {}
    for link in sorted(closure.links, key=lambda each: each.position):
        landed.setdefault(folding.components.find(link.members[0].digest), []).append(link)
    owned = {root: tuple(folding.components.members(root)) for root in landed}
    claims = _claims(closure, landed)
    numbers = _numbers(closure, landed, claims, _granted(wishes, owned))
    kept = frozenset(numbers.values())
    return [
        Settled(
            numbers.get(root),
            owned[root],
            {link.digest: folding.landings[link.digest] for link in links},
            frozenset(claims.get(root, ())) - kept,
        )
        for root, links in landed.items()
    ]


def _granted(wishes: Iterable[Wish], owned: Mapping[bytes, tuple[bytes, ...]]) -> dict[bytes, int]:
    granted: dict[bytes, int] = {}
    for wish in wishes:
        for root, identifiers in owned.items():
            if root not in granted and not wish.identifiers.isdisjoint(identifiers):
                granted[root] = wish.customer
                break
    return granted


def _numbers(
    closure: Closure,
    landed: Mapping[bytes, list[Link]],
    claims: Mapping[bytes, set[int]],
    granted: Mapping[bytes, int],
) -> dict[bytes, int]:
    """A number for each part that can keep or regain one.

    A number that lives is claimed by the part with its earliest link, links that began on it
    first; of several claims the oldest number wins. A part without any regains the number one of
    its links began on, when nobody has it now.
    """
    numbers = dict(granted)
    taken = set(granted.values())
    for root, claimed in claims.items():
        if root not in numbers and (free := claimed - taken):
            numbers[root] = min(free)
            taken.add(numbers[root])
    for root, links in landed.items():
        if root not in numbers:
            origins = {p.origin for link in links if (p := closure.places.get(link.digest))}
            if free := (origins & closure.gone) - taken:
                numbers[root] = min(free)
                taken.add(numbers[root])
    return numbers


def _claims(closure: Closure, landed: Mapping[bytes, list[Link]]) -> dict[bytes, set[int]]:
    best: dict[int, tuple[bool, tuple[int, bytes], bytes]] = {}
    for root, links in landed.items():
        for link in links:
            if place := closure.places.get(link.digest):
                bid = (place.origin != place.customer, link.position, root)
                best[place.customer] = min(best.get(place.customer, bid), bid)
    claims: dict[bytes, set[int]] = {}
    for customer, (_, _, root) in best.items():
        claims.setdefault(root, set()).add(customer)
    return claims
