"""Pulling work: what is highest, within limits, and refusals that say what is in the way."""

from typing import Any

from tests.schema.test_backlog import act, by_id, item_id, refused
from tests.schema.test_backlog_rights import on_backlog
from tests.support.backlog import Team, a_ready_item, a_team, an_item, titles
from tests.support.clock import SettableClock
from tests.support.operations import ask
from touchline.domain.kernel.actor import Actor
from touchline.settings import Settings

BLOCKED = "query ($id: ID!) { backlogItem(id: $id) { blocked { since reason } } }"


async def pull(actor: Actor, team: Team, item: int, **given: Any) -> str:
    told = await refused(actor, team, "Pull", itemId=item_id(item), **given)
    assert told[1] == ["input", "itemId"]
    return told[0]


async def test_what_is_highest_is_pulled_unless_a_reason_is_given(db: Settings) -> None:
    team = await a_team()
    one, two, three = [await a_ready_item(team, title) for title in ("One", "Two", "Three")]
    answer = await act(team.bob, "Pull", itemId=item_id(two))
    assert [one["code"] for one in answer["userErrors"]] == ["HIGHER_ITEM_READY"]
    assert await pull(team.bob, team, two) == "HIGHER_ITEM_READY"
    await act(team.bob, "Block", itemId=item_id(one), reason="No pictures")
    assert (await act(team.bob, "Pull", itemId=item_id(two)))["userErrors"] == []
    assert await pull(team.bob, team, one) == "ITEM_BLOCKED"
    await by_id(team.bob, "Unblock", one)
    answer = await act(team.ada, "Pull", itemId=item_id(three), reason="I know the trade")
    assert answer["backlogItem"]["pulledBy"] == {"name": "Ada Marketing"}


async def test_limits_of_people_and_columns_refuse_pulls(db: Settings) -> None:
    team = await a_team()
    items = [await a_ready_item(team, f"Item {at}") for at in range(5)]
    for scope, limit in (("PERSON", 2), ("IN_PROGRESS", 3), ("IN_REVIEW", 1)):
        await on_backlog(team.ada, team, "SetWipLimit", scope=scope, limit=limit)
    for item in items[:2]:
        assert (await act(team.bob, "Pull", itemId=item_id(item)))["userErrors"] == []
    assert await pull(team.bob, team, items[2]) == "PERSON_LIMIT_REACHED"
    await act(team.ada, "Pull", itemId=item_id(items[2]))
    assert await pull(team.roy, team, items[3]) == "COLUMN_LIMIT_REACHED"
    assert (await by_id(team.bob, "Submit", items[0]))["userErrors"] == []
    full = await by_id(team.bob, "Submit", items[1])
    assert [one["code"] for one in full["userErrors"]] == ["COLUMN_LIMIT_REACHED"]
    assert await pull(team.bob, team, items[3]) == "PERSON_LIMIT_REACHED"
    lifted = await on_backlog(team.ada, team, "SetWipLimit", scope="PERSON", limit=None)
    assert {one["scope"] for one in lifted["backlog"]["wipLimits"]} == {"IN_PROGRESS", "IN_REVIEW"}
    wrong = await on_backlog(team.ada, team, "SetWipLimit", scope="PERSON", limit=0)
    assert [one["code"] for one in wrong["userErrors"]] == ["LIMIT_INVALID"]
    assert (await act(team.bob, "Pull", itemId=item_id(items[3])))["userErrors"] == []


async def test_only_what_is_ready_is_pulled_and_only_once(db: Settings) -> None:
    team = await a_team()
    item, proposal, unready = (
        await a_ready_item(team),
        await an_item(team, "Maybe"),
        await an_item(team, "Vague"),
    )
    await act(team.ada, "Accept", itemId=item_id(unready))
    await act(team.bob, "Pull", itemId=item_id(item))
    assert await pull(team.ada, team, item) == "ALREADY_PULLED"
    assert await pull(team.ada, team, proposal) == "STEP_NOT_POSSIBLE"
    assert await pull(team.ada, team, unready) == "NOT_READY"
    told = await refused(team.roy, team, "PutBack", itemId=item_id(item), reason="Mine")
    assert told[0] == "NOT_THE_PULLER"


async def test_what_is_put_back_comes_on_top(db: Settings) -> None:
    team = await a_team()
    one, _ = [await a_ready_item(team, title) for title in ("One", "Two")]
    await act(team.bob, "Pull", itemId=item_id(one))
    await act(team.ada, "Accept", itemId=item_id(await an_item(team, "Three")), after=None)
    assert await titles(team) == ["Three", "Two"]
    told = await refused(team.bob, team, "PutBack", itemId=item_id(one), reason="")
    assert told == ("REASON_INVALID", ["input", "reason"])
    back = await act(team.bob, "PutBack", itemId=item_id(one), reason="Too large for me")
    assert back["backlogItem"] == {
        "id": item_id(one),
        "state": "READY",
        "position": 1,
        "pulledBy": None,
    }
    assert await titles(team) == ["One", "Three", "Two"]


async def test_what_stands_in_the_way_is_told_with_its_time(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    item = await a_ready_item(team)
    await act(team.bob, "Block", itemId=item_id(item), reason="No pictures")
    seen = (await ask(BLOCKED, id=item_id(item)))["backlogItem"]
    assert seen == {"blocked": {"since": "2026-03-02T09:00:00.000Z", "reason": "No pictures"}}
    told = await refused(team.bob, team, "Block", itemId=item_id(item), reason="Again")
    assert told[0] == "STEP_NOT_POSSIBLE"
    await by_id(team.bob, "Unblock", item)
    assert (await ask(BLOCKED, id=item_id(item)))["backlogItem"] == {"blocked": None}
