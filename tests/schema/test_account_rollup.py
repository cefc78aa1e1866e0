"""What an account shows of its people is what its people show, whatever happened to them."""

from collections import Counter, defaultdict
from random import Random
from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.operations import FIELD_BY_FIELD, ask
from tests.support.scoring import run_tasks
from touchline.domain.kernel.clock import DAY, format_moment
from touchline.domain.kernel.ids import global_id
from touchline.domain.scoring.upkeep import keep
from touchline.settings import Settings

ACCOUNTS = """{ accounts(first: 50) { nodes { id name peopleCount
  tags { tag { name } peopleCount }
  score { max sum model { name } computedAt }
  stage { name place } stageCounts { stage { name } peopleCount } } } }"""
PEOPLE = """{ customers(first: 100) { nodes { account { name } tags { tag { name } state }
  scores { value } stage { stage { name place } } } } }"""
IN_ORDER = """query ($field: AccountOrderField!, $direction: OrderDirection!, $after: String) {
  accounts(first: 2, after: $after, orderBy: { field: $field, direction: $direction }) {
    nodes { name peopleCount score { max } } pageInfo { hasNextPage endCursor } } }"""
TAG = "mutation ($input: TagCreateInput!) { tagCreate(input: $input) { tag { id } } }"
RULE = "mutation ($input: TagRuleCreateInput!) { tagRuleCreate(input: $input) { tagRule { id } } }"
PUBLISH_RULE = "mutation ($id: ID!) { tagRulePublish(id: $id) { userErrors { code } } }"
PIN = "mutation ($input: CustomerPinTagInput!) { customerPinTag(input: $input) { __typename } }"
MODEL = """mutation ($input: ScoringModelCreateInput!) { scoringModelCreate(input: $input) {
  scoringModel { id } userErrors { code } } }"""
PUBLISH = "mutation ($id: ID!) { scoringModelPublish(id: $id) { userErrors { code } } }"
STAGES = "{ stages { id name } }"
MOVE = """mutation ($input: CustomerMoveStageInput!) { customerMoveStage(input: $input) {
  userErrors { code } } }"""
MERGE = "mutation ($input: CustomerMergeInput!) { customerMerge(input: $input) { merge { id } } }"
UNMERGE = """mutation ($input: CustomerUnmergeInput!) { customerUnmerge(input: $input) {
  userErrors { code } } }"""
FIRMS = ("acme.com", "bolt.io", "cone.org")
USERS = [f"u{n}" for n in range(9)]


async def rules() -> dict[str, str]:
    """Two tags by rule, a model of which some points fade and others stay; the tags by name."""
    tags = {}
    for name in ("buyer", "reader", "vip"):
        tags[name] = (await ask(TAG, input={"name": name}))["tagCreate"]["tag"]["id"]
    for name, event in (("buyer", "Bought"), ("reader", "Read")):
        given = {"tagId": tags[name], "name": name, "condition": {"did": {"event": event}}}
        rule = await ask(RULE, input=given)
        await ask(PUBLISH_RULE, id=rule["tagRuleCreate"]["tagRule"]["id"])
    scored = [
        {"name": "Bought", "points": 20, "condition": {"did": {"event": "Bought"}}},
        {"name": "Read", "points": -1.5, "condition": {"did": {"event": "Read"}}},
        {"name": "Known", "points": 7, "condition": {"identifier": {"kind": "email"}}},
    ]
    given = {"name": "Fit", "halfLife": "P3D", "rules": scored}
    model = (await ask(MODEL, input=given))["scoringModelCreate"]["scoringModel"]["id"]
    await ask(PUBLISH, id=model)
    await run_tasks()
    return tags


async def told() -> list[dict[str, Any]]:
    """The accounts by name, alike by both ways of execution."""
    nodes = (await ask(ACCOUNTS))["accounts"]["nodes"]
    assert (await ask(ACCOUNTS, engine=FIELD_BY_FIELD))["accounts"]["nodes"] == nodes
    return [{key: value for key, value in one.items() if key != "id"} for one in nodes]


async def summed(at: str) -> dict[str, dict[str, Any]]:
    """The same by a plain loop over the people."""
    staff = defaultdict(list)
    for one in (await ask(PEOPLE))["customers"]["nodes"]:
        if one["account"]:
            staff[one["account"]["name"]].append(one)
    return {name: _rolled_up(people, at) for name, people in staff.items()}


