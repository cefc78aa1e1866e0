"""Scoring models as marketers write them, and scores as colleagues read them."""

from contextlib import aclosing
from decimal import Decimal
from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.operations import ENGINE, FIELD_BY_FIELD, ask, watch
from tests.support.scoring import run_tasks
from touchline.domain.kernel.clock import DAY, HOUR
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.live import publish
from touchline.domain.kernel.outbox import peek
from touchline.domain.scoring.events import PRIMARY_CHANGED, SCORES_CHANGED
from touchline.settings import Settings

CREATE = """mutation ($input: ScoringModelCreateInput!) { scoringModelCreate(input: $input) {
  scoringModel { id version status halfLife window bands { name minimum }
    rules { name points dimension once capPerDay group condition { summary } } }
  userErrors { code field } } }"""
UPDATE = """mutation ($id: ID!, $input: ScoringModelUpdateInput!) {
  scoringModelUpdate(id: $id, input: $input) {
    scoringModel { version publishedVersion status rules { name points } }
    userErrors { code field } } }"""
PUBLISH = """mutation ($id: ID!, $expectedVersion: Int) {
  scoringModelPublish(id: $id, expectedVersion: $expectedVersion) {
    scoringModel { id version publishedVersion status isPrimary } recompute { status progress }
    userErrors { code field } } }"""
PREVIEW = """mutation ($id: ID!, $conversion: String) {
  scoringModelPreview(id: $id, conversion: $conversion) {
    lookedAt before { band count } after { band count }
    gainers { customer { displayName } from to }
    losers { customer { displayName } from to }
    backTest { customers conversions auc lift { decile rate lift } }
    userErrors { code field } } }"""
ADJUST = """mutation ($input: CustomerAdjustScoreInput!) { customerAdjustScore(input: $input) {
  customer { scores { value explanation { total lines { label points kind actorName } } } }
  userErrors { code field } } }"""
SCORES = """query ($id: ID!) { customer(id: $id) { scores { model { name version } value
  band { name minimum } computedAt nextBandChangeAt
  explanation { total lines { label kind points occurrences rule { name }
    latestTouchpoint { name } } }
  history(first: 10) { nodes { value band { name } cause } } } } }"""
MODELS = """{ scoringModels { name version status halfLife bands { name minimum }
  distribution { band { name } count } } }"""
BY_SCORE = """query ($min: Float!, $after: String) { customers(first: 2, after: $after,
  filter: {score: {atLeast: $min}}, orderBy: {field: SCORE, direction: DESC}) {
    nodes { displayName scores { value } } pageInfo { hasNextPage endCursor } } }"""
MODEL: dict[str, Any] = {
    "name": "Maturity",
    "halfLife": "P10D",
    "bands": [{"name": "Cold", "minimum": 0}, {"name": "Hot", "minimum": 30}],
    "rules": [
        {"name": "Visited", "points": 3.5, "condition": {"did": {"type": "PAGE"}}, "capPerDay": 7},
        {"name": "Bought", "points": 25, "condition": {"did": {"event": "Bought"}}},
        {
            "name": "On gold",
            "points": 12,
            "dimension": "fit",
            "condition": {"trait": {"name": "plan", "is": {"equals": "gold"}}},
        },
    ],
}
BOUGHT: dict[str, Any] = MODEL["rules"][1]


async def made(**changed: Any) -> str:
    model: str = (await ask(CREATE, input=MODEL | changed))["scoringModelCreate"]["scoringModel"][
        "id"
    ]
    return model


async def published(**changed: Any) -> str:
    model = await made(**changed)
    await ask(PUBLISH, id=model)
    await run_tasks()
    return model


async def does(db: Settings, who: str, *names: str, plan: str | None = None) -> str:
    traits = {"name": who, **({"plan": plan} if plan else {})}
    calls: list[dict[str, Any]] = [
        {"type": "identify", "userId": who, "messageId": f"{who}0", "traits": traits}
    ]
    for number, name in enumerate(names, 1):
        kind = {"type": "page", "name": name} if name == "Home" else {"type": "track"}
        calls.append({**kind, "event": name, "userId": who, "messageId": f"{who}{number}"})
    await arrive(db, *calls)
    await judge_all()
    return global_id("Customer", await customer_of("user_id", who))


