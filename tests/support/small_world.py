"""A small but rich data set, made by the product's own commands, and what can be asked of it."""

from random import Random
from typing import Any

from tests.support.backlog import a_launched_item, a_ready_item, a_team, an_item
from tests.support.events import arrive, source
from tests.support.judging import judge_all
from tests.support.operations import FIELD_BY_FIELD, ask
from tests.support.random_documents import Known
from tests.support.scoring import run_tasks
from touchline.domain.backlog.cycling import Plan, close_cycle, note_huddle, plan_cycle
from touchline.domain.backlog.service import break_glass, create_goal
from touchline.domain.backlog.talking import comment_item, vote_for_item
from touchline.domain.backlog.types import GoalKind, Metric
from touchline.domain.backlog.working import block_item, pull_item
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, now
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.sources.types import SourceKind
from touchline.settings import Settings

_PEOPLE = 14
_NAMES = ["Ada", "Zoë", "李雷", 'Bob "B" O\'Neil', "a%b_c!", "\x7f\u2028tab\tline\n", "🙂 Émile"]
_AGENT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1"
)
_VALUES: list[Any] = [
    *(1, -7, 2**53 + 1, 12.5, 1e21, 1e-7, 100.0, 0.1, True, False, None, "", "gold", "ü\u0001"),
    *([1, [], {}], {"b": 1, "a": {"z": None, "é": [1.0, 2]}}),
]
_TYPES = {
    "Customer": "customer",
    "Touchpoint": "touchpoint",
    "Source": "source",
    "Account": "account",
    "Segment": "segment",
    "RejectedEvent": "rejected_event",
    "IngestionWarning": "ingestion_warning",
    "CustomerMerge": "identity_merge",
    "ApiKey": "api_key",
    "Trait": "trait",
    "Tag": "tag",
    "TagRule": "tag_rule",
    "Stage": "stage",
    "ScoringModel": "scoring_model",
    "ScoringRule": "scoring_rule",
    "ScoreChange": "score_change",
    "ScoringSuggestion": "scoring_suggestion",
    "Task": "task",
    "Channel": "channel",
    "TrackedLink": "tracked_link",
    "LinkHost": "link_host",
    "Publication": "publication",
    "ChannelRun": "channel_run",
    "ContentAsset": "content_asset",
    "ContentVersion": "content_version",
    "ContentTemplate": "content_template",
    "ContentFamily": "content_asset",
    "ContentUse": "content_ancestry",
    "Member": "team_member",
    "Backlog": "backlog",
    "BacklogItem": "backlog_item",
    "BacklogComment": "backlog_comment",
    "BusinessGoal": "business_goal",
    "Cycle": "backlog_cycle",
    "CycleImprovement": "backlog_improvement",
}
_PAGES = """{
  customers(first: 9) { edges { cursor node { timeline(first: 4) { edges { cursor } }
    notes(first: 2) { edges { cursor } } } } }
  byName: customers(first: 9, orderBy: {field: NAME, direction: ASC}) { edges { cursor } }
  segments(first: 3) { edges { cursor } }
  accounts(first: 9) { edges { cursor } } touchpoints(first: 20) { edges { cursor } }
  tags(first: 9) { edges { cursor } } members(first: 9) { edges { cursor } }
  backlogs(first: 2) { edges { cursor node { items(first: 5) { edges { cursor } } } } }
  contentAssets(first: 9) { edges { cursor node { versions(first: 2) { edges { cursor } } } } }
  rejectedEvents(first: 5) { edges { cursor } } ingestionWarnings(first: 5) { edges { cursor } }
}"""


