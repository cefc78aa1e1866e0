"""Watching a board: everything that is done with items, and with the board itself, is told."""

from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest

from tests.support.backlog import Team, a_ready_item, a_team, an_item
from tests.support.operations import caller, subscribe_as, watch
from touchline.domain.backlog import working
from touchline.domain.backlog.cycling import (
    Plan,
    close_cycle,
    finish_improvement,
    note_huddle,
    plan_cycle,
)
from touchline.domain.backlog.deciding import accept_item, decline_item, drop_item, mark_duplicate
from touchline.domain.backlog.ordering import move_item
from touchline.domain.backlog.proposing import estimate_item, revise_item, text_of
from touchline.domain.backlog.service import (
    break_glass,
    delegate,
    end_mandate,
    hand_over,
    set_wip_limit,
)
from touchline.domain.backlog.talking import comment_item, vote_for_item, withdraw_vote
from touchline.domain.backlog.types import WipScope
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.clock import DAY, now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings
from touchline.workers.relay import relay

WATCH = """subscription ($id: ID, $most: Int) { backlogChanged(backlogId: $id, atMost: $most) {
  change state orderVersion item { title } cycle { goal } backlog { name orderVersion } } }"""

Told = tuple[str, str | None, int]


async def all_relayed() -> None:
    while await relay():
        pass


async def told_by(messages: Any, count: int) -> list[dict[str, Any]]:
    """So many messages, after all that was done is relayed."""
    await all_relayed()
    told = []
    for _ in range(count):
        body = (await anext(messages)).body
        assert "errors" not in body, body
        told.append(body["data"]["backlogChanged"])
    return told


async def test_each_act_with_an_item_is_told_as_it_left_the_board(db: Settings) -> None:
    team = await a_team()
    other = await a_ready_item(team, "Other")
    await all_relayed()
    async with aclosing(await watch(WATCH, id=global_id("Backlog", team.backlog))) as messages:
        item = await through_all(team, other)
        told = await told_by(messages, 16)
    assert [as_told(one) for one in told] == [
        ("PROPOSED", "PROPOSED", 1),
        ("COMMENTED", "PROPOSED", 1),
        ("VOTED", "PROPOSED", 1),
        ("VOTED", "PROPOSED", 1),
        ("ACCEPTED", "BACKLOG", 2),
        ("WRITTEN", "BACKLOG", 2),
        ("ESTIMATED", "READY", 2),
        ("MOVED", "READY", 3),
        ("BLOCKED", "READY", 3),
        ("UNBLOCKED", "READY", 3),
        ("PULLED", "IN_PROGRESS", 3),
        ("PUT_BACK", "READY", 4),
        ("PULLED", "IN_PROGRESS", 4),
        ("SUBMITTED", "IN_REVIEW", 4),
        ("RETURNED", "IN_PROGRESS", 4),
        ("SUBMITTED", "IN_REVIEW", 4),
    ]
    assert {one["item"]["title"] for one in told} == {"Guide"}
    assert {one["backlog"]["orderVersion"] for one in told} == {4}
    assert (await text_of(item)).title == "Guide"


async def through_all(team: Team, other: int) -> int:
    """An item goes from a proposal to its review, by some detours."""
    item = await an_item(team, "Guid", hypothesis="They read it.", depends_on=())
    await comment_item(team.sue, item, "Good")
    await vote_for_item(team.sue, item)
    await withdraw_vote(team.sue, item)
    await accept_item(team.ada, item)
    written = replace(await text_of(other), title="Guide", effort=None)
    await revise_item(team.bob, item, written)
    await estimate_item(team.bob, item, 3)
    await move_item(team.ada, item, after=None)
    await working.block_item(team.bob, item, reason="No pictures")
    await working.block_item(team.bob, item, reason=None)
    await working.pull_item(team.bob, item)
    await working.put_back(team.bob, item, reason="Too large")
    await working.pull_item(team.bob, item)
    await working.submit_item(team.bob, item)
    await working.return_item(team.ada, item, reason="Typos")
    await working.submit_item(team.bob, item)
    return item