def _rolled_up(people: list[dict[str, Any]], at: str) -> dict[str, Any]:
    tags = Counter(
        one["tag"]["name"] for who in people for one in who["tags"] if one["state"] != "PINNED_OFF"
    )
    values = [round(one["value"] * 1_000_000) for who in people for one in who["scores"]]
    stages = [who["stage"]["stage"] for who in people if who["stage"]]
    counts = Counter((one["place"], one["name"]) for one in stages)
    return {
        "peopleCount": len(people),
        "tags": [
            {"tag": {"name": name}, "peopleCount": count}
            for name, count in sorted(tags.items(), key=lambda one: (-one[1], one[0]))
        ],
        "score": {
            "max": max(values) / 1_000_000,
            "sum": sum(values) / 1_000_000,
            "model": {"name": "Fit"},
            "computedAt": at,
        },
        "stage": max(stages, key=lambda one: one["place"]) if stages else None,
        "stageCounts": [
            {"stage": {"name": name}, "peopleCount": count}
            for (_, name), count in sorted(counts.items())
        ],
    }


@pytest.mark.parametrize("seed", [1, 2])
async def test_after_any_history_accounts_show_what_their_people_show(
    db: Settings, clock: SettableClock, seed: int
) -> None:
    dice = Random(seed)
    tags = await rules()
    stages = [one["id"] for one in (await ask(STAGES))["stages"]]
    merges: list[str] = []
    seen = set()
    for step in range(24):
        who = dice.choice(USERS)
        await _happens(db, dice, who, step)
        if dice.random() < 0.3:
            await _is_said(dice, who, tags, stages, merges)
        clock.advance(dice.randrange(DAY))
        if step % 6 == 5:
            await judge_all()
            expected = await summed(format_moment(clock()))
            for shown in await told():
                if shown["peopleCount"]:
                    name = shown.pop("name")
                    assert shown == expected.pop(name)
                    seen.add(shown["peopleCount"])
                else:
                    assert (shown["tags"], shown["score"], shown["stage"]) == ([], None, None)
            assert expected == {}
            await _are_sorted()
    assert max(seen) >= 3  # it was put to the test: somewhere several people stood together


async def _are_sorted() -> None:
    """Walked page by page, accounts are sorted by what they show, either way.

    Ranks of scores that fade only in part are those of the last refreshment, which is now.
    """
    await keep()
    for field, direction in (("PEOPLE", "DESC"), ("SCORE", "DESC"), ("SCORE", "ASC")):
        shown: list[Any] = []
        after, more = None, True
        while more:
            answer = await ask(IN_ORDER, field=field, direction=direction, after=after)
            page = answer["accounts"]
            shown += page["nodes"]
            more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
        by_people = [one["peopleCount"] for one in shown]
        by_score = [one["score"]["max"] if one["score"] else 0 for one in shown]
        values = by_people if field == "PEOPLE" else by_score
        assert values == sorted(values, reverse=direction == "DESC")
        assert len({one["name"] for one in shown}) == len(shown)


async def _happens(db: Settings, dice: Random, who: str, step: int) -> None:
    call: dict[str, Any] = {"userId": who, "messageId": f"m{step}"}
    kind = dice.choice(["Bought", "Read", "mail", "mail", "group"])
    if kind == "mail":
        call |= {"type": "identify", "traits": {"email": f"{who}@{dice.choice(FIRMS)}"}}
    elif kind == "group":
        call |= {"type": "group", "groupId": f"g{dice.randrange(2)}"}
    else:
        call |= {"type": "track", "event": kind}
    await arrive(db, {"type": "page", "userId": who, "messageId": f"p{step}"}, call)


async def _is_said(
    dice: Random, who: str, tags: dict[str, str], stages: list[str], merges: list[str]
) -> None:
    """A colleague pins a tag, moves a customer, makes two one or takes that back."""
    customer = global_id("Customer", await customer_of("user_id", who))
    match dice.choice(["pin", "move", "merge", "unmerge"]):
        case "pin":
            tag = dice.choice(sorted(tags.values()))
            given = {"customerId": customer, "tagId": tag, "pin": dice.choice(["ON", "OFF"])}
            await ask(PIN, input=given)
        case "move":
            given = {"customerId": customer, "stageId": dice.choice(stages), "reason": "met"}
            await ask(MOVE, input=given)
        case "merge":
            other = (await ask("{ customers(first: 1) { nodes { id } } }"))["customers"]["nodes"][0]
            given = {"survivorId": customer, "absorbedId": other["id"]}
            answer = (await ask(MERGE, input=given))["customerMerge"]
            merges += [answer["merge"]["id"]] if answer["merge"] else []
        case "unmerge" if merges:
            await ask(UNMERGE, input={"mergeId": merges.pop()})


async def test_without_people_or_a_primary_model_there_is_no_score(
    db: Settings, clock: SettableClock
) -> None:
    await arrive(db, {"type": "identify", "userId": "ann", "traits": {"email": "ann@acme.com"}})
    await judge_all()
    (account,) = await told()
    assert (account["peopleCount"], account["score"], account["tags"]) == (1, None, [])
