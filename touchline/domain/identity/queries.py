"""Reads of who is known by what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson

from touchline.domain.identity.digests import Identifier, identifier_digest
from touchline.domain.identity.normalising import UnusableIdentifier, normalise, normalise_kind
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch, fetch_one
from touchline.domain.kernel.rows import in_list


@dataclass(frozen=True, slots=True)
class KnownIdentifier:
    """An identifier of a customer, and over which time it was seen."""

    kind: str
    value: str
    first_seen_at: Moment
    last_seen_at: Moment


@dataclass(frozen=True, slots=True)
class PastMerge:
    """A customer that became part of another, and by what it was known then."""

    id: int
    survivor_id: int
    absorbed_id: int
    merged_at: Moment
    reason: str | None
    automatic: bool
    actor_name: str | None
    identifiers: tuple[Identifier, ...]


async def identifiers_of(customer_ids: Iterable[int]) -> Mapping[int, list[KnownIdentifier]]:
    """The identifiers of customers, by kind and value."""
    condition, params = in_list("customer_id", customer_ids)
    rows = await fetch(
        "SELECT customer_id, kind, value, first_seen_at, last_seen_at FROM identifier"
        f" WHERE {condition} ORDER BY kind, value",
        params,
    )
    found: dict[int, list[KnownIdentifier]] = {}
    for row in rows:
        known = KnownIdentifier(row[1], row[2], row[3], row[4])
        found.setdefault(row[0], []).append(known)
    return found


async def names_of(customer_ids: Iterable[int]) -> Mapping[int, list[tuple[str, str]]]:
    """Kind and value of the identifiers of customers."""
    condition, params = in_list("customer_id", customer_ids)
    rows = await fetch(f"SELECT customer_id, kind, value FROM identifier WHERE {condition}", params)
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found


async def merges_into(customer_ids: Iterable[int]) -> Mapping[int, list[PastMerge]]:
    """The merges that made customers what they are, oldest first; undone ones are not told."""
    condition, params = in_list("survivor_id", customer_ids)
    rows = await fetch(
        "SELECT id, survivor_id, absorbed_id, merged_at, reason, automatic, actor_name,"
        f" absorbed_side FROM identity_merge WHERE undone_at IS NULL AND {condition} ORDER BY id",
        params,
    )
    sides = {row["id"]: orjson.loads(row["absorbed_side"]) for row in rows}
    names = await _names({one for side in sides.values() for one in side})
    found: dict[int, list[PastMerge]] = {}
    for row in rows:
        merge = PastMerge(
            *(row["id"], row["survivor_id"], row["absorbed_id"], row["merged_at"]),
            *(row["reason"], bool(row["automatic"]), row["actor_name"]),
            tuple(sorted(names[one] for one in sides[row["id"]])),
        )
        found.setdefault(row["survivor_id"], []).append(merge)
    return found


async def find_customer(kind: str, value: str) -> int | None:
    """The customer known by an identifier, however it is spelt; None when nobody is."""
    try:
        name = normalise_kind(kind)
        digest = identifier_digest(Identifier(name, normalise(name, value)))
    except UnusableIdentifier:
        return None
    row = await fetch_one("SELECT customer_id FROM identifier WHERE digest = ?", (digest,))
    return row[0] if row else None


async def _names(identifiers: Iterable[int]) -> dict[int, Identifier]:
    condition, params = in_list("id", identifiers)
    rows = await fetch(f"SELECT id, kind, value FROM identifier WHERE {condition}", params)
    return {row[0]: Identifier(row[1], row[2]) for row in rows}
