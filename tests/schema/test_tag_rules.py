"""Rules of tags as marketers write them."""

from contextlib import aclosing
from typing import Any

from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.many import fill
from tests.support.operations import ask, watch
from tests.support.scoring import run_tasks
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.live import publish
from touchline.domain.tags.events import TAGS_CHANGED
from touchline.settings import Settings

TAG = "mutation ($input: TagCreateInput!) { tagCreate(input: $input) { tag { id } } }"
CREATE = """mutation ($input: TagRuleCreateInput!) { tagRuleCreate(input: $input) {
  tagRule { id version status publishedVersion effect tag { name } condition { summary } }
  userErrors { code field } } }"""
UPDATE = """mutation ($id: ID!, $input: TagRuleUpdateInput!) {
  tagRuleUpdate(id: $id, input: $input) {
    tagRule { name version status publishedVersion } userErrors { code field } } }"""
PREVIEW = """mutation ($id: ID!) { tagRulePreview(id: $id) {
  matchedCount addedCount removedCount sample { displayName } userErrors { code } } }"""
PUBLISH = """mutation ($id: ID!, $expectedVersion: Int) {
  tagRulePublish(id: $id, expectedVersion: $expectedVersion) {
    tagRule { id version status matchedCount recompute { status } }
    recompute { kind status progress error } userErrors { code field } } }"""
ONE = """query ($id: ID!) { node(id: $id) { ... on TagRule {
  status matchedCount recompute { status progress } } } }"""
RETIRE = """mutation ($id: ID!) { tagRuleRetire(id: $id) {
  tagRule { status matchedCount } userErrors { code } } }"""
TAGS = """query ($id: ID!) { customer(id: $id) { tags { tag { name } state
  setBy { kind ruleVersion rule { id name version } actorName touchpoint { name } } } } }"""
BOUGHT = {"did": {"event": "Bought"}}


async def tag(name: str = "Buyer") -> str:
    tag_id: str = (await ask(TAG, input={"name": name}))["tagCreate"]["tag"]["id"]
    return tag_id


async def does(db: Settings, who: str, *names: str) -> str:
    for name in names:
        call = {"type": "track", "userId": who, "event": name, "messageId": f"{who}{name}"}
        await arrive(db, call)
    await judge_all()
    return global_id("Customer", await customer_of("user_id", who))


async def test_a_rule_goes_from_draft_to_force_and_out_of_it(db: Settings) -> None:
    ada, bob = await does(db, "ada", "Bought"), await does(db, "bob", "Looked")
    given = {"tagId": await tag(), "name": "Bought once", "condition": BOUGHT}
    rule = (await ask(CREATE, input=given))["tagRuleCreate"]["tagRule"]
    assert (rule["version"], rule["status"], rule["publishedVersion"]) == (1, "DRAFT", None)
    assert (rule["effect"], rule["tag"]["name"]) == ("ADD_AND_REMOVE", "Buyer")
    assert "Bought" in rule["condition"]["summary"]
    answer = (await ask(PREVIEW, id=rule["id"]))["tagRulePreview"]
    assert (answer["matchedCount"], answer["addedCount"], answer["removedCount"]) == (1, 1, 0)
    assert len(answer["sample"]) == 1
    assert (await ask(TAGS, id=ada))["customer"]["tags"] == []
    answer = (await ask(PUBLISH, id=rule["id"], expectedVersion=1))["tagRulePublish"]
    assert answer == {
        "tagRule": {
            "id": rule["id"],
            "version": 1,
            "status": "PUBLISHED",
            "matchedCount": 1,
            "recompute": {"status": "DONE"},
        },
        "recompute": {
            "kind": "publish_tag_rule",
            "status": "DONE",
            "progress": 1.0,
            "error": None,
        },
        "userErrors": [],
    }
    assert (await ask(TAGS, id=ada))["customer"]["tags"] == [
        {
            "tag": {"name": "Buyer"},
            "state": "AUTOMATIC",
            "setBy": {
                "kind": "RULE",
                "ruleVersion": 1,
                "rule": {"id": rule["id"], "name": "Bought once", "version": 1},
                "actorName": None,
                "touchpoint": {"name": "Bought"},
            },
        }
    ]
    await does(db, "bob", "Bought")
    assert len((await ask(TAGS, id=bob))["customer"]["tags"]) == 1
    changed = {"name": "Looked", "condition": {"did": {"event": "Looked"}}}
    answer = (await ask(UPDATE, id=rule["id"], input=changed))["tagRuleUpdate"]["tagRule"]
    assert answer == {"name": "Looked", "version": 2, "status": "DRAFT", "publishedVersion": 1}
    answer = (await ask(PREVIEW, id=rule["id"]))["tagRulePreview"]
    assert (answer["matchedCount"], answer["addedCount"], answer["removedCount"]) == (1, 0, 1)
    answer = (await ask(PUBLISH, id=rule["id"], expectedVersion=1))["tagRulePublish"]
    assert answer["userErrors"] == [{"code": "STALE_DRAFT", "field": ["expectedVersion"]}]
    assert len((await ask(TAGS, id=ada))["customer"]["tags"]) == 1
    await ask(PUBLISH, id=rule["id"], expectedVersion=2)
    assert (await ask(TAGS, id=ada))["customer"]["tags"] == []
    answer = (await ask(RETIRE, id=rule["id"]))["tagRuleRetire"]
    assert answer["tagRule"] == {"status": "RETIRED", "matchedCount": 0}
    assert (await ask(TAGS, id=bob))["customer"]["tags"] == []


