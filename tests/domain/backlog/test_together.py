"""Many at once: one strict order, one puller an item, and never more than the limit."""

import asyncio
from collections import Counter
from functools import partial
from random import Random

from tests.support.backlog import a_member, a_ready_item, a_team
from tests.support.movers import CLIENTS, Ground, leg, watching
from tests.support.operations import ask_as
from tests.support.pullers import PULLED, pull_together
from touchline.domain.backlog.errors import BacklogErrorCode
from touchline.domain.backlog.ordering import move_item
from touchline.domain.backlog.service import set_wip_limit
from touchline.domain.backlog.types import WipScope
from touchline.domain.backlog.working import pull_item, put_back
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.errors import Refused
from touchline.settings import Settings

MOVES, LEGS = 320, 2
PULLS = 120
ITEMS = 12
LIMIT = 2
TOGETHER = """SELECT id, rank FROM backlog_item WHERE rank < '~' ORDER BY rank"""


async def test_moves_of_many_clients_keep_one_strict_order(db: Settings) -> None:
    """Clients of eight sorts, some of them adversarial: see ``movers``."""
    team, other = await a_team(), await a_team("Sales")
    items = [await a_ready_item(team, f"Item {at}") for at in range(ITEMS)]
    watch = await watching(Ground(team.backlog, items, await a_ready_item(other)))
    asks = [partial(ask_as, team.ada)] * CLIENTS
    for seed in range(LEGS):
        await leg(watch, asks, MOVES // LEGS, seed)
    assert sum(watch.told.values()) == MOVES
    assert watch.told["moved"] > MOVES // 2
    assert watch.told["CONFLICT"] > 0
    assert watch.told[BacklogErrorCode.NEIGHBOUR_FOREIGN] > 0


async def test_a_list_without_room_is_spread_and_keeps_its_order(db: Settings) -> None:
    team = await a_team()
    items = [await a_ready_item(team, f"Item {at}") for at in range(4)]
    for item, rank in zip(
        items, ["A", "A" + "0" * 30 + "1", "A" + "0" * 30 + "2", "B"], strict=True
    ):
        await execute("UPDATE backlog_item SET rank = ? WHERE id = ?", (rank, item))
    for _ in range(3):
        await move_item(team.ada, items[3], after=items[1])
        items[2], items[3] = items[3], items[2]
        rows = await fetch(TOGETHER)
        assert [row["id"] for row in rows] == items
    assert max(len(row["rank"]) for row in rows) < 8


async def test_pulls_of_many_at_once_keep_every_limit(db: Settings) -> None:
    team = await a_team()
    await set_wip_limit(team.ada, team.backlog, scope=WipScope.PERSON, most=5)
    items = [await a_ready_item(team, f"Item {at}") for at in range(40)]
    people = [await a_member(f"P{at}") for at in range(CLIENTS)]

    async def pull(who: int, item: int) -> str:
        try:
            await pull_item(people[who], item, reason="at random")
        except Refused as error:
            return error.code
        return PULLED

    told = await pull_together(pull, len(people), items, pulls=400, limit=5)
    refusals = {BacklogErrorCode.ALREADY_PULLED, BacklogErrorCode.PERSON_LIMIT_REACHED}
    assert told.keys() == {PULLED, *refusals}


async def test_pulling_and_putting_back_at_once_keeps_every_limit(db: Settings) -> None:
    team = await a_team()
    await set_wip_limit(team.ada, team.backlog, scope=WipScope.PERSON, most=LIMIT)
    items = [await a_ready_item(team, f"Item {at}") for at in range(ITEMS)]
    people = [await a_member(f"P{at}") for at in range(CLIENTS)]
    told = Counter[str]()
    await asyncio.gather(
        *(pull_about(who, items, at, PULLS // CLIENTS, told) for at, who in enumerate(people))
    )
    rows = await fetch("SELECT id, state, pulled_by_id FROM backlog_item ORDER BY id")
    held = Counter(row["pulled_by_id"] for row in rows if row["state"] == "IN_PROGRESS")
    assert max(held.values()) <= LIMIT
    assert {row["state"] for row in rows} <= {"READY", "IN_PROGRESS"}
    assert all((row["pulled_by_id"] is None) == (row["state"] == "READY") for row in rows)
    assert sum(held.values()) == told["pulled"] - told["put back"]
    log = await fetch(
        "SELECT item_id, count(*) AS n FROM backlog_log WHERE to_value = 'IN_PROGRESS'"
        " GROUP BY item_id"
    )
    assert sum(row["n"] for row in log) == told["pulled"]


async def pull_about(
    who: Actor, items: list[int], client: int, pulls: int, told: Counter[str]
) -> None:
    """Pull items at random, and now and then put one back."""
    random, mine = Random(client), list[int]()
    for _ in range(pulls):
        if mine and random.random() < 0.2:
            await put_back(who, mine.pop(), reason="not now")
            told["put back"] += 1
            continue
        item = random.choice(items)
        try:
            await pull_item(who, item, reason="at random")
            mine.append(item)
            told["pulled"] += 1
        except Refused as error:
            told[error.code] += 1
        assert len(mine) <= LIMIT
