"""Many at once: one strict order, one puller an item, and never more than the limit."""

import asyncio
from collections import Counter
from random import Random

from tests.support.backlog import Team, a_member, a_ready_item, a_team
from touchline.domain.backlog.errors import BacklogErrorCode, StaleOrder
from touchline.domain.backlog.ordering import move_item
from touchline.domain.backlog.service import set_wip_limit
from touchline.domain.backlog.types import WipScope
from touchline.domain.backlog.working import pull_item, put_back
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.errors import Refused
from touchline.settings import Settings

CLIENTS = 8
MOVES = 96
PULLS = 120
ITEMS = 12
LIMIT = 2
TOGETHER = """SELECT id, rank FROM backlog_item WHERE rank < '~' ORDER BY rank"""


async def test_moves_of_many_clients_keep_one_strict_order(db: Settings) -> None:
    """Some move anywhere, some always into the same gap; ranks stay short and apart."""
    team = await a_team()
    items = [await a_ready_item(team, f"Item {at}") for at in range(ITEMS)]
    told = Counter[str]()
    await asyncio.gather(
        *(move_about(team, items, client, MOVES // CLIENTS, told) for client in range(CLIENTS))
    )
    rows = await fetch(TOGETHER)
    assert sorted(row["id"] for row in rows) == items
    ranks = [str(row["rank"]) for row in rows]
    assert ranks == sorted(set(ranks))
    assert max(map(len, ranks)) <= 32
    version = (await fetch("SELECT order_version FROM backlog"))[0]["order_version"]
    assert version == ITEMS + told["moved"]
    assert told["moved"] + told["stale"] + told[BacklogErrorCode.NEIGHBOUR_FOREIGN] == MOVES


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


async def move_about(
    team: Team, items: list[int], client: int, moves: int, told: Counter[str]
) -> None:
    """Move items at random, half of the clients into ever the same gap."""
    random = Random(client)
    for _ in range(moves):
        item = random.choice(items)
        after = items[0] if client % 2 else random.choice([*items, None])
        rows = await fetch("SELECT order_version FROM backlog WHERE id = ?", (team.backlog,))
        seen = rows[0]["order_version"] if client % 4 == 0 else None
        try:
            await move_item(team.ada, item, after=after, expected_order_version=seen)
            told["moved"] += 1
        except StaleOrder:
            told["stale"] += 1
        except Refused as error:
            told[error.code] += 1


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
