"""Work under way, from the log: the burn-up of a cycle, and what gets too old."""

from collections import defaultdict
from collections.abc import Sequence

from touchline.domain.backlog.ageing import LOOKED_BACK, Age, Usual, age_beside, usual
from touchline.domain.backlog.burning import BurnUpDay, Event, Member, Turn, burn_up
from touchline.domain.backlog.logbook import first_step
from touchline.domain.backlog.types import UNDER_WAY, ItemState, LogKind
from touchline.domain.kernel.clock import DAY, Moment, now
from touchline.domain.kernel.db import Row, fetch
from touchline.domain.kernel.rows import in_list

MOST_DAYS = 366
_TURNS = {ItemState.LAUNCHED: Turn.LAUNCHED, ItemState.DROPPED: Turn.DROPPED}


async def burn_up_of(
    cycle_id: int, *, first_day: int, created_at: Moment, closed_at: Moment | None
) -> list[BurnUpDay]:
    """The days of a cycle until it was closed, or until today; at most 366."""
    until = now() if closed_at is None else closed_at
    last_day = min(until // DAY, first_day + MOST_DAYS - 1)
    if last_day < first_day:
        return []
    rows = await fetch(
        "SELECT c.item_id, c.joined_at, i.effort FROM backlog_cycle_item c"
        " JOIN backlog_item i ON i.id = c.item_id WHERE c.cycle_id = ? ORDER BY c.id",
        (cycle_id,),
    )
    members = [
        Member(
            row["item_id"],
            created_at if row["joined_at"] is None else row["joined_at"],
            row["joined_at"] is None,
            row["effort"] or 0,
        )
        for row in rows
    ]
    lines = await fetch(
        "SELECT l.item_id, l.kind, l.from_value, l.to_value, l.logged_at FROM backlog_cycle_item c"
        " JOIN backlog_log l ON l.item_id = c.item_id WHERE c.cycle_id = ?"
        " AND (l.kind = ? OR (l.kind = ? AND l.to_value IN (?, ?)))"
        " ORDER BY l.logged_at, l.id",
        (cycle_id, LogKind.ESTIMATE, LogKind.STATE, *_TURNS),
    )
    return burn_up(members, map(_event, lines), first_day, last_day, until)


async def ages_of(item_ids: Sequence[int]) -> list[Age | None]:
    """The age of each item under way beside what its team usually needs; ``None`` of others."""
    wanted, params = in_list("i.id", item_ids)
    under_way, states = in_list("i.state", UNDER_WAY)
    rows = await fetch(
        f"SELECT i.id, i.backlog_id, {first_step('i.id', ItemState.IN_PROGRESS)} AS pulled"
        f" FROM backlog_item i WHERE {wanted} AND {under_way}",
        (*params, *states),
    )
    moment = now()
    known = await _usual_in({row["backlog_id"] for row in rows}, moment)
    ages = {row["id"]: age_beside(row["pulled"], moment, known[row["backlog_id"]]) for row in rows}
    return [ages.get(one) for one in item_ids]


async def _usual_in(backlog_ids: set[int], moment: Moment) -> dict[int, Usual]:
    """What was usual in the last twelve weeks."""
    if not backlog_ids:
        return {}
    wanted, params = in_list("l.backlog_id", sorted(backlog_ids))
    rows = await fetch(
        f"SELECT l.backlog_id, l.logged_at - {first_step('l.item_id', ItemState.IN_PROGRESS)}"
        f" AS took FROM backlog_log l WHERE {wanted} AND l.kind = ? AND l.to_value = ?"
        " AND l.logged_at >= ?",
        (*params, LogKind.STATE, ItemState.LAUNCHED, moment - LOOKED_BACK),
    )
    times: dict[int, list[Moment]] = defaultdict(list)
    for row in rows:
        times[row["backlog_id"]].append(row["took"])
    return {one: usual(times[one]) for one in backlog_ids}


def _event(line: Row) -> Event:
    if line["kind"] == LogKind.ESTIMATE:
        before, after = (int(line[name] or 0) for name in ("from_value", "to_value"))
        return Event(line["item_id"], line["logged_at"], Turn.SIZED, before, after)
    return Event(line["item_id"], line["logged_at"], _TURNS[ItemState(line["to_value"])])