async def test_a_model_is_written_published_and_shown(db: Settings, clock: SettableClock) -> None:
    answer = (await ask(CREATE, input=MODEL))["scoringModelCreate"]
    model = answer["scoringModel"]
    assert answer["userErrors"] == []
    assert (model["version"], model["status"], model["halfLife"]) == (1, "DRAFT", "P10D")
    assert model["bands"] == [{"name": "Cold", "minimum": 0.0}, {"name": "Hot", "minimum": 30.0}]
    assert [(one["name"], one["points"], one["capPerDay"]) for one in model["rules"]] == [
        ("Visited", 3.5, 7.0),
        ("Bought", 25.0, None),
        ("On gold", 12.0, None),
    ]
    assert all(one["condition"]["summary"] for one in model["rules"])
    await does(db, "Ada", "Bought", "Home", plan="gold")
    await does(db, "Bob", "Home")
    answer = (await ask(PUBLISH, id=model["id"]))["scoringModelPublish"]
    assert answer["recompute"] == {"status": "QUEUED", "progress": 0.0}
    assert answer["userErrors"] == []
    await run_tasks()
    assert (await ask(MODELS))["scoringModels"] == [
        {
            "name": "Maturity",
            "version": 1,
            "status": "PUBLISHED",
            "halfLife": "P10D",
            "bands": model["bands"],
            "distribution": [
                {"band": {"name": "Cold"}, "count": 1},
                {"band": {"name": "Hot"}, "count": 1},
            ],
        }
    ]


async def test_a_score_says_why_and_its_lines_sum_to_it(db: Settings, clock: SettableClock) -> None:
    model = await published()
    ada = await does(db, "Ada", "Bought", "Home", "Home", "Home", plan="gold")
    clock.advance(3 * DAY)
    (score,) = (await ask(SCORES, id=ada))["customer"]["scores"]
    explanation = score["explanation"]
    assert score["model"] == {"name": "Maturity", "version": 1}
    assert score["band"] == {"name": "Hot", "minimum": 30.0}
    assert score["computedAt"] == "2026-03-05T09:00:00.000Z"
    lines = [
        (one["label"], one["occurrences"], (one["latestTouchpoint"] or {}).get("name"))
        for one in explanation["lines"]
    ]
    assert lines == [("Visited", 2, "Home"), ("Bought", 1, "Bought"), ("On gold", 1, None)]
    parts = [Decimal(str(one["points"])) for one in explanation["lines"]]
    assert sum(parts) == Decimal(str(explanation["total"])) == Decimal(str(score["value"]))
    assert score["value"] == pytest.approx(32 * 2**-0.3 + 12, abs=1e-5)
    assert score["history"] == {
        "nodes": [{"value": 44.0, "band": {"name": "Hot"}, "cause": "EVENT"}]
    }
    given = {"customerId": ada, "modelId": model, "points": -20, "reason": "Wrong person"}
    answer = (await ask(ADJUST, input=given))["customerAdjustScore"]
    (score,) = answer["customer"]["scores"]
    assert score["explanation"]["lines"][-1] == {
        "label": "Wrong person",
        "points": -20.0,
        "kind": "ADJUSTMENT",
        "actorName": "Ada",
    }
    parts = [Decimal(str(one["points"])) for one in score["explanation"]["lines"]]
    assert sum(parts) == Decimal(str(score["value"]))


