"""What a person decides about customers: written as a ruling, then folded like everything else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson

from touchline.domain.customers import naming, profiles
from touchline.domain.customers.queries import present_id, traits_of
from touchline.domain.identity import loading, queries, recording
from touchline.domain.identity.errors import IdentityCode
from touchline.domain.identity.loading import StoredIdentifier
from touchline.domain.identity.refolding import Wish
from touchline.domain.identity.rulings import PARTING, DecisionKind
from touchline.domain.identity.settling import Cause, settle
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.db import execute, fetch, fetch_one
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import in_list

MAX_REASON = 500

Side = dict[bytes, StoredIdentifier]


@dataclass(frozen=True, slots=True)
class StoredMerge:
    """A merge as it was recorded, with both sides as they are owned today."""

    id: int
    survivor: int
    absorbed: int
    decision: int | None
    entry: int | None
    survivor_side: Side
    absorbed_side: Side


async def present(customer_id: int, field: str) -> int:
    """The customer that this id stands for today; refuses when there is none."""
    found = await present_id(customer_id)
    if found is None:
        message = "There is no such customer."
        raise Refused(IdentityCode.CUSTOMER_NOT_FOUND, message, (field,))
    return found


async def two_present(one: tuple[int, str], other: tuple[int, str]) -> tuple[int, int]:
    """Two customers by id and name of the field; refuses when they are the same."""
    pair = await present(*one), await present(*other)
    if pair[0] == pair[1]:
        message = "Both ids stand for the same customer."
        raise Refused(IdentityCode.SAME_CUSTOMER, message, (other[1],))
    return pair


async def side_of(customer_id: int) -> Side:
    return await loading.identifiers_of_customers([customer_id])


async def rule(
    actor: Actor, kind: DecisionKind, sides: tuple[Side, Side], reason: str | None
) -> int:
    """Write a decision over two sides; it outranks every earlier one. Returns its id."""
    ids = ([one.id for one in sides[0].values()], [one.id for one in sides[1].values()])
    return await recording.insert_decision(kind, actor.name, reason, ids)


async def carry_out(sides: Iterable[Side], cause: Cause, wishes: Sequence[Wish] = ()) -> None:
    """Fold all that the sides hang together with, as the decisions that hold now demand."""
    identifiers = [one.id for side in sides for one in side.values()]
    settlement = await settle(identifiers, cause, wishes=wishes)
    await profiles.recompute((), identifiers=await queries.names_of(settlement.changed))


def wish(customer_id: int, side: Side) -> Wish:
    return Wish(customer_id, frozenset(side))


async def owners_of(side: Side) -> list[int]:
    """The customers that own identifiers of a side today, oldest first."""
    today = await loading.identifiers_by_digest(side)
    return sorted({one.customer for one in today.values() if one.customer is not None})


async def merge_of(merge_id: int) -> StoredMerge:
    """A merge that still holds; refuses when there is none or it was undone."""
    row = await fetch_one("SELECT * FROM identity_merge WHERE id = ?", (merge_id,))
    if row is None:
        raise Refused(IdentityCode.MERGE_NOT_FOUND, "There is no such merge.", ("mergeId",))
    if row["undone_at"] is not None:
        message = "This merge was undone already."
        raise Refused(IdentityCode.ALREADY_UNMERGED, message, ("mergeId",))
    return StoredMerge(
        id=row["id"],
        survivor=row["survivor_id"],
        absorbed=row["absorbed_id"],
        decision=row["decision_id"],
        entry=row["entry_id"],
        survivor_side=await loading.identifiers_by_id(orjson.loads(row["survivor_side"])),
        absorbed_side=await loading.identifiers_by_id(orjson.loads(row["absorbed_side"])),
    )


async def joined_later(merge: StoredMerge) -> Side:
    """What came to the survivor by merges after this one, and so stays with it."""
    rows = await fetch(
        "SELECT survivor_side, absorbed_side FROM identity_merge WHERE undone_at IS NULL"
        " AND id > ? AND (survivor_id = ? OR absorbed_id = ?)",
        (merge.id, merge.survivor, merge.survivor),
    )
    ids = {
        one
        for row in rows
        for side in ("survivor_side", "absorbed_side")
        for one in orjson.loads(row[side])
    }
    later = await loading.identifiers_by_id(ids)
    return {digest: one for digest, one in later.items() if digest not in merge.absorbed_side}


async def bind_entry(decision: int, entry_id: int) -> int | None:
    """Bind the timeline's entry to the merge that a decision made. Returns the merge's id."""
    await execute(
        "UPDATE identity_merge SET entry_id = ? WHERE decision_id = ?", (entry_id, decision)
    )
    row = await fetch_one(
        "SELECT id FROM identity_merge WHERE decision_id = ? ORDER BY id LIMIT 1", (decision,)
    )
    return row["id"] if row else None


async def overlap(one: Side, other: Side) -> bool:
    """Whether any customer owns identifiers of both sides today."""
    return not set(await owners_of(one)).isdisjoint(await owners_of(other))


async def called(customer_id: int) -> tuple[str, list[tuple[str, str]]]:
    """How people call a customer, and all it is known by."""
    known = (await queries.names_of([customer_id])).get(customer_id, [])
    traits = (await traits_of([customer_id])).get(customer_id, {})
    return naming.display_name(traits, naming.known_as(known)), sorted(known)


def check_reason(reason: str | None) -> None:
    """Refuse a reason that cannot be kept."""
    if reason is not None and (len(reason) > MAX_REASON or not reason.strip() or "\x00" in reason):
        message = f"A reason needs 1 to {MAX_REASON} characters, none of them NUL."
        raise Refused(IdentityCode.REASON_INVALID, message, ("reason",))


async def parting_decisions(one: Side, other: Side) -> list[int]:
    """The decisions that keep any of one side apart from any of the other."""
    condition, params = in_list("m.identifier_id", [each.id for each in one.values()])
    facing, more = in_list("o.identifier_id", [each.id for each in other.values()])
    rows = await fetch(
        "SELECT DISTINCT d.id, d.kind FROM identity_decision d"
        " JOIN identity_decision_member m ON m.decision_id = d.id"
        " JOIN identity_decision_member o ON o.decision_id = d.id AND o.side <> m.side"
        f" WHERE d.revoked_at IS NULL AND {condition} AND {facing}",
        [*params, *more],
    )
    return [row["id"] for row in rows if DecisionKind(row["kind"]) in PARTING]
