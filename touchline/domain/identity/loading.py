"""Reads that folding needs. All of them run in the transaction of the caller."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from touchline.domain.identity.components import Member
from touchline.domain.identity.folding import Link, Ruling, strongest_first
from touchline.domain.identity.rulings import DecisionKind, ruling_of
from touchline.domain.kernel.db import Row, dialect, fetch
from touchline.domain.kernel.rows import in_list, values_table

_LOCK = 7_305_441_020_881
_PART = 20_000

_LINK = "digest, id, customer_id, origin_id, first_at, refused"
_IDENTIFIER = "digest, id, kind, customer_id"


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link as it stands in the database."""

    id: int
    customer: int
    origin: int
    first_at: int
    refused: bool


@dataclass(frozen=True, slots=True)
class StoredIdentifier:
    """An identifier as it stands in the database; loose when no customer owns it."""

    id: int
    kind: str
    customer: int | None


async def hold_identity() -> None:
    """Let one transaction at a time change who is who; SQLite has one writer anyhow."""
    if dialect() == "postgres":
        await fetch("SELECT pg_advisory_xact_lock(?)", (_LOCK,))


async def links_by_digest(digests: Iterable[bytes]) -> dict[bytes, StoredLink]:
    return _links(await _fetch_in(f"SELECT {_LINK} FROM identity_link", "digest", digests))


async def links_by_id(keys: Iterable[int]) -> dict[bytes, StoredLink]:
    return _links(await _fetch_in(f"SELECT {_LINK} FROM identity_link", "id", keys))


async def identifiers_by_digest(digests: Iterable[bytes]) -> dict[bytes, StoredIdentifier]:
    rows = await _fetch_in(f"SELECT {_IDENTIFIER} FROM identifier", "digest", digests)
    return _identifiers(rows)


async def identifiers_of_customers(customers: Iterable[int]) -> dict[bytes, StoredIdentifier]:
    rows = await _fetch_in(f"SELECT {_IDENTIFIER} FROM identifier", "customer_id", customers)
    return _identifiers(rows)


async def identifiers_by_id(keys: Iterable[int]) -> dict[bytes, StoredIdentifier]:
    return _identifiers(await _fetch_in(f"SELECT {_IDENTIFIER} FROM identifier", "id", keys))


async def lost_members(links: Iterable[int]) -> dict[bytes, frozenset[bytes]]:
    """What each of some links could not bring along, by the link's digest."""
    rows = await _fetch_in(
        "SELECT l.digest, i.digest FROM identity_link_member m"
        " JOIN identity_link l ON l.id = m.link_id JOIN identifier i ON i.id = m.identifier_id",
        "m.dropped AND m.link_id",
        links,
    )
    lost: dict[bytes, set[bytes]] = {}
    for row in rows:
        lost.setdefault(row[0], set()).add(row[1])
    return {link: frozenset(members) for link, members in lost.items()}


async def latest_landed(customers: Collection[int]) -> dict[int, int]:
    """The first moment of the last link that stands on each customer."""
    if not customers:
        return {}
    item, params = values_table("c", [("id", "bigint")], [(one,) for one in customers])
    rows = await fetch(
        f"WITH {item} SELECT c.id,"
        " (SELECT max(l.first_at) FROM identity_link l WHERE l.customer_id = c.id) FROM c",
        params,
    )
    return {row[0]: row[1] for row in rows}


async def landed_links(customers: Iterable[int]) -> dict[int, list[Link]]:
    """The links that stand on each customer, with only the members they brought along."""
    rows = await _fetch_in(
        "SELECT l.customer_id, l.digest, l.first_at, i.digest, i.kind FROM identity_link l"
        " JOIN identity_link_member m ON m.link_id = l.id AND NOT m.dropped"
        " JOIN identifier i ON i.id = m.identifier_id",
        "l.customer_id",
        customers,
    )
    members: dict[tuple[int, bytes, int], list[Member]] = {}
    for row in rows:
        members.setdefault((row[0], row[1], row[2]), []).append(Member(row[3], row[4]))
    landed: dict[int, list[Link]] = {}
    for (customer, digest, first_at), brought in members.items():
        landed.setdefault(customer, []).append(Link(digest, first_at, strongest_first(brought)))
    return landed