_NOTE = "mutation ($input: CustomerAddNoteInput!) { customerAddNote(input: $input) { __typename } }"
_CORRECT = (
    "mutation ($input: CustomerCorrectTraitInput!)"
    " { customerCorrectTrait(input: $input) { __typename } }"
)
_MERGE = "mutation ($input: CustomerMergeInput!) { customerMerge(input: $input) { merge { id } } }"
_UNMERGE = (
    "mutation ($input: CustomerUnmergeInput!) { customerUnmerge(input: $input) { __typename } }"
)
_TAG = "mutation ($input: TagCreateInput!) { tagCreate(input: $input) { tag { id } } }"
_TAGGED = (
    "mutation ($input: CustomerAddTagsInput!) { customerAddTags(input: $input) { __typename } }"
)
_PINNED = "mutation ($input: CustomerPinTagInput!) { customerPinTag(input: $input) { __typename } }"
_SEGMENT = "mutation ($input: SegmentCreateInput!) { segmentCreate(input: $input) { __typename } }"
_RULE = "mutation ($input: TagRuleCreateInput!) { tagRuleCreate(input: $input) { tagRule { id } } }"
_PUBLISH_RULE = "mutation ($id: ID!) { tagRulePublish(id: $id) { __typename } }"
_MODEL = (
    "mutation ($input: ScoringModelCreateInput!)"
    " { scoringModelCreate(input: $input) { scoringModel { id } } }"
)
_PUBLISH_MODEL = "mutation ($id: ID!) { scoringModelPublish(id: $id) { __typename } }"
_ADJUST = (
    "mutation ($input: CustomerAdjustScoreInput!)"
    " { customerAdjustScore(input: $input) { __typename } }"
)
_ASSET = (
    "mutation ($input: ContentAssetCreateInput!)"
    " { contentAssetCreate(input: $input) { contentAsset { id } } }"
)
_TRANSLATION = (
    "mutation ($input: ContentAssetTranslateInput!)"
    " { contentAssetTranslate(input: $input) { __typename } }"
)
_REVISION = (
    "mutation ($id: ID!, $input: ContentAssetUpdateInput!)"
    " { contentAssetUpdate(id: $id, input: $input) { __typename } }"
)
_MADE_OF = (
    "mutation ($input: ContentAssetAddSourceInput!)"
    " { contentAssetAddSource(input: $input) { __typename } }"
)
_HOST = "mutation ($input: LinkHostAllowInput!) { linkHostAllow(input: $input) { __typename } }"
_LINK = (
    "mutation ($input: TrackedLinkCreateInput!) { trackedLinkCreate(input: $input) { __typename } }"
)
_PLACED = (
    "mutation ($input: PublicationCreateInput!) { publicationCreate(input: $input) { __typename } }"
)
_SHOWN = (
    "mutation ($id: ID!, $input: ContentAssetPublishInput!) {"
    " contentAssetSubmit(id: $id) { __typename } contentAssetApprove(id: $id) { __typename }"
    " contentAssetPublish(input: $input) { __typename } }"
)
_TEMPLATE = (
    "mutation ($input: ContentTemplateCreateInput!)"
    " { contentTemplateCreate(input: $input) { contentTemplate { id } } }"
)
_MEMBER = "mutation ($input: MemberCreateInput!) { memberCreate(input: $input) { member { id } } }"
_KEY = "mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) { __typename } }"


_SEGMENTS: dict[str, Any] = {
    "Buyers": {"did": {"event": "Order Completed"}},
    "Known": {"identifier": {"kind": "email"}},
    "é": {"not": {"did": {"type": "PAGE", "within": "P1000D", "atLeast": 2}}},
    "Nobody": {"trait": {"name": "nothing", "is": {"equals": '"<ü>'}}},
}


async def small_world(settings: Settings) -> Known:
    """Fill the open database; returns what may be asked for."""
    random = Random(7)
    shop = await source("shop", SourceKind.SERVER)
    for number in range(_PEOPLE):
        sender = random.choice([None, shop])
        await arrive(settings, *_person(random, number), source_id=sender)
    await _decide()
    await _publish()
    await _work()
    await _odd_rows()
    return await _known()


def _person(random: Random, number: int) -> list[dict[str, Any]]:
    who = {"userId": f"u{number}"} if number % 4 else {"anonymousId": f"a{number}"}
    traits = {f"t{at}": random.choice(_VALUES) for at in range(random.randint(0, 5))}
    named = {"name": random.choice(_NAMES), "email": f"p{number}@firm{number % 3}.example"}
    events: list[dict[str, Any]] = [
        {"type": "identify", **who, "traits": traits | (named if number % 3 else {})}
    ]
    for at in range(random.randint(1, 7)):
        events.append(_event(random, who, at))
    if number % 5 == 0:
        company = {"name": f"Firm {number}", "size": random.choice(_VALUES)}
        events.append({"type": "group", **who, "groupId": f"g{number % 2}", "traits": company})
    if number % 6 == 1:
        events.append({"type": "track", **who})  # it has no name
    for at, event in enumerate(events):
        event["messageId"] = f"m{number}-{at}"
    return events


def _event(random: Random, who: dict[str, Any], at: int) -> dict[str, Any]:
    event: dict[str, Any] = {
        **who,
        "type": random.choice(["track", "track", "page", "screen"]),
        "timestamp": f"2026-0{random.randint(1, 3)}-0{random.randint(1, 3)}T00:00:00.{at:03}Z",
        "properties": {f"p{n}": random.choice(_VALUES) for n in range(random.randint(0, 4))},
        "context": {"userAgent": _AGENT} if at % 3 == 0 else {"locale": "de"},
    }
    if event["type"] == "track":
        event["event"] = random.choice(["Order Completed", "Signed Up", "Ünïcode"])
    else:
        event["name"] = random.choice(["Pricing", "Docs"])
    if at % 4 == 1:
        event["integrations"] = {"All": False}
    return event


