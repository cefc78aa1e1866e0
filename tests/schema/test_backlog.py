"""The backlog as its callers see it: from a proposal to a launch."""

from typing import Any

from tests.support.backlog import Team, a_ready_item, a_team, an_item, everything, titles
from tests.support.clock import SettableClock
from tests.support.content import a_published_asset, an_asset
from tests.support.operations import FIELD_BY_FIELD, ask, ask_as
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

CARD = """id title kind state position effort customerValue { kind level }
  businessValue { goal { id name } level } scores { wsjf rice ice valuePerEffort }
  proposedBy { name } pulledBy { name } blocked { since reason } ageDays
  readiness { ready missing } experiment { hypothesis metric target verdict }"""
BOARD = f"""query ($id: ID!, $first: Int!, $after: String) {{ backlog(id: $id) {{
  id name owner {{ name }} orderVersion itemCount
  items(first: $first, after: $after, states: [BACKLOG, READY]) {{
    nodes {{ {CARD} }} pageInfo {{ hasNextPage endCursor }} }}
  inProgress {{ {CARD} }} wipLimits {{ scope limit current }} }} }}"""
ITEM = f"""query ($id: ID!) {{ backlogItem(id: $id) {{ {CARD}
  description dependsOn {{ id title state }} contentAssets {{ id title }} campaign {{ id name }}
  duplicateOf {{ title }} voteCount votes {{ member {{ name }} }} comments(first: 5) {{ nodes {{
  text actorName }} }} history {{ kind at actorName from to reason mandate }}
  experiment {{ window {{ from to days }} }} }} }}"""
PROPOSE = """mutation ($input: BacklogItemProposeInput!) { act: backlogItemPropose(input: $input) {
  backlogItem { id state } userErrors { code field } } }"""
UPDATE = """mutation ($id: ID!, $input: BacklogItemUpdateInput!) {
  act: backlogItemUpdate(id: $id, input: $input) {
  backlogItem { id state } userErrors { code field } } }"""
ACT = """mutation ($input: BacklogItem%sInput!) { act: backlogItem%s(input: $input) {
  backlogItem { id state position pulledBy { name } } userErrors { code field } } }"""
BY_ID = """mutation ($id: ID!) { act: backlogItem%s(id: $id) {
  backlogItem { id state } userErrors { code field } } }"""
GOAL = """mutation ($input: BusinessGoalCreateInput!) { businessGoalCreate(input: $input) {
  businessGoal { id name kind } userErrors { code field } } }"""
WHOLE: dict[str, Any] = {
    "title": "Air guide",
    "kind": "EXPERIMENT",
    "effort": 5,
    "customerValue": {"kind": "JOY", "level": 3},
    "urgency": 2,
    "confidence": 80,
    "hypothesis": "Readers will come.",
    "metric": "READS",
    "target": 12.5,
    "windowDays": 14,
    "dependsOnIds": [],
}


IN_STATES = """query ($id: ID!, $states: [BacklogItemState!], $last: Int) { backlog(id: $id) {
  items(last: $last, states: $states) { nodes { title } pageInfo { hasPreviousPage } } } }"""


def item_id(key: int) -> str:
    return global_id("BacklogItem", key)


async def act(actor: Actor, name: str, **given: Any) -> Any:
    return (await ask_as(actor, ACT % (name, name), {"input": given}))["act"]


async def by_id(actor: Actor, name: str, key: int) -> Any:
    return (await ask_as(actor, BY_ID % name, {"id": item_id(key)}))["act"]


async def refused(actor: Actor, team: Team, name: str, **given: Any) -> tuple[str, list[str]]:
    """The code and field of a refusal, which changed nothing."""
    before = await everything(team)
    (error,) = (await act(actor, name, **given))["userErrors"]
    assert await everything(team) == before
    return error["code"], error["field"]


