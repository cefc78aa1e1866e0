"""Orders that a formula proposes: everybody may ask, and the Owner alone makes them the order."""

from typing import Any

import pytest

from tests.support.backlog import Team, a_ready_item, a_team, everything, titles
from tests.support.operations import FIELD_BY_FIELD, ask, ask_as
from touchline.domain.backlog.ordering import move_item
from touchline.domain.backlog.service import delegate
from touchline.domain.backlog.working import pull_item
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import DAY, now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

ANSWER = """{ proposal { id state isStale orderVersion moves { item { title } from to score
  acceptedAt } } backlog { orderVersion } userErrors { code field } }"""
PROPOSE = f"""mutation ($input: BacklogOrderProposeInput!) {{
  act: backlogOrderPropose(input: $input) {ANSWER} }}"""
ACCEPT = f"""mutation ($input: BacklogOrderAcceptInput!) {{
  act: backlogOrderAccept(input: $input) {ANSWER} }}"""
DISMISS = f"""mutation ($input: BacklogOrderDismissInput!) {{
  act: backlogOrderDismiss(input: $input) {ANSWER} }}"""
SHOWN = """query ($id: ID!) { backlog(id: $id) { orderProposals { id formula state isStale actorName
  closedAt moves { item { title } } } } }"""
HISTORY = """query ($id: ID!) { backlogItem(id: $id) { history {
  kind actorName to reason mandate } } }"""
EFFORTS = {"Large": 8, "Middle": 3, "Unknown": 5, "Small": 1}


@pytest.fixture
async def team(db: Settings) -> Team:
    """A list in the order of ``EFFORTS``, which value by effort would have the other way round."""
    team = await a_team()
    for title, effort in EFFORTS.items():
        worth = {} if title == "Unknown" else {"customer_level": 2, "business_level": 2}
        await a_ready_item(team, title, effort=effort, **worth)
    return team


async def items(team: Team) -> dict[str, int]:
    rows = await fetch("SELECT id, title FROM backlog_item WHERE backlog_id = ?", (team.backlog,))
    return {row["title"]: row["id"] for row in rows}


async def proposed(team: Team, actor: Actor | None = None, formula: str = "VALUE_EFFORT") -> Any:
    given = {"backlogId": global_id("Backlog", team.backlog), "formula": formula}
    return (await ask_as(actor or team.sue, PROPOSE, {"input": given}))["act"]


async def act(actor: Actor, document: str, proposal: str, *names: int) -> Any:
    given: dict[str, Any] = {"proposalId": proposal}
    if names:
        given["itemIds"] = [global_id("BacklogItem", one) for one in names]
    return (await ask_as(actor, document, {"input": given}))["act"]


async def shown(team: Team) -> list[dict[str, Any]]:
    key = global_id("Backlog", team.backlog)
    found = (await ask(SHOWN, id=key))["backlog"]["orderProposals"]
    again = (await ask(SHOWN, id=key, engine=FIELD_BY_FIELD))["backlog"]["orderProposals"]
    assert again == found
    return list(found)


async def test_anybody_has_a_formula_propose_an_order_and_nothing_moves(team: Team) -> None:
    done = await proposed(team)
    assert done["userErrors"] == []
    assert done["proposal"] == {
        "id": done["proposal"]["id"],
        "state": "OPEN",
        "isStale": False,
        "orderVersion": 4,
        "moves": [
            {"item": {"title": "Small"}, "from": 4, "to": 1, "score": 4.0, "acceptedAt": None},
            {"item": {"title": "Large"}, "from": 1, "to": 4, "score": 0.5, "acceptedAt": None},
        ],
    }
    assert await titles(team) == list(EFFORTS)
    assert [(one["formula"], one["actorName"]) for one in await shown(team)] == [
        ("VALUE_EFFORT", "Sue Marketing")
    ]


async def test_the_owner_accepts_all_of_it(team: Team) -> None:
    proposal = (await proposed(team))["proposal"]["id"]
    done = await act(team.ada, ACCEPT, proposal)
    assert (done["userErrors"], done["backlog"]) == ([], {"orderVersion": 5})
    assert (done["proposal"]["state"], done["proposal"]["orderVersion"]) == ("ACCEPTED", 5)
    assert await titles(team) == ["Small", "Middle", "Unknown", "Large"]
    known = await items(team)
    key = global_id("BacklogItem", known["Large"])
    line = (await ask(HISTORY, id=key))["backlogItem"]["history"][-1]
    assert line == {
        "kind": "ORDER",
        "actorName": "Ada Marketing",
        "to": "behind “Unknown”",
        "reason": f"VALUE_EFFORT, by proposal {proposal}",
        "mandate": None,
    }