async def _decide() -> None:
    """What people do: notes, a correction, merges, one of them taken back, and keys."""
    page = await ask("{ customers(first: 12) { nodes { id } } }", engine=FIELD_BY_FIELD)
    ids = [node["id"] for node in page["customers"]["nodes"]]
    for who in ids[:3]:
        note = f"note {who[-3:]}"
        await ask(_NOTE, input={"customerId": who, "text": note})
    await ask(_CORRECT, input={"customerId": ids[0], "name": "plan", "value": {"tier": [1, 2.0]}})
    merges = [
        await ask(_MERGE, input={"survivorId": ids[at], "absorbedId": ids[at + 4]})
        for at in range(3)
    ]
    await ask(_UNMERGE, input={"mergeId": merges[1]["customerMerge"]["merge"]["id"]})
    await _tag(ids)
    await _judge(ids)
    for name, condition in _SEGMENTS.items():
        await ask(_SEGMENT, input={"name": name, "condition": condition, "isStatic": name == "é"})
    zoe = {"name": "Zoë", "email": "Zoe@Example.org", "role": "MARKETER"}
    member = (await ask(_MEMBER, input=zoe))["memberCreate"]["member"]["id"]
    for scopes, whose in ((["READ"], None), (["WRITE", "INGEST"], member)):
        given = {"name": f"key {scopes[0]}", "scopes": scopes, "memberId": whose}
        await ask(_KEY, input=given)


async def _tag(ids: list[str]) -> None:
    """Colleagues tag some customers, for a while or for good, and keep one from a tag."""
    names = [("VIP", None), ("Ünïcode 🙂", "#3366ff"), ("churning", "#FF0000")]
    made = [await ask(_TAG, input={"name": name, "color": color}) for name, color in names]
    tags = [one["tagCreate"]["tag"]["id"] for one in made]
    await ask(_TAGGED, input={"customerId": ids[0], "tagIds": tags})
    later = "2126-01-01T00:00:00Z"
    await ask(_TAGGED, input={"customerId": ids[1], "tagIds": tags[:1], "expiresAt": later})
    await ask(_PINNED, input={"customerId": ids[2], "tagId": tags[0], "pin": "OFF"})
    await ask(_PINNED, input={"customerId": ids[3], "tagId": tags[1], "pin": "ON"})


async def _judge(ids: list[str]) -> None:
    """Rules that tag, a model that scores, and a colleague who knows better."""
    bought = {"did": {"event": "Order Completed"}}
    tag = (await ask(_TAG, input={"name": "buyer"}))["tagCreate"]["tag"]["id"]
    rule = await ask(_RULE, input={"tagId": tag, "name": "bought", "condition": bought})
    await ask(_PUBLISH_RULE, id=rule["tagRuleCreate"]["tagRule"]["id"])
    rules = [
        {"name": "bought", "points": 5, "condition": bought, "capPerDay": 12},
        {"name": "known", "points": -2.5, "condition": {"identifier": {"kind": "email"}}},
    ]
    bands = [{"name": "low", "minimum": -5}, {"name": "high", "minimum": 1}]
    given = {"name": "model", "rules": rules, "bands": bands, "halfLife": "P30D"}
    model = (await ask(_MODEL, input=given))["scoringModelCreate"]["scoringModel"]["id"]
    await ask(_PUBLISH_MODEL, id=model)
    await run_tasks()
    more = {"customerId": ids[0], "modelId": model, "points": 7, "reason": "Met at the fair"}
    await ask(_ADJUST, input=more)
    await judge_all()


async def _publish() -> None:
    """Assets in every state, one of them translated and left behind, one made of a template."""
    files = [{"title": 'A "file"', "url": "https://a.example/?a=1&b=2"}]
    given = {"title": "Ünïcode 🙂 <b>", "slug": "air", "body": "*a* <b>", "attachments": files}
    air = (await ask(_ASSET, input=given))["contentAssetCreate"]["contentAsset"]["id"]
    await ask(_TRANSLATION, input={"originalId": air, "language": "de", "title": "Luft"})
    await ask(_SHOWN, id=air, input={"assetId": air})
    await ask(_HOST, input={"host": "a.example"})
    channels = (await ask("{ channels { id } }"))["channels"]
    utm = {"source": "ünï", "medium": "social"}
    place = {"channelId": channels[0]["id"], "utm": utm}
    await ask(_LINK, input={"destination": "https://a.example/?q=ü", "assetId": air})
    await ask(_PLACED, input={"assetId": air, "url": "https://a.example/b", **place})
    await ask(_REVISION, id=air, input={"title": "Air"})
    slots = [{"name": "a", "rule": "LOCKED", "text": "x"}, {"name": "b", "rule": "EDITABLE"}]
    given = {"name": "T", "kind": "EMAIL", "slots": slots}
    made = (await ask(_TEMPLATE, input=given))["contentTemplateCreate"]["contentTemplate"]["id"]
    letter = {"title": "Letter", "templateId": made, "slots": [{"name": "b", "text": "y"}]}
    key = (await ask(_ASSET, input=letter))["contentAssetCreate"]["contentAsset"]["id"]
    await ask(_MADE_OF, input={"assetId": key, "sourceId": air, "relation": "REMIXED"})
    await ask(_SHOWN, id=key, input={"assetId": key, "publishAt": "2126-01-01T00:00:00Z"})


