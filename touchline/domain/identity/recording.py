"""Writes of identity, each one statement for many rows, in the transaction of the caller."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from touchline.domain.identity.digests import Identifier
from touchline.domain.identity.folding import Landing, Link
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import execute
from touchline.domain.kernel.rows import in_list, insert_rows, values_table

Span = tuple[Moment, Moment]


@dataclass(frozen=True, slots=True)
class Sighting:
    """An identifier in a batch, and the first and last moment it was seen there."""

    identifier: Identifier
    first: Moment
    last: Moment


@dataclass(frozen=True, slots=True)
class Merge:
    """Two customers that stood are one now; the sides are ids of the identifiers they had."""

    survivor: int
    absorbed: int
    survivor_side: Sequence[int]
    absorbed_side: Sequence[int]
    reason: str | None
    actor_name: str | None = None
    decision: int | None = None


async def insert_identifiers(
    sightings: Mapping[bytes, Sighting], owners: Mapping[bytes, int]
) -> dict[bytes, int]:
    """Store identifiers that are new; those without an owner are loose. Returns their ids."""
    rows = await insert_rows(
        "identifier",
        ["customer_id", "kind", "value", "digest", "first_seen_at", "last_seen_at"],
        [
            (owners.get(digest), *seen.identifier, digest, seen.first, seen.last)
            for digest, seen in sightings.items()
        ],
        returning="digest, id",
    )
    return {row[0]: row[1] for row in rows}


async def insert_links(
    links: Iterable[tuple[Link, int, Landing]], identifiers: Mapping[bytes, int]
) -> dict[bytes, int]:
    """Store links that are new, each on its customer, with what each lost. Returns their ids."""
    new = list(links)
    rows = await insert_rows(
        "identity_link",
        ["customer_id", "origin_id", "digest", "first_at", "refused"],
        [
            (customer, customer, link.digest, link.first_at, bool(landing))
            for link, customer, landing in new
        ],
        returning="digest, id",
    )
    ids = {row[0]: row[1] for row in rows}
    members = []
    for link, _, landing in new:
        lost = {refusal.digest for refusal in landing}
        members += [
            (ids[link.digest], identifiers[member.digest], member.digest in lost)
            for member in link.members
        ]
    await insert_rows("identity_link_member", ["link_id", "identifier_id", "dropped"], members)
    return ids


async def own(owners: Mapping[int, int | None]) -> None:
    """Give identifiers to customers, or to nobody."""
    await _set("identifier", "customer_id", "bigint", owners)


async def move_links(places: Mapping[int, int]) -> None:
    """Let links stand on other customers, by id."""
    await _set("identity_link", "customer_id", "bigint", places)


async def move_back(firsts: Mapping[int, Moment]) -> None:
    """Links turned out to have been seen earlier than known."""
    await _set("identity_link", "first_at", "bigint", firsts)


async def give_all(heirs: Mapping[int, int]) -> None:
    """Give all identifiers and links of some customers to others."""
    if not heirs:
        return
    item, params = values_table("v", [("old", "bigint"), ("heir", "bigint")], list(heirs.items()))
    for table in ("identifier", "identity_link"):
        await execute(
            f"WITH {item} UPDATE {table} SET customer_id = v.heir FROM v"
            f" WHERE {table}.customer_id = v.old",
            params,
        )


async def set_lost(lost: Mapping[int, Sequence[int]]) -> None:
    """Say anew which members some links could not bring along: ids of identifiers, by link."""
    if not lost:
        return
    condition, params = in_list("link_id", lost)
    await execute(f"UPDATE identity_link_member SET dropped = FALSE WHERE {condition}", params)
    rows = [(link, identifier) for link, dropped in lost.items() for identifier in dropped]
    if rows:
        item, params = values_table("v", [("link", "bigint"), ("one", "bigint")], rows)
        await execute(
            f"WITH {item} UPDATE identity_link_member SET dropped = TRUE FROM v"
            " WHERE link_id = v.link AND identifier_id = v.one",
            params,
        )
    flags = {link: bool(dropped) for link, dropped in lost.items()}
    await _set("identity_link", "refused", "bool", flags)


async def see_again(spans: Mapping[bytes, Span]) -> None:
    """Widen the time over which identifiers were seen."""
    if not spans:
        return
    columns = [("digest", "bytea"), ("first", "bigint"), ("last", "bigint")]
    item, params = values_table("v", columns, [(one, *span) for one, span in spans.items()])
    await execute(
        f"WITH {item} UPDATE identifier SET"
        " first_seen_at = CASE WHEN v.first < first_seen_at THEN v.first ELSE first_seen_at END,"
        " last_seen_at = CASE WHEN v.last > last_seen_at THEN v.last ELSE last_seen_at END"
        " FROM v WHERE identifier.digest = v.digest"
        " AND (v.first < first_seen_at OR v.last > last_seen_at)",
        params,
    )


async def note_merges(merges: Sequence[Merge]) -> list[int]:
    """Remember that customers became one. Returns the ids of the records."""
    moment = now()
    rows = await insert_rows(
        "identity_merge",
        [
            *("survivor_id", "absorbed_id", "merged_at", "automatic", "reason", "actor_name"),
            *("decision_id", "survivor_side", "absorbed_side"),
        ],
        [
            (
                *(merge.survivor, merge.absorbed, moment, merge.decision is None, merge.reason),
                *(merge.actor_name, merge.decision),
                orjson.dumps(sorted(merge.survivor_side)).decode(),
                orjson.dumps(sorted(merge.absorbed_side)).decode(),
            )
            for merge in merges
        ],
        returning="id",
    )
    return [row[0] for row in rows]


async def note_parted(customers: Iterable[int]) -> None:
    """Customers that had been absorbed stand for themselves again."""
    condition, params = in_list("absorbed_id", customers)
    await execute(
        f"UPDATE identity_merge SET undone_at = ? WHERE undone_at IS NULL AND {condition}",
        [now(), *params],
    )


async def note_undone(merge_id: int) -> None:
    """A merge was taken back."""
    await execute(
        "UPDATE identity_merge SET undone_at = ? WHERE undone_at IS NULL AND id = ?",
        (now(), merge_id),
    )


async def insert_decision(
    kind: str, actor_name: str, reason: str | None, sides: tuple[Iterable[int], Iterable[int]]
) -> int:
    """Store a decision over two sides of identifier ids. Returns its id."""
    rows = await insert_rows(
        "identity_decision",
        ["kind", "decided_at", "actor_name", "reason"],
        [(kind, now(), actor_name, reason)],
        returning="id",
    )
    decision: int = rows[0][0]
    await insert_rows(
        "identity_decision_member",
        ["decision_id", "identifier_id", "side"],
        [(decision, one, side) for side, members in enumerate(sides) for one in members],
    )
    return decision


async def revoke_decisions(decisions: Iterable[int]) -> None:
    """Let decisions hold no longer."""
    condition, params = in_list("id", decisions)
    await execute(
        f"UPDATE identity_decision SET revoked_at = ? WHERE revoked_at IS NULL AND {condition}",
        [now(), *params],
    )


async def _set(table: str, column: str, kind: str, values: Mapping[int, object]) -> None:
    """Set one column of rows, by id; `kind` is its PostgreSQL type."""
    if not values:
        return
    columns = [("id", "bigint"), ("value", kind)]
    item, params = values_table("v", columns, list(values.items()))
    await execute(
        f"WITH {item} UPDATE {table} SET {column} = v.value FROM v WHERE {table}.id = v.id", params
    )
