"""Keeps what stands of stages (``customer_stage``) true to conditions and to persons' words.

A person's word outranks every condition; the last said counts, whichever side of a merge it was
said of. Without one a customer is in the last stage whose condition holds.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from touchline.domain.conditions.queries import ask_each
from touchline.domain.customers.queries import members_of
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import add_later, in_list, insert_later, parts
from touchline.domain.kernel.turns import Turn, take_turns
from touchline.domain.stages.events import STAGES_CHANGED
from touchline.domain.stages.queries import Stage, all_stages
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import mark, set_wakes

OWNER = "stages"
"""Who asks to be woken when time changes a stage."""
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a customer stands, and by whose word if by a person's."""

    stage_id: int
    actor_name: str | None = None
    reason: str | None = None


async def place_all(customer_ids: Iterable[int], at: Moment) -> int:
    """Place many customers anew, some at a time; returns how many moved."""
    wanted = sorted(customer_ids)
    moved = 0
    for some in parts(wanted, _AT_ONCE):
        moved += await place(some, at)
    return moved


async def place(customer_ids: Collection[int], at: Moment) -> int:
    """Place customers anew, in the transaction of the caller; returns how many moved.

    Those that do not stand are taken out of every stage.
    """
    wanted = sorted(set(customer_ids))
    if not wanted:
        return 0
    await take_turns(Turn.STAGES, wanted)
    members = await members_of(wanted)
    stages = await all_stages()
    places, due = await _by_conditions(stages, sorted(members), at)
    places |= await _by_words(members, {stage.id for stage in stages})
    moved = await _store(wanted, places, at)
    set_wakes(OWNER, due)
    return moved


async def _by_conditions(
    stages: Iterable[Stage], customers: Collection[int], at: Moment
) -> tuple[dict[int, Place], dict[int, Moment]]:
    """Where conditions place customers, and until when that is true."""
    found: dict[int, Place] = {}
    due: dict[int, Moment] = {}
    asked = [(one.id, one.condition) for one in stages if one.condition is not None]
    answers = await ask_each([(condition, customers) for _, condition in asked], at)
    for (stage_id, _), answer in zip(asked, answers, strict=True):  # the later ones hold
        found.update(dict.fromkeys(answer.holds, Place(stage_id)))
        for customer, moment in answer.wakes.items():
            due[customer] = min(moment, due.get(customer, moment))
    return found, due


async def _by_words(members: Mapping[int, list[int]], known: set[int]) -> dict[int, Place]:
    owners = {member: root for root, found in members.items() for member in found}
    if not owners:
        return {}
    condition, params = in_list("customer_id", owners)
    rows = await fetch(
        "SELECT customer_id, stage_id, actor_name, reason FROM stage_word"
        f" WHERE {condition} ORDER BY said_at, id",
        params,
    )
    last = {owners[row["customer_id"]]: row for row in rows}
    return {
        root: Place(row["stage_id"], row["actor_name"], row["reason"])
        for root, row in last.items()
        if row["stage_id"] in known
    }


async def _store(wanted: Collection[int], places: Mapping[int, Place], at: Moment) -> int:
    condition, params = in_list("customer_id", wanted)
    rows = await fetch(
        f"SELECT customer_id, stage_id, actor_name, reason FROM customer_stage WHERE {condition}",
        params,
    )
    stood = {
        row["customer_id"]: Place(row["stage_id"], row["actor_name"], row["reason"]) for row in rows
    }
    altered = {one: at_place for one, at_place in places.items() if stood.get(one) != at_place}
    gone = [one for one in stood if one not in places]
    if not altered and not gone:
        return 0
    removed, params = in_list("customer_id", [*gone, *(one for one in altered if one in stood)])
    await execute(f"DELETE FROM customer_stage WHERE {removed}", params)
    insert_later(
        "customer_stage",
        ["customer_id", "stage_id", "since", "actor_name", "reason"],
        [(one, to.stage_id, at, to.actor_name, to.reason) for one, to in altered.items()],
    )
    changes = [
        (one, stood[one].stage_id if one in stood else None, altered.get(one))
        for one in (*altered, *gone)
    ]
    return await _tell(changes, at)


async def _tell(changes: list[tuple[int, int | None, Place | None]], at: Moment) -> int:
    moved = [
        (one, before, to.stage_id if to else None, to)
        for one, before, to in changes
        if before != (to.stage_id if to else None)
    ]
    insert_later(
        "stage_change",
        ["customer_id", "from_id", "to_id", "at", "actor_name", "reason"],
        [
            (one, before, after, at, to.actor_name if to else None, to.reason if to else None)
            for one, before, after, to in moved
        ],
    )
    counts: dict[int, int] = {}
    for _, before, after, _ in moved:
        for stage, more in ((before, -1), (after, 1)):
            if stage is not None:
                counts[stage] = counts.get(stage, 0) + more
    add_later("stage", "customer_count", counts)
    if moved:
        mark({one: [facts.STAGE] for one, *_ in moved})
        told = [[one, before, after] for one, before, after, _ in moved]
        await emit(STAGES_CHANGED, {"changes": told})
    return len(moved)
