"""Fold new links into the customers that stand, without folding everything again.

Four ways, each exact, each tried where the one before it does not apply. They rest on this: an
obstacle between two sets of identifiers stays one when either set grows.

1. `unite`: nothing stands in the way of joining all that a link touches. Then no order of the
   links of those customers meets an obstacle, so the link simply joins.
2. `append`: the link is later than all that landed on the customers it touches. They are now what
   they were at its place in the fold, and what follows there does not touch them.
3. `regrow`: fold again only the links that landed on the touched customers. If each of them
   keeps what it had, sets of identifiers have only grown, at every position of the fold, so all
   that was refused elsewhere is refused still.
4. Otherwise the whole closure is folded again (see `refolding`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from touchline.domain.identity.components import Components, Member
from touchline.domain.identity.folding import Folding, Landing, Link, Ruling, fold, land
from touchline.domain.identity.rules import DEFAULT_RULES, Rules


@dataclass(frozen=True, slots=True)
class Change:
    """A link that is new, or whose first moment went back after it had lost members (`lost`)."""

    link: Link
    lost: frozenset[bytes] | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the changes touch: whole customers with all they own, and the rulings over that."""

    customers: Mapping[int, Collection[Member]]
    rulings: Sequence[Ruling] = ()


@dataclass(frozen=True, slots=True)
class Growth:
    """One customer to be: those it is made of (none: a new one), what joins, what lands on it."""

    customers: frozenset[int]
    joining: tuple[bytes, ...]
    landings: Mapping[bytes, Landing]


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that touch each other, with all the customers they touch."""

    changes: tuple[Change, ...]
    standing: Standing


def unite(
    standing: Standing, changes: Sequence[Change], rules: Rules = DEFAULT_RULES
) -> tuple[list[Growth], list[Group]]:
    """Join what the changes touch wherever nothing stands in the way; the rest comes back grouped.

    A loose identifier (known, owned by nobody) that a ruling speaks of may have companions which
    are not in sight here; its group comes back too.
    """
    components = _welded(standing, changes, rules)
    landings = {change.link.digest: land(components, change.link.members) for change in changes}
    hindered = {digest for digest, landing in landings.items() if landing}
    hindered |= _ruled_loose(standing, changes)
    if not hindered:
        return _growths(components, standing, changes, landings), []
    groups = _groups(standing, changes, rules)
    free = [group for group in groups if not _touches(group, hindered)]
    growths = [
        growth
        for group in free
        for growth in _growths(components, group.standing, group.changes, landings)
    ]
    return growths, [group for group in groups if _touches(group, hindered)]


def append(group: Group, latest: int | None, rules: Rules = DEFAULT_RULES) -> list[Growth] | None:
    """Land a group's changes, in their order, behind everything; None when that is not their place.

    `latest` is the moment of the last link that stands on any of the group's customers.
    """
    late = latest is not None and any(each.link.first_at <= latest for each in group.changes)
    moved = any(change.lost is not None for change in group.changes)
    if late or moved or _ruled_loose(group.standing, group.changes):
        return None
    components = _welded(group.standing, group.changes, rules)
    links = sorted((change.link for change in group.changes), key=lambda each: each.position)
    landings = {link.digest: land(components, link.members) for link in links}
    return _growths(components, group.standing, group.changes, landings)


def regrow(
    group: Group, landed: Iterable[Link], rules: Rules = DEFAULT_RULES
) -> list[Growth] | None:
    """Fold a group in its own small world; None when a link in it would land otherwise than before.

    `landed` are the links that stand on the group's customers, without the changed ones, each
    with only the members it brought along.
    """
    if _ruled_loose(group.standing, group.changes):
        return None
    landed = list(landed)
    changed = [change.link for change in group.changes]
    known = [member for owned in group.standing.customers.values() for member in owned]
    folding = fold([*landed, *changed], group.standing.rulings, rules, known)
    if not _only_grown(folding, landed, group.changes):
        return None
    return _growths(folding.components, group.standing, group.changes, folding.landings)


def _welded(standing: Standing, changes: Iterable[Change], rules: Rules) -> Components:
    components = Components(rules)
    for owned in standing.customers.values():
        first, *others = owned
        components.add(first)
        for member in others:
            components.add(member)
            components.join(first.digest, member.digest)
    for change in changes:
        for member in change.link.members:
            components.add(member)
    for ruling in standing.rulings:
        if ruling.apart is not None:
            components.keep_apart(ruling.order, ruling.apart)
    return components


def _ruled_loose(standing: Standing, changes: Iterable[Change]) -> set[bytes]:
    bound = {digest for ruling in standing.rulings for side in ruling.together for digest in side}
    if not bound:
        return set()
    owned = {member.digest for members in standing.customers.values() for member in members}
    return {
        change.link.digest
        for change in changes
        if any(m.digest in bound and m.digest not in owned for m in change.link.members)
    }


def _groups(standing: Standing, changes: Sequence[Change], rules: Rules) -> list[Group]:
    touching = _welded(standing, changes, rules)
    for change in changes:
        for member in change.link.members:
            touching.join(change.link.members[0].digest, member.digest)
    grouped: dict[bytes, tuple[list[Change], dict[int, Collection[Member]]]] = {}
    for change in changes:
        root = touching.find(change.link.members[0].digest)
        grouped.setdefault(root, ([], {}))[0].append(change)
    for customer, owned in standing.customers.items():
        root = touching.find(next(iter(owned)).digest)
        if root in grouped:
            grouped[root][1][customer] = owned
    return [
        Group(tuple(together), Standing(customers, standing.rulings))
        for together, customers in grouped.values()
    ]


def _touches(group: Group, links: set[bytes]) -> bool:
    return any(change.link.digest in links for change in group.changes)


def _only_grown(folding: Folding, landed: Iterable[Link], changes: Iterable[Change]) -> bool:
    if any(folding.landings[link.digest] for link in landed):
        return False
    return all(
        change.lost is None
        or change.lost.issuperset(lost.digest for lost in folding.landings[change.link.digest])
        for change in changes
    )


def _growths(
    components: Components,
    standing: Standing,
    changes: Iterable[Change],
    landings: Mapping[bytes, Landing],
) -> list[Growth]:
    owned = {member.digest for members in standing.customers.values() for member in members}
    customers: dict[bytes, set[int]] = {}
    for customer, members in standing.customers.items():
        customers.setdefault(components.find(next(iter(members)).digest), set()).add(customer)
    joining: dict[bytes, dict[bytes, None]] = {}
    landed: dict[bytes, dict[bytes, Landing]] = {}
    for change in changes:
        root = components.find(change.link.members[0].digest)
        landing = landings[change.link.digest]
        landed.setdefault(root, {})[change.link.digest] = landing
        lost = {refusal.digest for refusal in landing}
        joining.setdefault(root, {}).update(
            dict.fromkeys(
                member.digest
                for member in change.link.members
                if member.digest not in owned and member.digest not in lost
            )
        )
    return [
        Growth(frozenset(customers.get(root, ())), tuple(joining[root]), landed[root])
        for root in landed
    ]