async def test_an_item_comes_from_a_proposal_to_its_launch(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    goal = (await ask(GOAL, input={"name": "Leads", "kind": "KPI"}))["businessGoalCreate"]
    worth = {"level": 4, "goalId": goal["businessGoal"]["id"]}
    given = WHOLE | {"businessValue": worth, "backlogId": global_id("Backlog", team.backlog)}
    made = (await ask_as(team.sue, PROPOSE, {"input": given}))["act"]
    item = made["backlogItem"]["id"]
    assert made == {"backlogItem": {"id": item, "state": "PROPOSED"}, "userErrors": []}

    accepted = await act(team.ada, "Accept", itemId=item)
    assert (accepted["backlogItem"]["state"], accepted["backlogItem"]["position"]) == ("READY", 1)
    clock.advance(3 * DAY)
    pulled = (await act(team.bob, "Pull", itemId=item))["backlogItem"]
    assert pulled == {
        "id": item,
        "state": "IN_PROGRESS",
        "position": None,
        "pulledBy": {"name": "Bob Marketing"},
    }
    key = int(item.split("_")[1])
    assert (await by_id(team.bob, "Submit", key))["backlogItem"]["state"] == "IN_REVIEW"
    back = await act(team.ada, "Return", itemId=item, reason="Shorter")
    assert back["backlogItem"]["state"] == "IN_PROGRESS"
    await by_id(team.bob, "Submit", key)
    draft, shown = await an_asset("Draft"), await a_published_asset("Shown")
    ids = [global_id("ContentAsset", draft)]
    told = await refused(team.bob, team, "Launch", itemId=item, contentAssetIds=ids)
    assert told == ("NOTHING_PUBLISHED", ["input", "contentAssetIds"])
    ids.append(global_id("ContentAsset", shown))
    out = await act(team.bob, "Launch", itemId=item, contentAssetIds=ids)
    assert out["backlogItem"]["state"] == "LAUNCHED"
    clock.advance(DAY)

    await _check_launched(item)


async def _check_launched(item: str) -> None:
    page = (await ask(ITEM, id=item))["backlogItem"]
    assert (await ask(ITEM, id=item, engine=FIELD_BY_FIELD))["backlogItem"] == page
    assert (page["title"], page["kind"], page["effort"]) == ("Air guide", "EXPERIMENT", 5)
    assert page["customerValue"] == {"kind": "JOY", "level": 3}
    assert page["businessValue"]["level"] == 4
    assert page["businessValue"]["goal"]["name"] == "Leads"
    assert page["scores"] == {"wsjf": 2.0, "rice": None, "ice": 336.0, "valuePerEffort": 1.4}
    assert (page["proposedBy"], page["ageDays"]) == ({"name": "Sue Marketing"}, 3)
    assert page["readiness"] == {"ready": True, "missing": []}
    assert page["experiment"] == {
        "hypothesis": "Readers will come.",
        "metric": "READS",
        "target": 12.5,
        "verdict": None,
        "window": {
            "from": "2026-03-05T09:00:00.000Z",
            "to": "2026-03-19T09:00:00.000Z",
            "days": 14,
        },
    }
    assert [one["title"] for one in page["contentAssets"]] == ["Draft", "Shown"]
    said = [(one["actorName"].split()[0], one["from"], one["to"]) for one in page["history"]]
    assert said == [
        *(("Sue", None, "PROPOSED"), ("Ada", "PROPOSED", "BACKLOG"), ("Ada", "BACKLOG", "READY")),
        *(("Bob", "READY", "IN_PROGRESS"), ("Bob", "IN_PROGRESS", "IN_REVIEW")),
        *(("Ada", "IN_REVIEW", "IN_PROGRESS"), ("Bob", "IN_PROGRESS", "IN_REVIEW")),
        ("Bob", "IN_REVIEW", "LAUNCHED"),
    ]
    assert {one["kind"] for one in page["history"]} == {"STATE"}


async def test_a_board_is_paged_in_the_order_of_its_owner(db: Settings) -> None:
    team = await a_team()
    keys = [await a_ready_item(team, f"Item {number}") for number in range(5)]
    await an_item(team, "A proposal")
    await act(team.bob, "Pull", itemId=item_id(keys[0]))
    board: dict[str, Any] = {"id": global_id("Backlog", team.backlog), "first": 3}
    seen = (await ask(BOARD, **board))["backlog"]
    assert (await ask(BOARD, engine=FIELD_BY_FIELD, **board))["backlog"] == seen
    assert (seen["owner"], seen["orderVersion"]) == ({"name": "Ada Marketing"}, 5)
    assert [one["title"] for one in seen["items"]["nodes"]] == ["Item 1", "Item 2", "Item 3"]
    assert [one["position"] for one in seen["items"]["nodes"]] == [1, 2, 3]
    assert [one["title"] for one in seen["inProgress"]] == ["Item 0"]
    assert seen["wipLimits"] == [{"scope": "PERSON", "limit": 3, "current": 1}]
    more = (await ask(BOARD, **board, after=seen["items"]["pageInfo"]["endCursor"]))["backlog"]
    assert [one["title"] for one in more["items"]["nodes"]] == ["Item 4"]
    assert more["items"]["pageInfo"]["hasNextPage"] is False


async def test_an_item_is_ready_as_long_as_its_questions_are_answered(db: Settings) -> None:
    team = await a_team()
    first, item = await a_ready_item(team, "First"), await an_item(team, "Second")
    await act(team.ada, "Accept", itemId=item_id(item))

    async def change(**given: Any) -> tuple[str, list[str]]:
        told = await ask_as(team.bob, UPDATE, {"id": item_id(item), "input": given})
        assert told["act"]["userErrors"] == []
        page = (await ask(ITEM, id=item_id(item)))["backlogItem"]
        return page["state"], page["readiness"]["missing"]

    assert (await change(effort=13, hypothesis="x"))[1] == ["SIZED", "DEPENDENCIES", "MEASURABLE"]
    assert (await change(effort=8))[1] == ["DEPENDENCIES", "MEASURABLE"]
    measured = {"metric": "CLICKS", "target": 1, "windowDays": 7}
    assert (await change(**measured))[1] == ["DEPENDENCIES"]
    assert await change(dependsOnIds=[item_id(first)]) == ("BACKLOG", ["DEPENDENCIES"])
    await act(team.ada, "Drop", itemId=item_id(first), reason="Not now")
    page = (await ask(ITEM, id=item_id(item)))["backlogItem"]
    assert (page["state"], page["readiness"]) == ("READY", {"ready": True, "missing": []})
    assert page["dependsOn"] == [{"id": item_id(first), "title": "First", "state": "DROPPED"}]
    assert await change(hypothesis=None) == ("BACKLOG", ["SUCCESS"])
    estimated = await act(team.bob, "Estimate", itemId=item_id(item), effort=2)
    assert estimated["userErrors"] == []
    (line,) = [one for one in page["history"] if one["reason"] == "hypothesis"]
    assert (line["kind"], line["from"], line["to"]) == ("EDIT", None, None)


async def test_a_proposal_is_declined_or_the_same_as_another(db: Settings) -> None:
    team = await a_team()
    item, twin = await an_item(team, "One"), await an_item(team, "One again")
    told = await refused(team.ada, team, "Decline", itemId=item_id(item), reason=" ")
    assert told == ("REASON_INVALID", ["input", "reason"])
    other = await an_item(await a_team("Other"), "Foreign")
    for wrong in (other, twin):
        given = {"itemId": item_id(twin), "ofId": item_id(wrong)}
        told = await refused(team.ada, team, "MarkDuplicate", **given)
        assert told == ("DUPLICATE_FOREIGN", ["input", "ofId"])
    same = await act(team.ada, "MarkDuplicate", itemId=item_id(twin), ofId=item_id(item))
    assert same["backlogItem"]["state"] == "DUPLICATE"
    assert (await ask(ITEM, id=item_id(twin)))["backlogItem"]["duplicateOf"] == {"title": "One"}
    done = await act(team.ada, "Decline", itemId=item_id(item), reason="Too late")
    assert done["backlogItem"]["state"] == "DECLINED"
    told = await refused(team.ada, team, "Accept", itemId=item_id(item))
    assert told == ("STEP_NOT_POSSIBLE", ["input", "itemId"])


async def test_votes_and_comments_move_nothing(db: Settings) -> None:
    team = await a_team()
    items = [await a_ready_item(team, title) for title in ("One", "Two")]
    for voter in (team.sue, team.bob, team.bob):
        await by_id(voter, "Vote", items[1])
    await by_id(team.bob, "WithdrawVote", items[1])
    await act(team.sue, "Comment", itemId=item_id(items[1]), text=" Please ")
    told = await refused(team.sue, team, "Comment", itemId=item_id(items[1]), text=" ")
    assert told == ("TEXT_INVALID", ["input", "text"])
    page = (await ask(ITEM, id=item_id(items[1])))["backlogItem"]
    assert (page["voteCount"], page["votes"]) == (1, [{"member": {"name": "Sue Marketing"}}])
    assert page["comments"]["nodes"] == [{"text": "Please", "actorName": "Sue Marketing"}]
    assert await titles(team) == ["One", "Two"]


async def test_items_are_shown_by_where_they_stand_from_either_end(db: Settings) -> None:
    team = await a_team()
    await an_item(team, "Wished")
    for title in ("Under way", "First", "Second"):
        key = await a_ready_item(team, title)
        if title == "Under way":
            await act(team.bob, "Pull", itemId=item_id(key))

    async def shown(*states: str, last: int) -> tuple[list[str], bool]:
        backlog = global_id("Backlog", team.backlog)
        found = await ask(IN_STATES, id=backlog, states=states or None, last=last)
        page = found["backlog"]["items"]
        return [node["title"] for node in page["nodes"]], page["pageInfo"]["hasPreviousPage"]

    first, second = await titles(team)
    assert {first, second} == {"First", "Second"}
    assert await shown("BACKLOG", "READY", last=3) == ([first, second], False)
    assert await shown("READY", last=1) == ([second], True)
    assert await shown("READY", "PROPOSED", last=3) == ([first, second, "Wished"], False)
    assert await shown("IN_PROGRESS", last=3) == (["Under way"], False)
    assert await shown("DECLINED", last=3) == ([], False)
    assert await shown(last=4) == ([first, second, "Wished", "Under way"], False)
