"""Who may do what with a backlog: the Owner alone orders, and nobody is given work."""

import re
from typing import Any

import pytest
from graphql import GraphQLInputObjectType

from tests.schema.test_backlog import act, item_id, refused
from tests.support.backlog import Team, a_ready_item, a_team, an_item, everything, titles
from tests.support.clock import SettableClock
from tests.support.operations import ENGINE, ask, ask_as, caller
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import DAY, format_moment
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

BACKLOG = """mutation ($input: Backlog%sInput!) { act: backlog%s(input: $input) {
  backlog { owner { name } wipLimits { scope limit } mandates { kind isActive member { name } } }
  userErrors { code message field } } }"""
MANDATES = """query ($id: ID!) { backlog(id: $id) {
  mandates { kind member { name } actorName reason beganAt isActive } } }"""
MOVE = """mutation ($input: BacklogItemMoveInput!) { backlogItemMove(input: $input) {
  backlogItem { id position } backlog { orderVersion } userErrors { code message field } } }"""
CREATE = """mutation ($input: BacklogCreateInput!) { backlogCreate(input: $input) {
  backlog { owner { name } } userErrors { code field } } }"""
HISTORY = "query ($id: ID!) { backlogItem(id: $id) { history { kind mandate actorName reason } } }"


async def on_backlog(actor: Actor, team: Team, name: str, **given: Any) -> Any:
    key = {"backlogId": global_id("Backlog", team.backlog)}
    return (await ask_as(actor, BACKLOG % (name, name), {"input": key | given}))["act"]


async def codes(actor: Actor, team: Team, name: str, **given: Any) -> list[str]:
    return [code for code, _ in await refusals(actor, team, name, **given)]


async def refusals(actor: Actor, team: Team, name: str, **given: Any) -> list[tuple[str, str]]:
    """Codes and messages; nothing is changed."""
    before = await everything(team)
    answer = await on_backlog(actor, team, name, **given)
    assert answer["backlog"] is None
    assert await everything(team) == before
    return [(one["code"], one["message"]) for one in answer["userErrors"]]


async def moved(actor: Actor, item: int, after: int | None, **given: Any) -> Any:
    place = {"itemId": item_id(item), "after": None if after is None else item_id(after)}
    return (await ask_as(actor, MOVE, {"input": place | given}))["backlogItemMove"]


def who(actor: Actor) -> str:
    return global_id("Member", actor.member_id or 0)


async def test_the_owner_alone_accepts_declines_and_orders(db: Settings) -> None:
    """Not even an admin does, and not a program that may do everything else."""
    team = await a_team()
    listed, proposed = await a_ready_item(team, "One"), await an_item(team, "Two")
    await a_ready_item(team, "Three")
    for somebody in (team.bob, team.sue, team.roy, caller()):
        for name, given in (
            ("Accept", {"itemId": item_id(proposed)}),
            ("Decline", {"itemId": item_id(proposed), "reason": "no"}),
            ("MarkDuplicate", {"itemId": item_id(proposed), "ofId": item_id(listed)}),
            ("Move", {"itemId": item_id(listed)}),
        ):
            assert (await refused(somebody, team, name, **given))[0] == "NOT_THE_OWNER"
        dropped = await refused(somebody, team, "Drop", itemId=item_id(listed), reason="no")
        assert dropped[0] == "NOT_THE_PULLER"
        assert await codes(somebody, team, "SetWipLimit", scope="PERSON", limit=9) == [
            "NOT_THE_OWNER"
        ]
    assert await titles(team) == ["One", "Three"]


async def test_an_order_that_was_seen_too_long_ago_is_refused_with_the_present_one(
    db: Settings,
) -> None:
    team = await a_team()
    one, two, three = [await a_ready_item(team, title) for title in ("One", "Two", "Three")]
    done = await moved(team.ada, three, None, expectedOrderVersion=3, reason="The fair is near")
    assert done == {
        "backlogItem": {"id": item_id(three), "position": 1},
        "backlog": {"orderVersion": 4},
        "userErrors": [],
    }
    before = await everything(team)
    stale = await moved(team.ada, one, two, expectedOrderVersion=3)
    assert stale["backlogItem"] is None
    assert stale["backlog"] == {"orderVersion": 4}
    assert stale["userErrors"] == [
        {
            "code": "CONFLICT",
            "message": "The order of the backlog is at version 4 by now.",
            "field": ["input", "expectedOrderVersion"],
        }
    ]
    assert await everything(team) == before
    assert await titles(team) == ["Three", "One", "Two"]
    history = (await ask(HISTORY, id=item_id(three)))["backlogItem"]["history"]
    assert history[-1] == {
        "kind": "ORDER",
        "mandate": None,
        "actorName": "Ada Marketing",
        "reason": "The fair is near",
    }