async def test_a_rule_with_a_bad_condition_is_refused_and_not_written(db: Settings) -> None:
    given: dict[str, Any] = {"tagId": await tag(), "name": "r", "condition": {"all": []}}
    answer = (await ask(CREATE, input=given))["tagRuleCreate"]
    assert answer["tagRule"] is None
    assert [one["code"] for one in answer["userErrors"]] == ["CONDITION_EMPTY"]
    given["condition"] = {"tag": {"tag": given["tagId"]}}
    answer = (await ask(CREATE, input=given))["tagRuleCreate"]
    assert [one["code"] for one in answer["userErrors"]] == ["CONDITION_CYCLE"]
    assert await ask("{ tagRules(first: 1) { totalCount } }") == {"tagRules": {"totalCount": 0}}


async def test_who_watches_hears_of_tags_that_change(db: Settings) -> None:
    ada, buyer = await does(db, "ada", "Looked"), await tag()
    document = """subscription ($customerId: ID) { tagChanged(customerId: $customerId) {
      customer { id } tag { name } state } }"""
    keys = [int(one.rsplit("_", 1)[1]) for one in (ada, buyer)]
    async with aclosing(await watch(document, customerId=ada)) as messages:
        changes = [[keys[0] + 1, keys[1], "MANUAL"], [*keys, "AUTOMATIC"], [*keys, None]]
        publish(TAGS_CHANGED, {"changes": changes})
        heard = [(await anext(messages)).body["data"]["tagChanged"] for _ in range(2)]
    assert heard == [
        {"customer": {"id": ada}, "tag": {"name": "Buyer"}, "state": "AUTOMATIC"},
        {"customer": {"id": ada}, "tag": {"name": "Buyer"}, "state": None},
    ]


BULK = """mutation ($input: CustomersAddTagsInput!) { customersAddTags(input: $input) {
  task { id kind status progress } userErrors { code field } } }"""
UNDO = """mutation ($input: CustomersRemoveTagsInput!) { customersRemoveTags(input: $input) {
  task { status } userErrors { code field } } }"""
DONE = "query ($id: ID!) { node(id: $id) { ... on Task { status progress actorName } } }"


async def test_all_who_meet_a_condition_are_tagged_in_the_background(db: Settings) -> None:
    ada, bob = await does(db, "ada", "Bought"), await does(db, "bob", "Looked")
    given = {"condition": BOUGHT, "tagIds": [await tag()]}
    task = (await ask(BULK, input=given))["customersAddTags"]["task"]
    assert (task["kind"], task["status"], task["progress"]) == ("tag_customers", "QUEUED", 0.0)
    assert (await ask(TAGS, id=ada))["customer"]["tags"] == []
    await run_tasks()
    assert (await ask(DONE, id=task["id"]))["node"] == {
        "status": "DONE",
        "progress": 1.0,
        "actorName": "Ada",
    }
    (stands,) = (await ask(TAGS, id=ada))["customer"]["tags"]
    assert (stands["state"], stands["setBy"]["actorName"]) == ("MANUAL", "Ada")
    assert (await ask(TAGS, id=bob))["customer"]["tags"] == []
    assert (await ask(UNDO, input=given))["customersRemoveTags"]["userErrors"] == []
    await run_tasks()
    assert (await ask(TAGS, id=ada))["customer"]["tags"] == []


async def test_a_bulk_of_no_tags_is_refused_and_begins_nothing(db: Settings) -> None:
    answer = (await ask(BULK, input={"condition": BOUGHT, "tagIds": []}))["customersAddTags"]
    assert answer == {
        "task": None,
        "userErrors": [{"code": "NOTHING_CHOSEN", "field": ["input", "tagIds"]}],
    }


async def test_of_many_customers_a_rule_is_on_its_way_with_progress(db: Settings) -> None:
    await does(db, "ada", "Bought")
    await fill()
    given = {"tagId": await tag(), "name": "Buyer", "condition": {"did": {"event": "Bought"}}}
    rule = (await ask(CREATE, input=given))["tagRuleCreate"]["tagRule"]
    answer = (await ask(PUBLISH, id=rule["id"]))["tagRulePublish"]
    queued = {"kind": "publish_tag_rule", "status": "QUEUED", "progress": 0.0, "error": None}
    assert (answer["tagRule"]["status"], answer["tagRule"]["matchedCount"]) == ("BUILDING", 0)
    assert answer["recompute"] == queued
    again = (await ask(PUBLISH, id=rule["id"]))["tagRulePublish"]["userErrors"]
    assert [one["code"] for one in again] == ["ALREADY_PUBLISHED"]
    await run_tasks()
    answer = (await ask(ONE, id=rule["id"]))["node"]
    done = {"status": "DONE", "progress": 1.0}
    assert answer == {"status": "PUBLISHED", "matchedCount": 1, "recompute": done}
