"""What the tables of identity say, in a form that compares with a fold from nothing."""

from collections.abc import Iterable

from touchline.domain.identity.components import Member
from touchline.domain.identity.digests import Identifier, identifier_digest, link_digest
from touchline.domain.identity.folding import Link, Ruling, fold, strongest_first
from touchline.domain.identity.rulings import DecisionKind, ruling_of
from touchline.domain.kernel.db import execute, fetch, in_transaction

Event = tuple[frozenset[Identifier], int]
People = set[tuple[frozenset[Identifier], frozenset[frozenset[Identifier]]]]

TABLES = (
    *("identifier", "identity_link", "identity_link_member", "identity_merge"),
    *("identity_decision", "identity_decision_member", "customer", "touchpoint"),
    *("trait", "trait_assertion", "account", "account_membership"),
)


async def empty() -> None:
    """Forget everybody."""

    async def clear() -> None:
        for table in TABLES:
            await execute(f"DELETE FROM {table}")

    await in_transaction(clear)


async def people() -> People:
    """Each stored customer: its identifiers, and the sets of identifiers of its links."""
    rows = await fetch(
        "SELECT l.customer_id AS customer, l.id AS link, i.kind, i.value FROM identity_link l"
        " JOIN identity_link_member m ON m.link_id = l.id JOIN identifier i"
        " ON i.id = m.identifier_id"
    )
    links: dict[tuple[int, int], set[Identifier]] = {}
    for row in rows:
        carried = links.setdefault((row["customer"], row["link"]), set())
        carried.add(Identifier(row["kind"], row["value"]))
    owned: dict[int, set[Identifier]] = {}
    for row in await fetch("SELECT customer_id, kind, value FROM identifier"):
        if row["customer_id"] is not None:
            owned.setdefault(row["customer_id"], set()).add(Identifier(row["kind"], row["value"]))
    landed: dict[int, set[frozenset[Identifier]]] = {}
    for (customer, _), carried in links.items():
        landed.setdefault(customer, set()).add(frozenset(carried))
    assert landed.keys() == owned.keys()
    return {(frozenset(owned[one]), frozenset(landed[one])) for one in owned}


async def rulings() -> list[Ruling]:
    """The decisions that hold, as the fold applies them."""
    rows = await fetch(
        "SELECT d.id, d.kind, m.side, i.digest FROM identity_decision d"
        " JOIN identity_decision_member m ON m.decision_id = d.id"
        " JOIN identifier i ON i.id = m.identifier_id WHERE d.revoked_at IS NULL"
    )
    sides: dict[tuple[int, str], tuple[set[bytes], set[bytes]]] = {}
    for row in rows:
        sides.setdefault((row[0], row[1]), (set(), set()))[row[2]].add(row[3])
    return [
        ruling_of(decision, DecisionKind(kind), frozenset(one), frozenset(other))
        for (decision, kind), (one, other) in sides.items()
    ]


def folded(events: Iterable[Event], decisions: Iterable[Ruling] = ()) -> People:
    """The customers that the definition of identity gives for the events."""
    names: dict[bytes, Identifier] = {}
    links: dict[bytes, Link] = {}
    for carried, moment in events:
        digests = {identifier_digest(one): one for one in carried}
        names |= digests
        digest = link_digest(digests)
        members = strongest_first(Member(d, one.kind) for d, one in digests.items())
        first = min(moment, links[digest].first_at) if digest in links else moment
        links[digest] = Link(digest, first, members)
    folding = fold(list(links.values()), decisions)
    landed: dict[bytes, set[frozenset[Identifier]]] = {}
    for link in links.values():
        root = folding.components.find(link.members[0].digest)
        landed.setdefault(root, set()).add(frozenset(names[m.digest] for m in link.members))
    return {
        (frozenset(names[one] for one in folding.components.members(root)), frozenset(carried))
        for root, carried in landed.items()
    }