async def test_only_what_stands_in_the_list_is_a_neighbour(db: Settings) -> None:
    team, others = await a_team(), await a_team("Other")
    item, proposed = await a_ready_item(team, "One"), await an_item(team, "Two")
    for wrong in (await a_ready_item(others, "Foreign"), proposed, item, 10**6):
        told = await refused(team.ada, team, "Move", itemId=item_id(item), after=item_id(wrong))
        assert told == ("NEIGHBOUR_FOREIGN", ["input", "after"])
    told = await refused(team.ada, team, "Move", itemId=item_id(proposed))
    assert told == ("STEP_NOT_POSSIBLE", ["input", "itemId"])


async def test_who_stands_in_for_the_owner_does_so_until_the_end(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    one, two = [await a_ready_item(team, title) for title in ("One", "Two")]
    until = format_moment(clock() + 7 * DAY)
    given = {"memberId": who(team.bob), "until": until, "reason": "Holiday"}
    assert await codes(team.bob, team, "Delegate", **given) == ["NOT_THE_OWNER"]
    for wrong, message in (
        (clock(), "This end lies in the past already."),
        (clock() + 93 * DAY, "A delegation ends within 92 days."),
    ):
        late = given | {"until": format_moment(wrong)}
        assert await refusals(team.ada, team, "Delegate", **late) == [("END_INVALID", message)]
    for nobody, code in ((team.ada, "MEMBER_INVALID"), (team.sue, "ROLE_TAKES_NO_WORK")):
        wrong_one = given | {"memberId": who(nobody)}
        assert await codes(team.ada, team, "Delegate", **wrong_one) == [code]
    made = await on_backlog(team.ada, team, "Delegate", **given)
    assert made["backlog"]["mandates"] == [
        {"kind": "DELEGATION", "isActive": True, "member": {"name": "Bob Marketing"}}
    ]
    assert await codes(team.bob, team, "Delegate", **given) == ["NOT_THE_OWNER"]
    await moved(team.bob, two, None)
    assert await titles(team) == ["Two", "One"]
    history = (await ask(HISTORY, id=item_id(two)))["backlogItem"]["history"]
    assert (history[-1]["mandate"], history[-1]["actorName"]) == ("DELEGATION", "Bob Marketing")
    clock.advance(7 * DAY)
    told = await refused(team.bob, team, "Move", itemId=item_id(one))
    assert told[0] == "NOT_THE_OWNER"


async def test_an_admin_may_break_the_glass_and_everybody_sees_it(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    one, two = [await a_ready_item(team, title) for title in ("One", "Two")]
    assert await codes(team.bob, team, "BreakGlass", reason="Now") == ["NOT_AN_ADMIN"]
    assert await codes(team.roy, team, "BreakGlass", reason=" ") == ["REASON_INVALID"]
    made = await on_backlog(team.roy, team, "BreakGlass", reason="Ada is ill")
    assert made["backlog"]["mandates"] == [
        {"kind": "BREAK_GLASS", "isActive": True, "member": {"name": "Roy Marketing"}}
    ]
    await moved(team.roy, two, None)
    history = (await ask(HISTORY, id=item_id(two)))["backlogItem"]["history"]
    assert history[-1]["mandate"] == "BREAK_GLASS"
    ended = await on_backlog(team.ada, team, "EndMandate", memberId=who(team.roy))
    assert [one["isActive"] for one in ended["backlog"]["mandates"]] == [False]
    assert (await refused(team.roy, team, "Move", itemId=item_id(one)))[0] == "NOT_THE_OWNER"


async def test_a_backlog_is_handed_over_by_its_owner(db: Settings) -> None:
    team = await a_team()
    item = await an_item(team)
    given = {"ownerId": who(team.bob)}
    assert await codes(team.roy, team, "HandOver", **given) == ["NOT_THE_OWNER"]
    unknown = {"ownerId": global_id("Member", 10**6)}
    assert await codes(team.ada, team, "HandOver", **unknown) == ["MEMBER_NOT_FOUND"]
    stakeholder = {"ownerId": who(team.sue)}
    assert await codes(team.ada, team, "HandOver", **stakeholder) == ["ROLE_TAKES_NO_WORK"]
    made = await on_backlog(team.ada, team, "HandOver", **given)
    assert made["backlog"]["owner"] == {"name": "Bob Marketing"}
    assert made["backlog"]["mandates"] == [
        {"kind": "HAND_OVER", "isActive": False, "member": {"name": "Bob Marketing"}}
    ]
    assert (await refused(team.ada, team, "Accept", itemId=item_id(item)))[0] == "NOT_THE_OWNER"
    assert (await act(team.bob, "Accept", itemId=item_id(item)))["userErrors"] == []


async def test_a_stakeholder_is_no_owner_of_a_new_backlog(db: Settings) -> None:
    team = await a_team()
    given = {"name": "Events", "ownerId": who(team.sue)}
    answer = (await ask_as(caller(Scope.ADMIN), CREATE, {"input": given}))["backlogCreate"]
    assert answer == {
        "backlog": None,
        "userErrors": [{"code": "ROLE_TAKES_NO_WORK", "field": ["input", "ownerId"]}],
    }
    given = {"name": "Events", "ownerId": who(team.bob)}
    answer = (await ask_as(caller(Scope.ADMIN), CREATE, {"input": given}))["backlogCreate"]
    assert answer == {"backlog": {"owner": {"name": "Bob Marketing"}}, "userErrors": []}


async def test_nobody_makes_a_right_that_ends_one_for_ever(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    item = await an_item(team)
    until = format_moment(clock() + DAY)
    given = {"memberId": who(team.bob), "until": until, "reason": "Holiday"}
    await on_backlog(team.ada, team, "Delegate", **given)
    await on_backlog(team.roy, team, "BreakGlass", reason="Nobody is here")
    for somebody in (team.bob, team.sue):
        owner = {"ownerId": who(somebody)}
        assert await codes(team.bob, team, "HandOver", **owner) == ["NOT_THE_OWNER"]
    assert await codes(team.roy, team, "HandOver", ownerId=who(team.roy)) == ["NOT_THE_OWNER"]
    assert await codes(team.roy, team, "HandOver", ownerId=who(team.bob)) == ["REASON_INVALID"]
    made = await on_backlog(
        team.roy, team, "HandOver", ownerId=who(team.bob), reason="Ada left for good"
    )
    assert made["backlog"]["owner"] == {"name": "Bob Marketing"}
    assert {"kind": "BREAK_GLASS", "isActive": True, "member": {"name": "Roy Marketing"}} in (
        made["backlog"]["mandates"]
    )
    key = {"id": global_id("Backlog", team.backlog)}
    shown = (await ask_as(team.sue, MANDATES, key))["backlog"]["mandates"]
    assert [one for one in shown if one["kind"] == "HAND_OVER"] == [
        {
            "kind": "HAND_OVER",
            "member": {"name": "Bob Marketing"},
            "actorName": "Roy Marketing",
            "reason": "Ada left for good",
            "beganAt": format_moment(clock()),
            "isActive": False,
        }
    ]
    clock.advance(DAY)
    assert (await refused(team.roy, team, "Accept", itemId=item_id(item)))[0] == "NOT_THE_OWNER"


async def test_who_reads_only_or_is_nobody_changes_nothing(db: Settings) -> None:
    team = await a_team()
    item = await a_ready_item(team)
    told = await refused(caller(Scope.TEAM), team, "Pull", itemId=item_id(item))
    assert told[0] == "NOT_A_MEMBER"
    told = await refused(team.sue, team, "Pull", itemId=item_id(item))
    assert told[0] == "ROLE_TAKES_NO_WORK"
    told = await refused(team.sue, team, "Return", itemId=item_id(item), reason="no")
    assert told[0] == "ROLE_TAKES_NO_WORK"
    told = await refused(team.sue, team, "Estimate", itemId=item_id(item), effort=1)
    assert told[0] == "ROLE_TAKES_NO_WORK"


@pytest.mark.parametrize("word", ["assign", "puller", "pulledBy", "member", "owner"])
def test_no_input_of_an_item_names_who_is_to_do_it(word: str) -> None:
    for name, kind in ENGINE.documents.schema.type_map.items():
        if re.fullmatch(r"BacklogItem\w+Input", name) and isinstance(kind, GraphQLInputObjectType):
            assert [one for one in kind.fields if word.lower() in one.lower()] == [], name
