"""Holding a condition against all customers before anything follows from it.

Done some customers at a time, so that nobody waits long: those who were looked at are judged live
meanwhile, and who is new is looked at later. When everybody is reached the findings are as true as
if all had been asked at that instant, and the owner of the build puts them into force, all in one
transaction. A kill at any point leaves a build that is gone on with.
"""

from collections.abc import Collection
from dataclasses import dataclass

from touchline.domain.conditions.compiling import matching, next_instants
from touchline.domain.conditions.evidence import evidence
from touchline.domain.conditions.influence import affected_by
from touchline.domain.conditions.queries import ask_each
from touchline.domain.conditions.sql import Query, Range
from touchline.domain.conditions.storage import from_json, to_json
from touchline.domain.conditions.tree import Condition
from touchline.domain.customers.queries import standing_after
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one
from touchline.domain.kernel.rows import analyse, in_list, insert_rows
from touchline.domain.staleness import facts
from touchline.domain.staleness.draining import Judged
from touchline.domain.staleness.service import (
    add_wakes,
    clear_wakes,
    hand_wakes,
    set_all_wakes,
    set_wakes,
)

AT_ONCE_UP_TO = 20_000
"""So many customers and fewer are looked at within the command that asks for it: about a second."""
LOOKED_AT_ONCE = 5_000
"""Customers in one transaction: few enough that what happens meanwhile is judged in time."""
FORGOTTEN_AT_ONCE = 20_000
_INSERT = "INSERT INTO condition_found (build_id, customer_id, touchpoint_id)"


@dataclass(frozen=True, slots=True)
class Build:
    """A condition on its way to being known of everybody."""

    id: int
    condition: Condition
    with_evidence: bool
    reached: int

    @property
    def owner(self) -> str:
        """Under which name it asks to be woken."""
        return owner_of(self.id)


def owner_of(build_id: int) -> str:
    """Under which name a build asks to be woken."""
    return f"build:{build_id}"


async def begin(condition: Condition, *, with_evidence: bool = False) -> int:
    """Begin a build in the surrounding transaction; nobody has been looked at yet.

    With evidence it notes the last touchpoint that the condition speaks of.
    """
    rows = await insert_rows(
        "condition_build",
        ["condition", "with_evidence"],
        [(to_json(condition), with_evidence)],
        returning="id",
    )
    return int(rows[0]["id"])


async def go_on(build_id: int) -> int:
    """Look at some more customers, in a transaction that holds the judgement; returns how many.

    None are left when it returns 0, which is true until that transaction ends.
    """
    build = await _open(build_id)
    chosen = await standing_after(build.reached, LOOKED_AT_ONCE)
    if not chosen:
        return 0
    at, only = now(), Range(build.reached, chosen[-1])
    await _note(build, matching(build.condition, at=at, only=only))
    woken = next_instants(build.condition, at=at, only=only)
    if woken is not None:
        await add_wakes(build.owner, woken.text, woken.params)
    await execute("UPDATE condition_build SET reached = ? WHERE id = ?", (chosen[-1], build.id))
    return len(chosen)


def findings(build_id: int) -> Query:
    """Yields ``customer_id`` and ``touchpoint_id`` of those of whom it was found to hold."""
    return Query(
        "SELECT f.customer_id, f.touchpoint_id FROM condition_found f WHERE f.build_id = ?",
        (build_id,),
    )


async def put_into_force(build_id: int, owner: str) -> None:
    """The owner has taken over what was found: it is woken from now on, and the build is over."""
    build = await _open(build_id)
    await hand_wakes(build.owner, owner)
    await _close(build_id)


async def give_up(build_id: int) -> None:
    """What was found is of no use any more."""
    await clear_wakes(owner_of(build_id))
    await _close(build_id)


async def forget(build_id: int) -> bool:
    """Remove some of what a build that is over has found; whether there may be more."""
    removed = await execute(
        "DELETE FROM condition_found WHERE id IN (SELECT f.id FROM condition_found f"
        " JOIN condition_build b ON b.id = f.build_id WHERE b.id = ? AND b.is_open = FALSE"
        f" LIMIT {FORGOTTEN_AT_ONCE})",
        (build_id,),
    )
    if not removed:
        await execute("DELETE FROM condition_build WHERE id = ? AND is_open = FALSE", (build_id,))
    return removed > 0


async def judge(judged: Judged) -> None:
    """Keep true what was found of customers that were looked at already."""
    for build in await judged.once(_all_open):
        touching = affected_by(build.condition) | {facts.due(build.owner)}
        touched = [one for one in judged.touched(touching) if one <= build.reached]
        if touched:
            await _renew(build, touched, judged.at)


async def findings_are_in() -> None:
    """Have the database know how many were found, before they are compared with what stands."""
    await analyse("condition_found")


async def wake_all(owner: str, condition: Condition | None, at: Moment) -> None:
    """Have ``owner`` woken when time can change a condition of anybody, and for nobody else."""
    query = None if condition is None else next_instants(condition, at=at)
    if query is None:
        await clear_wakes(owner)
    else:
        await set_all_wakes(owner, query.text, query.params)


async def _renew(build: Build, customers: Collection[int], at: Moment) -> None:
    (answer,) = await ask_each([(build.condition, customers)], at)
    found = answer.holds
    stood = await _stood(build, customers)
    gone, params = in_list("customer_id", stood - found)
    await execute(f"DELETE FROM condition_found WHERE build_id = ? AND {gone}", [build.id, *params])
    came = found - stood
    if came:
        await _note(build, matching(build.condition, at=at, only=sorted(came)))
    set_wakes(build.owner, answer.wakes)


async def _stood(build: Build, customers: Collection[int]) -> set[int]:
    condition, params = in_list("customer_id", customers)
    rows = await fetch(
        f"SELECT customer_id FROM condition_found WHERE build_id = ? AND {condition}",
        [build.id, *params],
    )
    return {row["customer_id"] for row in rows}


async def _note(build: Build, query: Query) -> None:
    told = evidence(build.condition) if build.with_evidence else Query("CAST(NULL AS BIGINT)")
    await execute(
        f"{_INSERT} SELECT CAST(? AS BIGINT), m.customer_id, {told.text} FROM ({query.text}) m",
        (build.id, *told.params, *query.params),
    )


async def _close(build_id: int) -> None:
    await execute("UPDATE condition_build SET is_open = FALSE WHERE id = ?", (build_id,))


_SELECT = "SELECT id, condition, with_evidence, reached FROM condition_build"


async def _all_open() -> list[Build]:
    rows = await fetch(f"{_SELECT} WHERE is_open = TRUE ORDER BY id")
    return [_build(row) for row in rows]


async def _open(build_id: int) -> Build:
    row = await fetch_one(f"{_SELECT} WHERE id = ? AND is_open = TRUE", (build_id,))
    if row is None:
        raise LookupError(f"there is no open build {build_id}")
    return _build(row)


def _build(row: Row) -> Build:
    return Build(row["id"], from_json(row["condition"]), bool(row["with_evidence"]), row["reached"])