async def test_customers_are_listed_by_score(db: Settings) -> None:
    await published()
    for who, names in (("a", ["Home"]), ("b", ["Bought"]), ("c", ["Bought", "Home"]), ("d", [])):
        await does(db, who, *names)
    await does(db, "e", "Bought", "Bought")
    for engine in (None, FIELD_BY_FIELD):
        found, after = [], None
        while True:
            given = {"engine": engine} if engine else {}
            page = (await ask(BY_SCORE, min=3.0, after=after, **given))["customers"]
            found += [node["displayName"] for node in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert found == ["e", "c", "b", "a"]
    page = (await ask(BY_SCORE, min=25.5, after=None))["customers"]
    assert [node["displayName"] for node in page["nodes"]] == ["e", "c"]


PRIMARY = """mutation ($id: ID!) { scoringModelMakePrimary(id: $id) {
  scoringModel { name isPrimary } recompute { status } userErrors { code field } } }"""
PRIMARIES = "{ scoringModels { name isPrimary } }"


async def test_lists_are_sorted_by_the_model_that_is_chosen(db: Settings) -> None:
    await published()
    home = {"name": "Visited", "points": 40, "condition": {"did": {"event": "Home"}}}
    second = await published(name="Visits", rules=[home])
    await does(db, "a", "Bought")
    await does(db, "b", "Home")
    shown = (await ask(BY_SCORE, min=0.0, after=None))["customers"]["nodes"]
    assert [one["displayName"] for one in shown] == ["a", "b"]
    answer = (await ask(PRIMARY, id=second))["scoringModelMakePrimary"]
    assert answer["scoringModel"] == {"name": "Visits", "isPrimary": False}
    assert (answer["recompute"], answer["userErrors"]) == ({"status": "QUEUED"}, [])
    await run_tasks()
    shown = (await ask(BY_SCORE, min=30.0, after=None))["customers"]["nodes"]
    assert [one["displayName"] for one in shown] == ["b"]
    models = [
        {"name": "Maturity", "isPrimary": False},
        {"name": "Visits", "isPrimary": True},
    ]
    assert (await ask(PRIMARIES))["scoringModels"] == models
    assert [event.payload for event in await peek(100) if event.topic == PRIMARY_CHANGED] == [
        {"model": int(second.rsplit("_")[1])}
    ]
    draft = await made(name="Draft")
    for wrong, code in (
        (second, "ALREADY_PRIMARY"),
        (draft, "MODEL_NOT_PUBLISHED"),
        (global_id("ScoringModel", 99), "MODEL_NOT_FOUND"),
    ):
        refused = (await ask(PRIMARY, id=wrong))["scoringModelMakePrimary"]
        assert refused["userErrors"] == [{"code": code, "field": ["id"]}]
    told = {one["name"]: one["isPrimary"] for one in (await ask(PRIMARIES))["scoringModels"]}
    assert told == {"Maturity": False, "Visits": True, "Draft": False}


BY_TAG = """query ($tag: ID!, $min: Float, $after: String, $last: Int, $first: Int) {
  customers(first: $first, last: $last, after: $after,
    filter: {hasTag: $tag, score: {atLeast: $min}}, orderBy: {field: SCORE, direction: DESC}) {
    totalCount nodes { displayName tags { tag { name } } } pageInfo { hasNextPage endCursor } } }"""
TAG = "mutation ($input: TagCreateInput!) { tagCreate(input: $input) { tag { id } } }"
ADD = "mutation ($input: CustomerAddTagsInput!) { customerAddTags(input: $input) { __typename } }"


async def test_customers_of_a_tag_are_listed_by_score(db: Settings, clock: SettableClock) -> None:
    await published()
    tag = (await ask(TAG, input={"name": "VIP"}))["tagCreate"]["tag"]["id"]
    for who, names in (("a", ["Home"]), ("b", ["Bought"]), ("c", ["Bought", "Home"]), ("d", [])):
        customer = await does(db, who, *names)
        if who != "b":
            await ask(ADD, input={"customerId": customer, "tagIds": [tag]})
    clock.advance(HOUR)
    await does(db, "a", "Home", "Bought")
    for engine in (ENGINE, FIELD_BY_FIELD):
        found, after = [], None
        for _ in range(3):
            data = await ask(BY_TAG, engine=engine, tag=tag, first=1, after=after)
            page = data["customers"]
            found += [node["displayName"] for node in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
        assert (found, page["totalCount"]) == (["a", "c", "d"], 3)
        assert not page["pageInfo"]["hasNextPage"]
        page = (await ask(BY_TAG, engine=engine, tag=tag, last=2, min=3.0))["customers"]
        assert [node["displayName"] for node in page["nodes"]] == ["a", "c"]


async def test_a_preview_says_who_gains_and_how_well_it_tells(
    db: Settings, clock: SettableClock
) -> None:
    model = await published()
    for number in range(12):
        await does(db, f"p{number}", *["Home"] * (1 + (number >= 6)))
    clock.advance(20 * DAY)
    for number in range(6, 10):
        call = {
            "type": "track",
            "event": "Order",
            "userId": f"p{number}",
            "messageId": f"o{number}",
        }
        await arrive(db, call)
    await judge_all()
    clock.advance(DAY)
    rules = [{"name": "Visited", "points": 40, "condition": {"did": {"type": "PAGE"}}}]
    answer = await ask(UPDATE, id=model, input={"rules": rules, "halfLife": None})
    assert answer["scoringModelUpdate"]["scoringModel"]["version"] == 2
    answer = (await ask(PREVIEW, id=model, conversion=None))["scoringModelPreview"]
    assert (answer["lookedAt"], answer["backTest"], answer["losers"]) == (12, None, [])
    assert answer["before"] == [{"band": "Cold", "count": 12}]
    assert answer["after"] == [{"band": "Hot", "count": 12}]
    assert len(answer["gainers"]) == 12
    assert answer["gainers"][0]["to"] == 80.0
    back = await ask(
        PREVIEW.replace("conversion: $conversion", 'conversion: $conversion, horizon: "P10D"'),
        id=model,
        conversion="Order",
    )
    found = back["scoringModelPreview"]["backTest"]
    assert (found["customers"], found["conversions"]) == (12, 4)
    assert found["auc"] == 0.875
    assert found["lift"][0] == {"decile": 1, "rate": pytest.approx(2 / 3), "lift": 2.0}


@pytest.mark.parametrize(
    "changed, code, field",
    [
        ({"halfLife": "PT0S"}, "HALF_LIFE_INVALID", ["halfLife"]),
        ({"window": "P1D"}, "WINDOW_INVALID", ["window"]),
        ({"rules": []}, "RULES_INVALID", ["rules"]),
        (
            {"bands": [{"name": "A", "minimum": 5}, {"name": "B", "minimum": 5}]},
            "BANDS_INVALID",
            ["bands", "1", "minimum"],
        ),
        (
            {"rules": [BOUGHT | {"capPerDay": 24}]},
            "CAP_INVALID",
            ["rules", "0", "capPerDay"],
        ),
        (
            {"rules": [BOUGHT | {"points": 0}]},
            "POINTS_INVALID",
            ["rules", "0", "points"],
        ),
        ({"rules": [BOUGHT | {"group": "x"}]}, "GROUP_INVALID", ["rules", "0", "group"]),
        (
            {"rules": [BOUGHT | {"condition": {"all": []}}]},
            "CONDITION_EMPTY",
            ["rules", "0", "condition", "all"],
        ),
    ],
)
async def test_a_bad_model_is_refused_and_nothing_is_written(
    db: Settings, changed: dict[str, Any], code: str, field: list[str]
) -> None:
    answer = (await ask(CREATE, input=MODEL | changed))["scoringModelCreate"]
    assert answer == {
        "scoringModel": None,
        "userErrors": [{"code": code, "field": ["input", *field]}],
    }
    assert (await ask(MODELS))["scoringModels"] == []


async def test_a_stale_draft_is_not_published(db: Settings) -> None:
    model = await made()
    await ask(UPDATE, id=model, input={"name": "Better"})
    answer = (await ask(PUBLISH, id=model, expectedVersion=1))["scoringModelPublish"]
    assert answer["userErrors"] == [{"code": "STALE_DRAFT", "field": ["expectedVersion"]}]
    (shown,) = (await ask(MODELS))["scoringModels"]
    assert (shown["version"], shown["status"], shown["distribution"]) == (2, "DRAFT", [])


async def test_who_watches_hears_of_scores_that_move(db: Settings) -> None:
    model = await published()
    ada = await does(db, "Ada", "Bought")
    document = """subscription ($customerId: ID) { scoreChanged(customerId: $customerId) {
      customer { id } model { id } from to band { name } cause } }"""
    async with aclosing(await watch(document, customerId=ada)) as messages:
        key = int(ada.rsplit("_", 1)[1])
        changes = [[key + 7, 0, 1, None, "EVENT"], [key, 0, 25_000_000, "Cold", "EVENT"]]
        publish(SCORES_CHANGED, {"model": int(model.rsplit("_", 1)[1]), "changes": changes})
        body = (await anext(messages)).body
    assert body["data"]["scoreChanged"] == {
        "customer": {"id": ada},
        "model": {"id": model},
        "from": 0.0,
        "to": 25.0,
        "band": {"name": "Cold"},
        "cause": "EVENT",
    }
