"""A team with a backlog, made by the product's own commands."""

from dataclasses import dataclass
from typing import Any

from tests.support.operations import as_member
from touchline.domain.backlog.deciding import accept_item
from touchline.domain.backlog.proposing import propose_item
from touchline.domain.backlog.service import create_backlog
from touchline.domain.backlog.types import Metric
from touchline.domain.backlog.words import ItemText
from touchline.domain.backlog.working import launch_item, pull_item, submit_item
from touchline.domain.kernel.actor import SYSTEM, Actor, Role
from touchline.domain.kernel.db import fetch
from touchline.domain.members.service import create_member

READY: dict[str, Any] = {
    "effort": 3,
    "hypothesis": "They will read it.",
    "metric": Metric.READS,
    "target_milli": 500_000,
    "window_days": 14,
    "depends_on": (),
}


@dataclass(frozen=True)
class Team:
    """Ada owns the backlog, Bob works, Sue holds a stake, and Roy is an admin."""

    backlog: int
    ada: Actor
    bob: Actor
    sue: Actor
    roy: Actor


async def a_team(name: str = "Marketing") -> Team:
    """A backlog without items, and those who are about it."""
    ada = await a_member(f"Ada {name}")
    backlog = await create_backlog(SYSTEM, name=name, owner_id=ada.member_id or 0)
    return Team(
        backlog,
        ada,
        await a_member(f"Bob {name}"),
        await a_member(f"Sue {name}", Role.STAKEHOLDER),
        await a_member(f"Roy {name}", Role.ADMIN),
    )


async def a_member(name: str, role: Role = Role.MARKETER) -> Actor:
    """Somebody who takes part with a key for that and no more."""
    email = f"{name.replace(' ', '.').lower()}@acme.com"
    member = await create_member(SYSTEM, name=name, email=email, role=role)
    return as_member(member, name, role=role)


async def an_item(team: Team, title: str = "Write it", **written: Any) -> int:
    """A proposal; returns its id."""
    return await propose_item(team.bob, team.backlog, ItemText(title, **written))


async def a_ready_item(team: Team, title: str = "Write it", **written: Any) -> int:
    """An item at the end of the list that may be pulled; returns its id."""
    item = await an_item(team, title, **(READY | written))
    await accept_item(team.ada, item)
    return item


async def a_launched_item(team: Team, title: str = "Write it", **written: Any) -> int:
    """An item that went all the way; returns its id."""
    item = await a_ready_item(team, title, **written)
    await pull_item(team.bob, item, reason="for the test")
    await submit_item(team.bob, item)
    await launch_item(team.bob, item, reason="nothing to show")
    return item


async def titles(team: Team) -> list[str]:
    """What stands in the list, from its top."""
    rows = await fetch(
        "SELECT title FROM backlog_item WHERE backlog_id = ? AND rank < '~' ORDER BY rank",
        (team.backlog,),
    )
    return [str(row["title"]) for row in rows]


async def everything(team: Team) -> list[tuple[Any, ...]]:
    """All that a refusal must leave as it is."""
    items = await fetch(
        "SELECT id, state, rank, effort, pulled_by_id, blocked_since, title, closed_at"
        " FROM backlog_item ORDER BY id"
    )
    log = await fetch("SELECT count(*) AS lines FROM backlog_log")
    order = await fetch("SELECT owner_id, order_version FROM backlog ORDER BY id")
    mandates = await fetch("SELECT id, ends_at FROM backlog_mandate ORDER BY id")
    return [tuple(row) for row in (*items, *log, *order, *mandates)]
