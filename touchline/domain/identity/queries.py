"""Reads of who is known by what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    wanted = list(customer_ids)
    if not wanted:
        return {}
    condition, params = in_list("customer_id", wanted)
    rows = await fetch(f"SELECT customer_id, kind, value FROM identifier WHERE {condition}", params)
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found


async def absorbed_by(customer_ids: Iterable[int]) -> set[int]:
    """The customers that were merged into one of these, straight, and still are part of it."""
    condition, params = in_list("survivor_id", customer_ids)
    rows = await fetch(
        f"SELECT DISTINCT absorbed_id FROM identity_merge WHERE undone_at IS NULL AND {condition}",
        params,
    )
    return {row[0] for row in rows}


async def find_customer(kind: str, value: str) -> int | None:
    """The customer known by an identifier, however it is spelt; None when nobody is."""
    try:
        name = normalise_kind(kind)
        digest = identifier_digest(Identifier(name, normalise(name, value)))
    except UnusableIdentifier:
        return None
    row = await fetch_one("SELECT customer_id FROM identifier WHERE digest = ?", (digest,))
    return row[0] if row else None