async def _work() -> None:
    """A backlog with items in several states, some of which wait for others."""
    team = await a_team("Ünïcode")
    goal = await create_goal(SYSTEM, name="Leads", kind=GoalKind.KPI)
    worth = {"customer_level": 4, "business_level": 2, "goal_id": goal, "confidence": 80}
    first = await a_ready_item(team, 'A "first"', **worth, segment_id=1, asset_ids=(1, 2))
    await an_item(team, "A proposal 🙂", depends_on=(first,), metric=Metric.CLICKS)
    await a_launched_item(team, "Out", **worth)
    await pull_item(team.bob, await a_ready_item(team, "Under way"), reason="ü")
    await block_item(team.bob, first, reason="No <picture>")
    await comment_item(team.sue, first, "Soon?")
    await vote_for_item(team.sue, first)
    cycle = await plan_cycle(team.bob, team.backlog, Plan("Ünïcode", now() // DAY, 10, 8))
    await note_huddle(team.bob, cycle, text="Ü", blocked="<b>")
    await close_cycle(team.bob, cycle, improvements=["More", "Less"], showcase="Nothing")
    await plan_cycle(team.bob, team.backlog, Plan("Again", now() // DAY + 300, 5, 8))
    await break_glass(team.roy, team.backlog, reason="Nobody is here")


async def _odd_rows() -> None:
    """What is rare: a count as large as the schema takes, models that were learned."""
    await execute("UPDATE source SET accepted_count = 2147483647 WHERE name = 'shop'")
    fit = '{"customers":9,"conversions":4,"unheard":0,"auc":0.75,"aucSpread":0.1,"aucs":[0.5,1]}'
    rule = '{"name":"ü","points":-3,"share":0.25,"customers":2,"explanation":"why"}'
    whole = {"model_id": 1, "event": "Ünïcode", "fit": fit, "rules": f"[{rule},{rule}]"}
    bare = {"condition": '{"is":"all","of":[]}', "condition_summary": "", "rules": "[]"}
    for task, held in ((1, whole), (2, bare)):
        made = {"task_id": task, "name": f"learned {task}", "lookback": 86_400_000, "ahead": 0}
        row = {**made, "folds": 5, "seed": 1, "created_at": 1_772_000_000_000, **held}
        await insert_rows("scoring_suggestion", [*row], [[*row.values()]])


async def _known() -> Known:
    known = Known()
    for type_name, table in _TYPES.items():
        rows = await fetch(f"SELECT id FROM {table} ORDER BY id LIMIT 30")
        known.ids[type_name] = [global_id(type_name, row["id"]) for row in rows]
    known.ids["Customer"].append(global_id("Customer", 10**9))
    data = await ask(_PAGES, engine=FIELD_BY_FIELD)
    _collect(data, "", known)
    rows = await fetch("SELECT DISTINCT kind, value FROM identifier")
    known.texts = {
        "kind": [row["kind"] for row in rows] + ["telex"],
        "identifierKind": [row["kind"] for row in rows],
        "value": [row["value"] for row in rows],
        "slug": ["air", "letter", "none"],
        "language": ["en", "de", "english"],
        "names": ["Order Completed", "Pricing", "none"],
        "search": ["a", "firm", "%", "_", "!", "ü", "LEI", "@"],
    }
    known.moments = [f"2026-0{n}-02T00:00:00.000Z" for n in (1, 2, 3)] + [
        "0001-01-01T00:00:00Z",
        "2030-01-01T01:00:00+01:00",
    ]
    return known


def _collect(data: Any, name: str, known: Known) -> None:
    if isinstance(data, list):
        for item in data:
            _collect(item, name, known)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key == "cursor":
                known.cursors.setdefault(name, []).append(value)
            else:
                inside = key in ("edges", "node")
                _collect(value, name if inside else "customers" if key == "byName" else key, known)