async def test_the_owner_accepts_it_item_by_item(team: Team) -> None:
    proposal, known = (await proposed(team))["proposal"]["id"], await items(team)
    done = await act(team.ada, ACCEPT, proposal, known["Large"])
    assert (done["proposal"]["state"], done["backlog"]) == ("OPEN", {"orderVersion": 5})
    assert await titles(team) == ["Middle", "Unknown", "Large", "Small"]
    before = await everything(team)
    for names, code in (((known["Large"],), "ITEM_NOT_PROPOSED"), ((99,), "ITEM_NOT_PROPOSED")):
        (error,) = (await act(team.ada, ACCEPT, proposal, *names))["userErrors"]
        assert error == {"code": code, "field": ["input", "itemIds"]}
    assert await everything(team) == before
    done = await act(team.ada, ACCEPT, proposal, known["Small"])
    assert done["proposal"]["state"] == "ACCEPTED"
    assert await titles(team) == ["Small", "Middle", "Unknown", "Large"]


async def test_a_proposal_is_stale_once_the_list_is_ordered_otherwise(team: Team) -> None:
    proposal, known = (await proposed(team))["proposal"]["id"], await items(team)
    await move_item(team.ada, known["Middle"], after=None)
    before = await everything(team)
    done = await act(team.ada, ACCEPT, proposal)
    assert done == {
        "proposal": None,
        "backlog": {"orderVersion": 5},
        "userErrors": [{"code": "CONFLICT", "field": ["input", "proposalId"]}],
    }
    assert await everything(team) == before
    assert [one["isStale"] for one in await shown(team)] == [True]


async def test_what_was_pulled_meanwhile_is_passed_over(team: Team) -> None:
    proposal, known = (await proposed(team))["proposal"]["id"], await items(team)
    await pull_item(team.bob, known["Small"], reason="I know it")
    (error,) = (await act(team.ada, ACCEPT, proposal, known["Small"]))["userErrors"]
    assert error["code"] == "STEP_NOT_POSSIBLE"
    done = await act(team.ada, ACCEPT, proposal)
    assert (done["userErrors"], done["proposal"]["state"]) == ([], "ACCEPTED")
    assert await titles(team) == ["Middle", "Unknown", "Large"]


async def test_only_the_owner_or_a_delegate_accepts(team: Team) -> None:
    proposal = (await proposed(team, team.bob))["proposal"]["id"]
    before = await everything(team)
    for actor in (team.bob, team.roy, team.sue):
        (error,) = (await act(actor, ACCEPT, proposal))["userErrors"]
        assert error["code"] == "NOT_THE_OWNER"
    (error,) = (await act(team.sue, DISMISS, proposal))["userErrors"]
    assert error["code"] == "NOT_THE_OWNER"
    assert await everything(team) == before
    member, until = team.roy.member_id or 0, now() + DAY
    await delegate(team.ada, team.backlog, member_id=member, until=until, reason="Holidays")
    assert (await act(team.roy, ACCEPT, proposal))["userErrors"] == []
    assert await titles(team) == ["Small", "Middle", "Unknown", "Large"]


async def test_a_proposal_is_turned_down_by_the_owner_or_who_made_it(team: Team) -> None:
    mine = (await proposed(team, team.bob))["proposal"]["id"]
    other = (await proposed(team))["proposal"]["id"]
    for actor, proposal in ((team.bob, mine), (team.ada, other)):
        done = await act(actor, DISMISS, proposal)
        assert (done["userErrors"], done["proposal"]["state"]) == ([], "DISMISSED")
    before = await everything(team)
    for document in (ACCEPT, DISMISS):
        (error,) = (await act(team.ada, document, mine))["userErrors"]
        assert error == {"code": "PROPOSAL_CLOSED", "field": ["input", "proposalId"]}
    (error,) = (await act(team.ada, ACCEPT, global_id("BacklogOrderProposal", 99)))["userErrors"]
    assert error["code"] == "PROPOSAL_NOT_FOUND"
    assert await everything(team) == before


async def test_a_formula_that_agrees_proposes_nothing(team: Team) -> None:
    await act(team.ada, ACCEPT, (await proposed(team))["proposal"]["id"])
    (error,) = (await proposed(team))["userErrors"]
    assert error == {"code": "NOTHING_TO_MOVE", "field": ["input", "formula"]}
    assert len(await shown(team)) == 1
