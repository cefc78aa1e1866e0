"""The tables of identity kept in memory: what a batch of touchpoints reads and writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from touchline.domain.identity.components import Member
from touchline.domain.identity.folding import Link, Ruling, fold, strongest_first
from touchline.domain.identity.growing import (
    Change,
    Group,
    Growth,
    Standing,
    append,
    regrow,
    unite,
)
from touchline.domain.identity.refolding import Closure, Place, Settled, refold
from touchline.domain.identity.rules import KindRule, Rules

RULES = Rules(
    {
        "user_id": KindRule(priority=100, limit=1, unique=True),
        "email": KindRule(priority=90, limit=2),
        "phone": KindRule(priority=80, limit=1),
        "anonymous_id": KindRule(priority=10, limit=2),
    }
)
POOL = [Member(f"{kind}:{n}".encode(), kind) for kind in RULES.kinds for n in range(4)]
Seen = tuple[frozenset[Member], int]
Partition = set[tuple[frozenset[bytes], frozenset[bytes]]]


@dataclass
class Book:
    """The tables of identity, kept in memory: what a batch reads and writes."""

    links: dict[bytes, Link] = field(default_factory=dict)
    lost: dict[bytes, frozenset[bytes]] = field(default_factory=dict)
    places: dict[bytes, Place] = field(default_factory=dict)
    owner: dict[bytes, int | None] = field(default_factory=dict)
    kinds: dict[bytes, str] = field(default_factory=dict)
    rulings: list[Ruling] = field(default_factory=list)
    numbered: int = 0
    ways: list[str] = field(default_factory=list)

    def see(self, batch: Iterable[Seen]) -> None:
        changes: dict[bytes, Change] = {}
        for members, moment in batch:
            digest = b"|".join(sorted(member.digest for member in members))
            held = self.links.get(digest)
            if held and held.first_at <= moment:
                continue
            link = Link(digest, moment, strongest_first(members, RULES))
            self.links[digest] = link
            if digest not in self.places or self.lost[digest]:
                changes[digest] = Change(link, self.lost.get(digest))
        self._change(list(changes.values()))

    def rule(self, ruling: Ruling) -> None:
        self.rulings.append(ruling)
        named = frozenset().union(*ruling.together, *(ruling.apart or ()))
        self._refold(named)

    def partition(self) -> Partition:
        customers: dict[int, tuple[set[bytes], set[bytes]]] = {}
        for digest, place in self.places.items():
            customers.setdefault(place.customer, (set(), set()))[1].add(digest)
        for digest, customer in self.owner.items():
            if customer is not None:
                customers[customer][0].add(digest)
        return {(frozenset(owned), frozenset(links)) for owned, links in customers.values()}

    def _change(self, changes: Sequence[Change]) -> None:
        touched = {m.digest for change in changes for m in change.link.members}
        customers = {self.owner[d] for d in touched if self.owner.get(d) is not None}
        standing = self._standing(customers, touched)
        growths, hindered = unite(standing, changes, RULES)
        self.ways += ["unite"] * len(growths)
        for growth in growths:
            self._grow(growth, changes)
        leftover = {digest for group in hindered for digest in self._contest(group)}
        if leftover:
            self._refold(leftover)

    def _contest(self, group: Group) -> set[bytes]:
        changed = {change.link.digest for change in group.changes}
        landed = [
            Link(
                digest,
                self.links[digest].first_at,
                tuple(m for m in self.links[digest].members if m.digest not in self.lost[digest]),
            )
            for digest, place in self.places.items()
            if place.customer in group.standing.customers and digest not in changed
        ]
        growths = append(group, max((link.first_at for link in landed), default=None), RULES)
        way = "append"
        if growths is None:
            growths = regrow(group, landed, RULES)
            way = "refold" if growths is None else "regrow"
        self.ways.append(way)
        if growths is None:
            return {m.digest for change in group.changes for m in change.link.members}
        for growth in growths:
            self._grow(growth, group.changes)
        return set()

    def _standing(self, customers: Iterable[int | None], touched: set[bytes]) -> Standing:
        owned = {
            customer: [Member(d, self.kinds[d]) for d, who in self.owner.items() if who == customer]
            for customer in customers
            if customer is not None
        }
        named = touched.union(m.digest for members in owned.values() for m in members)
        rulings = [
            ruling
            for ruling in self.rulings
            if not named.isdisjoint(frozenset().union(*ruling.together, *(ruling.apart or ())))
        ]
        return Standing(owned, rulings)

    def _grow(self, growth: Growth, changes: Iterable[Change]) -> None:
        number = min(growth.customers, default=None)
        if number is None:
            number = self.numbered = self.numbered + 1
        for digest, customer in self.owner.items():
            if customer in growth.customers:
                self.owner[digest] = number
        for digest, place in self.places.items():
            if place.customer in growth.customers:
                self.places[digest] = Place(number, place.origin)
        members = {m.digest: m.kind for change in changes for m in change.link.members}
        self.kinds.update(members)
        for digest in members:
            self.owner.setdefault(digest, None)
        for digest in growth.joining:
            self.owner[digest] = number
        for digest, landing in growth.landings.items():
            self.places.setdefault(digest, Place(number, number))
            self.lost[digest] = frozenset(refusal.digest for refusal in landing)

    def _refold(self, seeds: Iterable[bytes]) -> None:
        members, digests = set(seeds), set[bytes]()
        while True:
            before = len(members) + len(digests)
            for digest, link in self.links.items():
                if any(m.digest in members for m in link.members):
                    digests.add(digest)
                    members.update(m.digest for m in link.members)
            for ruling in self.rulings:
                named = frozenset().union(*ruling.together, *(ruling.apart or ()))
                if not named.isdisjoint(members):
                    members |= named
            if len(members) + len(digests) == before:
                break
        links = [self.links[digest] for digest in digests]
        self.kinds.update({m.digest: m.kind for link in links for m in link.members})
        places = {digest: self.places[digest] for digest in digests if digest in self.places}
        living = {place.customer for place in self.places.values()}
        gone = frozenset(place.origin for place in places.values()) - living
        known = [Member(d, self.kinds[d]) for d in members]
        closure = Closure(known, links, self.rulings, places, gone)
        before_fold = {digest: self.owner.get(digest) for digest in members}
        for digest in before_fold:
            self.owner[digest] = None
        for settled in refold(closure, (), RULES):
            self._settle(settled)

    def _settle(self, settled: Settled) -> None:
        number = settled.customer
        if number is None:
            number = self.numbered = self.numbered + 1
        for digest in settled.identifiers:
            self.owner[digest] = number
        for digest, landing in settled.landings.items():
            origin = self.places[digest].origin if digest in self.places else number
            self.places[digest] = Place(number, origin)
            self.lost[digest] = frozenset(refusal.digest for refusal in landing)


def folded_at_once(book: Book) -> Partition:
    known = [Member(digest, kind) for digest, kind in book.kinds.items()]
    folding = fold(list(book.links.values()), book.rulings, RULES, known)
    landed: dict[bytes, set[bytes]] = {}
    for link in book.links.values():
        landed.setdefault(folding.components.find(link.members[0].digest), set()).add(link.digest)
    return {
        (frozenset(folding.components.members(root)), frozenset(links))
        for root, links in landed.items()
    }