async def test_what_closes_an_item_is_told_and_who_waited_for_it(db: Settings) -> None:
    team = await a_team()
    first = await a_ready_item(team, "First")
    await a_ready_item(team, "Second", depends_on=(first,))
    lost = [await an_item(team, title) for title in ("No", "Same", "Gone")]
    await accept_item(team.ada, lost[2])
    await all_relayed()
    async with aclosing(await watch(WATCH)) as messages:
        await decline_item(team.ada, lost[0], reason="Too dear")
        await mark_duplicate(team.ada, lost[1], of=first)
        await drop_item(team.ada, lost[2], reason="Too late")
        await working.pull_item(team.bob, first)
        await working.submit_item(team.bob, first)
        await working.launch_item(team.bob, first, reason="A talk")
        told = await told_by(messages, 7)
    assert [(one["item"]["title"], *as_told(one)[:2]) for one in told] == [
        ("No", "DECLINED", "DECLINED"),
        ("Same", "MARKED_DUPLICATE", "DUPLICATE"),
        ("Gone", "DROPPED", "DROPPED"),
        ("First", "PULLED", "IN_PROGRESS"),
        ("First", "SUBMITTED", "IN_REVIEW"),
        ("Second", "READINESS", "READY"),
        ("First", "LAUNCHED", "LAUNCHED"),
    ]


async def test_what_is_done_with_the_board_itself_is_told(db: Settings) -> None:
    team = await a_team()
    await a_ready_item(team)
    bob = team.bob.member_id or 0
    await all_relayed()
    async with aclosing(await watch(WATCH)) as messages:
        await set_wip_limit(team.ada, team.backlog, scope=WipScope.PERSON, most=None)
        await delegate(team.ada, team.backlog, member_id=bob, until=now() + DAY, reason="I am away")
        await end_mandate(team.ada, team.backlog, member_id=bob)
        await break_glass(team.roy, team.backlog, reason="Nobody is here")
        cycle = await plan_cycle(team.bob, team.backlog, Plan("Be read", now() // DAY, 5, 8))
        await note_huddle(team.bob, cycle, text="Began", blocked=None)
        await close_cycle(team.bob, cycle, improvements=["Talk more"])
        (improvement,) = await fetch("SELECT id FROM backlog_improvement")
        await finish_improvement(team.bob, improvement["id"])
        await hand_over(team.ada, team.backlog, owner_id=bob)
        told = await told_by(messages, 9)
    changes = ["LIMITS", *["RIGHTS"] * 3]
    cycles = ["CYCLE_PLANNED", "HUDDLE_NOTED", "CYCLE_CLOSED", "IMPROVED"]
    assert [one["change"] for one in told] == [*changes, *cycles, "RIGHTS"]
    assert [one["item"] for one in told] == [None] * 9
    assert [one["cycle"] for one in told] == [*[None] * 4, *[{"goal": "Be read"}] * 4, None]
    assert {one["orderVersion"] for one in told} == {1}


async def test_one_board_is_watched_alone_and_refusals_are_not_told(db: Settings) -> None:
    team, others = await a_team(), await a_team("Sales")
    item = await an_item(team)
    await all_relayed()
    async with aclosing(
        await watch(WATCH, id=global_id("Backlog", team.backlog), most=1)
    ) as messages:
        await an_item(others, "Theirs")
        with pytest.raises(Refused):
            await accept_item(team.bob, item)
        await accept_item(team.ada, item)
        (told,) = await told_by(messages, 1)
        assert (told["change"], told["backlog"]["name"]) == ("ACCEPTED", "Marketing")
        with pytest.raises(StopAsyncIteration):
            await anext(messages)


async def test_a_board_is_watched_by_who_may_read_it(db: Settings) -> None:
    body = await subscribe_as(WATCH, caller(Scope.INGEST))
    assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    wrong = await subscribe_as(WATCH, caller(Scope.READ), id=global_id("Customer", 1))
    assert wrong["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def as_told(one: dict[str, Any]) -> Told:
    return one["change"], one["state"], one["orderVersion"]