async def rulings_over(identifiers: Iterable[int]) -> list[Ruling]:
    """The decisions that hold and name any of the identifiers."""
    named = await _fetch_in(
        "SELECT DISTINCT m.decision_id FROM identity_decision_member m"
        " JOIN identity_decision d ON d.id = m.decision_id AND d.revoked_at IS NULL",
        "m.identifier_id",
        identifiers,
    )
    return await _rulings({row[0] for row in named})


@dataclass(frozen=True, slots=True)
class Reach:
    """All that hangs together with some identifiers, through links refused or not and rulings."""

    links: Mapping[bytes, StoredLink]
    members: Mapping[bytes, tuple[Member, ...]]
    lost: Mapping[bytes, frozenset[bytes]]
    identifiers: Mapping[bytes, StoredIdentifier]
    rulings: Collection[Ruling]
    gone: frozenset[int]


async def reach(identifiers: Iterable[int]) -> Reach:
    """Walk from identifiers over links and rulings to the end, a few statements per step."""
    known: set[int] = set()
    members: dict[int, dict[int, bool]] = {}
    decisions: set[int] = set()
    frontier = set(identifiers)
    while frontier:
        known |= frontier
        for row in await _fetch_in(_COMPANIONS, "m.identifier_id", frontier):
            members.setdefault(row[0], {})[row[1]] = bool(row[2])
        named = await _fetch_in(_NAMED_WITH, "m.identifier_id", frontier)
        decisions |= {row[0] for row in named}
        linked = {identifier for brought in members.values() for identifier in brought}
        frontier = (linked | {row[1] for row in named}) - known
    stored = await identifiers_by_id(known)
    links = await links_by_id(members)
    digests = {identifier.id: digest for digest, identifier in stored.items()}
    kinds = {identifier.id: identifier.kind for identifier in stored.values()}
    return Reach(
        links=links,
        members={
            digest: strongest_first(Member(digests[one], kinds[one]) for one in members[link.id])
            for digest, link in links.items()
        },
        lost={
            digest: frozenset(digests[one] for one, lost in members[link.id].items() if lost)
            for digest, link in links.items()
        },
        identifiers=stored,
        rulings=await _rulings(decisions),
        gone=await _gone({link.origin for link in links.values()}),
    )


_COMPANIONS = (
    "SELECT DISTINCT o.link_id, o.identifier_id, o.dropped FROM identity_link_member m"
    " JOIN identity_link_member o ON o.link_id = m.link_id"
)
_NAMED_WITH = (
    "SELECT DISTINCT o.decision_id, o.identifier_id FROM identity_decision_member m"
    " JOIN identity_decision d ON d.id = m.decision_id AND d.revoked_at IS NULL"
    " JOIN identity_decision_member o ON o.decision_id = m.decision_id"
)


async def _rulings(decisions: Collection[int]) -> list[Ruling]:
    rows = await _fetch_in(
        "SELECT d.id, d.kind, m.side, i.digest FROM identity_decision d"
        " JOIN identity_decision_member m ON m.decision_id = d.id"
        " JOIN identifier i ON i.id = m.identifier_id",
        "d.id",
        decisions,
    )
    sides: dict[tuple[int, str], tuple[set[bytes], set[bytes]]] = {}
    for row in rows:
        sides.setdefault((row[0], row[1]), (set(), set()))[row[2]].add(row[3])
    return [
        ruling_of(decision, DecisionKind(kind), frozenset(one), frozenset(other))
        for (decision, kind), (one, other) in sides.items()
    ]


async def _gone(origins: Iterable[int]) -> frozenset[int]:
    """Those of the customers on which no link stands any more."""
    wanted = frozenset(origins)
    rows = await _fetch_in("SELECT DISTINCT customer_id FROM identity_link", "customer_id", wanted)
    return wanted - {row[0] for row in rows}


def _links(rows: Iterable[Row]) -> dict[bytes, StoredLink]:
    return {row[0]: StoredLink(row[1], row[2], row[3], row[4], bool(row[5])) for row in rows}


def _identifiers(rows: Iterable[Row]) -> dict[bytes, StoredIdentifier]:
    return {row[0]: StoredIdentifier(row[1], row[2], row[3]) for row in rows}


async def _fetch_in(sql: str, column: str, values: Iterable[int] | Iterable[bytes]) -> list[Row]:
    """Rows of a statement where a column is among values, in parts that an engine can bind."""
    found: list[Row] = []
    rest = iter(values)
    while part := list(islice(rest, _PART)):
        condition, params = in_list(column, part)
        found += await fetch(f"{sql} WHERE {condition}", params)
    return found
