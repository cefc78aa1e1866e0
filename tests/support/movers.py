"""Clients that order one backlog at the same time, some of them badly, and who watches them.

All that a client does goes through GraphQL; how a document gets there is its own affair. After each
leg all clients read the order, which must be the one that the log tells when it is played again.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from touchline.domain.backlog.ordering import BEHIND
from touchline.domain.backlog.ranking import LONGEST
from touchline.domain.backlog.types import LogKind
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id

Ask = Callable[[str, dict[str, Any]], Awaitable[Any]]
"""Answers a document with its data; an answer with errors is raised."""

CLIENTS = 8
TOGETHER = 5
"""So many moves go in one document, each in a transaction of its own."""

CAREFUL = 4
"""The client who looks before it moves, and is often too late."""

_GIVEN = ", ".join(f"$m{at}: BacklogItemMoveInput!" for at in range(TOGETHER))
_MOVES = " ".join(
    f"m{at}: backlogItemMove(input: $m{at}) {{ userErrors {{ code }} }}" for at in range(TOGETHER)
)
MOVE = f"mutation Move({_GIVEN}) {{ {_MOVES} }}"
VERSION = "query Version($id: ID!) { backlog(id: $id) { orderVersion } }"
ORDER = """query Order($id: ID!, $after: String) { backlog(id: $id) {
  items(first: 100, after: $after, states: [BACKLOG, READY]) {
    nodes { id position } pageInfo { hasNextPage endCursor } } } }"""


@dataclass
class Ground:
    """What is ordered: a backlog and its items, and an item of another backlog."""

    backlog: int
    items: Sequence[int]
    foreign: int


@dataclass
class Watch:
    """What was seen. ``told`` counts what became of moves, ``longest`` is the longest key."""

    ground: Ground
    order: list[int]
    version: int
    told: Counter[str] = field(default_factory=Counter)
    longest: int = 0
    reads: int = 0
    seen: int = 0
    """The last line of the log that was played."""


async def watching(ground: Ground) -> Watch:
    """Begin with the order that there is."""
    kept = await _kept(ground)
    log = await fetch("SELECT max(id) AS last FROM backlog_log")
    return Watch(ground, [one for one, _ in kept], await _version(ground), seen=log[0]["last"])


async def leg(watch: Watch, asks: Sequence[Ask], moves: int, seed: int) -> None:
    """Have each client try its share of so many moves, then look whether all is in order."""
    clients = [
        _client(watch, ask, number, moves // len(asks), Random(f"{seed} {number}"))
        for number, ask in enumerate(asks)
    ]
    await asyncio.gather(*clients)
    await _look(watch, asks)


async def _client(watch: Watch, ask: Ask, number: int, moves: int, chance: Random) -> None:
    for _ in range(moves // TOGETHER):
        seen = await _seen(watch.ground, ask) if number % CLIENTS == CAREFUL else None
        given = {}
        for at in range(TOGETHER):
            item, after, version = _chosen(watch.ground, number % CLIENTS, chance)
            given[f"m{at}"] = {
                "itemId": _named(item),
                "after": after and _named(after),
                "expectedOrderVersion": version if seen is None else seen + at,
            }
        for answer in (await ask(MOVE, given)).values():
            codes = [error["code"] for error in answer["userErrors"]] or ["moved"]
            watch.told[codes[0]] += 1


async def _seen(ground: Ground, ask: Ask) -> int:
    told = await ask(VERSION, {"id": global_id("Backlog", ground.backlog)})
    return int(told["backlog"]["orderVersion"])


def _chosen(ground: Ground, number: int, chance: Random) -> tuple[int, int | None, int | None]:
    """An item, behind which other one it is put, and the version that the client has seen."""
    items = ground.items
    item = chance.choice(items)
    match number:
        case 0:  # ever into the same gap
            return item, items[0], None
        case 1:  # ever to the top
            return item, None, None
        case 2:  # two that change places for ever
            pair = [items[1], items[2]]
            chance.shuffle(pair)
            return pair[0], pair[1], None
        case 3:  # into the gap above the same one, as others see it
            return item, items[-1], None
        case 5 if chance.random() < 0.5:  # of a list that is long gone
            return item, None, 0
        case 6 if chance.random() < 0.5:  # behind what is not there
            return item, chance.choice([item, ground.foreign, 10**9]), None
        case _:
            return item, chance.choice([*items, None]), None


async def _look(watch: Watch, asks: Sequence[Ask]) -> None:
    """Fail unless keys, log, count and what every client reads tell the same strict order."""
    ground = watch.ground
    await _play(watch)
    kept = await _kept(ground)
    keys = [key for _, key in kept]
    watch.longest = max(watch.longest, *map(len, keys))
    assert [one for one, _ in kept] == watch.order, "the log tells another order"
    assert keys == sorted(set(keys)), "two have the same key"
    assert watch.longest <= LONGEST, f"a key has {watch.longest} characters"
    assert await _version(ground) == watch.version + watch.told["moved"]
    wanted = [(_named(one), place) for place, one in enumerate(watch.order, 1)]
    for read in await asyncio.gather(*(_read(ask, ground) for ask in asks)):
        assert read == wanted, "a client reads another order"
        watch.reads += 1


async def _read(ask: Ask, ground: Ground) -> list[tuple[str, int]]:
    """The order as a client sees it."""
    given: dict[str, Any] = {"id": global_id("Backlog", ground.backlog), "after": None}
    read: list[tuple[str, int]] = []
    while True:
        page = (await ask(ORDER, given))["backlog"]["items"]
        read += [(one["id"], one["position"]) for one in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return read
        given["after"] = page["pageInfo"]["endCursor"]


async def _play(watch: Watch) -> None:
    """Do again what the log tells since the last leg."""
    rows = await fetch(
        "SELECT id, item_id, to_value FROM backlog_log WHERE backlog_id = ? AND kind = ?"
        " AND id > ? ORDER BY id",
        (watch.ground.backlog, LogKind.ORDER, watch.seen),
    )
    for row in rows:
        watch.order.remove(row["item_id"])
        behind = row["to_value"].removeprefix("behind ")
        place = 0 if behind == "the top" else watch.order.index(int(behind)) + 1
        watch.order.insert(place, row["item_id"])
        watch.seen = row["id"]


async def _kept(ground: Ground) -> list[tuple[int, str]]:
    rows = await fetch(
        "SELECT id, rank FROM backlog_item WHERE backlog_id = ? AND rank < ? ORDER BY rank",
        (ground.backlog, BEHIND),
    )
    return [(row["id"], row["rank"]) for row in rows]


async def _version(ground: Ground) -> int:
    rows = await fetch("SELECT order_version FROM backlog WHERE id = ?", (ground.backlog,))
    return int(rows[0]["order_version"])


def _named(item: int) -> str:
    return global_id("BacklogItem", item)
