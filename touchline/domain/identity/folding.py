"""The one definition of identity: a fold over links in the order they happened.

A **link** is a set of identifiers seen together on at least one touchpoint. Links are folded in
the order of their first touchpoint (then of their digest), never in the order of arrival, so the
outcome is a function of the set of touchpoints and of the human decisions alone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from touchline.domain.identity.components import Components, Member, Obstacle
from touchline.domain.identity.rules import DEFAULT_RULES, Rules


@dataclass(frozen=True, slots=True)
class Link:
    """Identifiers seen together, strongest first; `first_at` is their earliest moment (ms)."""

    digest: bytes
    first_at: int
    members: tuple[Member, ...]

    @property
    def position(self) -> tuple[int, bytes]:
        """Where the link stands in the fold."""
        return (self.first_at, self.digest)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A human decision over identifiers; a later one (`order`) outranks an earlier one.

    Each set of `together` is one customer whatever the rules say; no customer may hold
    identifiers of both sides of `apart`.
    """

    order: int
    together: tuple[frozenset[bytes], ...] = ()
    apart: tuple[frozenset[bytes], frozenset[bytes]] | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A member that its link could not bring along, and why."""

    digest: bytes
    obstacle: Obstacle


Landing = tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Folding:
    """Where the fold ended: the sets of identifiers, and per link (by digest) what it lost."""

    components: Components
    landings: dict[bytes, Landing]


def strongest_first(members: Iterable[Member], rules: Rules = DEFAULT_RULES) -> tuple[Member, ...]:
    """Members in the order in which they decide: by priority, then by kind and digest."""
    return tuple(sorted(set(members), key=lambda m: (-rules.of(m.kind).priority, m.kind, m.digest)))


def fold(
    links: Collection[Link],
    rulings: Iterable[Ruling] = (),
    rules: Rules = DEFAULT_RULES,
    known: Iterable[Member] = (),
) -> Folding:
    """Fold links, in the order they happened, into the sets of identifiers that are customers.

    `known` are identifiers that take part although none of these links carries them. Others that
    a ruling names are ignored.
    """
    components = Components(rules)
    for member in known:
        components.add(member)
    for link in links:
        for member in link.members:
            components.add(member)
    _apply(components, rulings)
    landings = {}
    for link in sorted(links, key=lambda each: each.position):
        landings[link.digest] = land(components, link.members)
    return Folding(components, landings)


def land(components: Components, members: tuple[Member, ...]) -> Landing:
    """Let one link join what its members belong to, and tell which members it lost.

    The strongest member says where the link goes; each next one comes along unless an obstacle
    stands between, so that no more is lost than must be.
    """
    head, *others = members
    refusals = []
    for member in others:
        if components.find(head.digest) == components.find(member.digest):
            continue
        obstacle = components.obstacle(head.digest, member.digest)
        if obstacle is None:
            components.join(head.digest, member.digest)
        else:
            refusals.append(Refusal(member.digest, obstacle))
    return tuple(refusals)


def _apply(components: Components, rulings: Iterable[Ruling]) -> None:
    for ruling in sorted(rulings, key=lambda each: each.order, reverse=True):
        for side in ruling.together:
            _bring_together(components, side)
        if ruling.apart is not None:
            components.keep_apart(ruling.order, ruling.apart)


def _bring_together(components: Components, side: frozenset[bytes]) -> None:
    groups: list[bytes] = []
    for digest in sorted(digest for digest in side if digest in components):
        for group in groups:
            if not components.kept_apart(group, digest):
                components.join(group, digest)
                break
        else:
            groups.append(digest)
