"""The documents that frontends send, run as they are on customers that real events made."""

from contextlib import aclosing
from pathlib import Path
from typing import Any

from graphql import parse, print_ast, separate_operations

from tests.support.events import arrive
from tests.support.operations import ask, watch
from touchline.domain.kernel.ids import global_id, parse_global_id
from touchline.domain.kernel.live import publish
from touchline.domain.timeline.events import TOUCHPOINTS_ADDED
from touchline.settings import Settings

DOCUMENTS = {
    name: print_ast(document)
    for name, document in separate_operations(
        parse((Path(__file__).parent / "documents" / "customers.graphql").read_text())
    ).items()
}
ORDERED = {
    "type": "track",
    "event": "Order Completed",
    "userId": "u1",
    "messageId": "m2",
    "timestamp": "2026-01-02T00:00:00.000Z",
    "properties": {"total": 12.5},
}


async def ada(settings: Settings) -> str:
    """Ada: seen as a visitor, then identified, then ordering; returns her id."""
    visit = {
        "type": "page",
        "name": "Pricing",
        "anonymousId": "a1",
        "messageId": "m0",
        "timestamp": "2026-01-01T00:00:00.000Z",
        "context": {"ip": "203.0.113.7"},
    }
    who = {
        "type": "identify",
        "userId": "u1",
        "anonymousId": "a1",
        "messageId": "m1",
        "timestamp": "2026-01-01T12:00:00.000Z",
        "traits": {"name": "Ada Lovelace", "email": "Ada@Example.org", "plan": "gold"},
    }
    await arrive(settings, visit, who, ORDERED)
    return await known_by("user_id", "u1")


async def bob(settings: Settings) -> str:
    """Bob, known by another user id and the same mailbox's phone; returns his id."""
    who = {"type": "identify", "userId": "u2", "messageId": "m9", "traits": {"name": "Bob"}}
    await arrive(settings, who)
    return await known_by("user_id", "u2")


async def known_by(kind: str, value: str) -> str:
    found = await run("CustomerByIdentifier", kind=kind, value=value)
    return str(found["customerByIdentifier"]["id"])


async def run(name: str, **variables: Any) -> Any:
    return await ask(DOCUMENTS[name], **variables)


async def kinds_of(customer: str) -> list[tuple[str, str]]:
    found = (await run("CustomerPage", id=customer))["customer"]["identifiers"]
    return [(one["kind"], one["value"]) for one in found]


def test_every_document_is_run_by_a_test() -> None:
    """A name that stands in the file stands in this one too."""
    text = Path(__file__).read_text()
    assert [name for name in DOCUMENTS if f'"{name}"' not in text] == []


async def test_a_customer_is_found_by_an_identifier_however_it_is_spelt(db: Settings) -> None:
    key = await ada(db)
    for kind, value in [("email", " ADA@example.org"), ("anonymous_id", "a1"), ("user_id", "u1")]:
        found = await run("CustomerByIdentifier", kind=kind, value=value)
        assert found["customerByIdentifier"] == {
            "id": key,
            "displayName": "Ada Lovelace",
            "isIdentified": True,
            "firstSeenAt": "2026-01-01T00:00:00.000Z",
            "lastSeenAt": "2026-01-02T00:00:00.000Z",
            "createdAt": found["customerByIdentifier"]["createdAt"],
        }
    nobody = await run("CustomerByIdentifier", kind="email", value="no mail")
    assert nobody == {"customerByIdentifier": None}


async def test_a_customer_page_tells_all(db: Settings) -> None:
    page = (await run("CustomerPage", id=await ada(db)))["customer"]
    assert [(one["kind"], one["value"]) for one in page["identifiers"]] == [
        ("anonymous_id", "a1"),
        ("email", "ada@example.org"),
        ("user_id", "u1"),
    ]
    traits = {one["name"]: one for one in page["traits"]}
    assert traits["plan"]["value"] == "gold"
    assert traits["plan"]["observedAt"] == "2026-01-01T12:00:00.000Z"
    assert traits["plan"]["provenance"]["kind"] == "CONNECTED"
    assert traits["plan"]["provenance"]["source"]["name"] == "web"
    assert traits["plan"]["history"] == [
        {
            "value": "gold",
            "observedAt": "2026-01-01T12:00:00.000Z",
            "provenance": {"kind": "CONNECTED"},
        }
    ]
    assert (page["account"]["name"], page["account"]["domain"]) == ("example.org", "example.org")
    timeline = page["timeline"]
    assert timeline["totalCount"] == 3
    assert [edge["node"]["messageId"] for edge in timeline["edges"]] == ["m2", "m1", "m0"]
    first, _, last = (edge["node"] for edge in timeline["edges"])
    assert (first["type"], first["name"]) == ("TRACK", "Order Completed")
    assert first["properties"] == {"total": 12.5}
    assert (first["occurredAt"], first["clock"]) == ("2026-01-02T00:00:00.000Z", "ORIGINAL")
    assert last["context"]["ip"] == "203.0.113.7"
    assert timeline["pageInfo"]["hasNextPage"] is False


async def test_customers_and_touchpoints_are_listed(db: Settings) -> None:
    key, other = await ada(db), await bob(db)
    page = (await run("Customers", first=5, filter={"search": "EXAMPLE.org"}))["customers"]
    assert (page["totalCount"], [node["id"] for node in page["nodes"]]) == (1, [key])
    page = (await run("Customers", first=5, filter={"identifierKind": "user_id"}))["customers"]
    assert {node["id"] for node in page["nodes"]} == {key, other}
    feed = (await run("Touchpoints", first=9, filter={"types": ["TRACK"]}))["touchpoints"]
    assert [(node["messageId"], node["subject"]) for node in feed["nodes"]] == [
        ("m2", {"__typename": "Customer", "id": key})
    ]


async def test_a_trait_is_corrected_and_a_note_is_written(db: Settings) -> None:
    key = await ada(db)
    given = {"customerId": key, "name": "plan", "value": "silver"}
    answer = (await run("CorrectTrait", input=given))["customerCorrectTrait"]
    assert answer["userErrors"] == []
    assert {
        "name": "plan",
        "value": "silver",
        "provenance": {"kind": "CORRECTED", "actorName": "Ada"},
    } in answer["customer"]["traits"]
    noted = (await run("AddNote", input={"customerId": key, "text": "Nice"}))["customerAddNote"]
    assert noted["touchpoint"]["summary"] == "Nice"
    assert noted["userErrors"] == []


async def test_a_merge_is_rehearsed_then_carried_out_then_taken_back(db: Settings) -> None:
    key, other = await ada(db), await bob(db)
    before = [await kinds_of(key), await kinds_of(other)]
    given = {"survivorId": key, "absorbedId": other, "reason": "Same person"}
    rehearsed = (await run("Merge", input={**given, "dryRun": True}))["customerMerge"]
    assert rehearsed["customer"] is None
    assert rehearsed["preview"]["touchpointCount"] >= 4
    assert rehearsed["preview"]["conflicts"] == [{"kind": "user_id", "values": ["u1", "u2"]}]
    assert [await kinds_of(key), await kinds_of(other)] == before
    merged = (await run("Merge", input=given))["customerMerge"]
    assert merged["userErrors"] == []
    assert merged["preview"] == rehearsed["preview"]
    both = [(one["kind"], one["value"]) for one in merged["customer"]["identifiers"]]
    assert both == sorted(before[0] + before[1])
    page = (await run("CustomerPage", id=other))["customer"]
    assert page["id"] == key
    (past,) = page["mergedFrom"]
    assert (past["reason"], past["automatic"]) == ("Same person", False)
    assert [(one["kind"], one["value"]) for one in past["identifiers"]] == before[1]
    merge = await ask("query ($id: ID!) { customer(id: $id) { mergedFrom { id } } }", id=key)
    undo = {"mergeId": merge["customer"]["mergedFrom"][0]["id"]}
    parted = (await run("Unmerge", input=undo))["customerUnmerge"]
    assert parted["userErrors"] == []
    assert [one["id"] for one in parted["customers"]] == [key, other]
    assert [await kinds_of(key), await kinds_of(other)] == before
    again = (await run("Unmerge", input=undo))["customerUnmerge"]
    assert [one["code"] for one in again["userErrors"]] == ["ALREADY_UNMERGED"]


async def test_identifiers_are_split_off_and_kept_apart(db: Settings) -> None:
    key = await ada(db)
    answer = await ask(
        "mutation ($input: CustomerSplitInput!) { customerSplit(input: $input) {"
        " customers { id identifiers { kind } } previews { identifiers { kind } }"
        " userErrors { code field } } }",
        input={"customerId": key, "identifiers": [{"kind": "anonymous_id", "value": "a1"}]},
    )
    split = answer["customerSplit"]
    assert split["userErrors"] == []
    assert split["customers"][0]["id"] == key
    assert [one["kind"] for one in split["customers"][0]["identifiers"]] == ["email", "user_id"]
    other = split["customers"][1]["id"]
    allow = await ask(
        "mutation ($input: CustomerAllowMergeInput!) { customerAllowMerge(input: $input) {"
        " customers { id identifiers { kind } } userErrors { code } } }",
        input={"customerId": key, "otherId": other},
    )
    assert [one["id"] for one in allow["customerAllowMerge"]["customers"]] == [key]


async def test_two_who_must_not_be_merged_are_told_apart(db: Settings) -> None:
    pair = {"customerId": await ada(db), "otherId": await bob(db)}
    forbid = (
        "mutation ($input: CustomerForbidMergeInput!) { customerForbidMerge(input: $input) {"
        " customers { id } userErrors { code field } } }"
    )
    answer = (await ask(forbid, input=pair))["customerForbidMerge"]
    assert answer["userErrors"] == []
    assert [one["id"] for one in answer["customers"]] == [pair["customerId"], pair["otherId"]]
    same = {"customerId": pair["customerId"], "otherId": pair["customerId"]}
    answer = (await ask(forbid, input=same))["customerForbidMerge"]
    assert [one["code"] for one in answer["userErrors"]] == ["SAME_CUSTOMER"]


async def test_what_could_not_be_taken_is_seen_and_replayed(db: Settings) -> None:
    await arrive(db, {"type": "track", "event": "Bad", "messageId": "m5"}, {**ORDERED})
    health = await run("IngestHealth", first=5)
    (sender,) = health["sources"]
    assert (sender["name"], sender["kind"]) == ("web", "WEBSITE")
    assert (sender["acceptedCount"], sender["rejectedCount"]) == (1, 1)
    (rejected,) = health["rejectedEvents"]["nodes"]
    assert rejected["code"] == "MISSING_IDENTIFIER"
    assert '"m5"' in rejected["raw"]
    assert rejected["source"] == {"id": sender["id"]}
    assert rejected["replayedAt"] is None
    ids = [rejected["id"], global_id("RejectedEvent", 10**6)]
    answer = (await run("ReplayRejected", input={"ids": ids}))["rejectedEventReplay"]
    assert (answer["acceptedCount"], answer["rejectedCount"]) == (0, 1)
    assert [(one["code"], one["field"]) for one in answer["userErrors"]] == [
        ("NOT_FOUND", ["input", "ids", "1"])
    ]


async def test_what_was_odd_about_a_call_is_seen_with_its_touchpoint(db: Settings) -> None:
    await arrive(db, {**ORDERED, "userId": "u1", "anonymousId": "undefined"})
    health = await run("IngestHealth", first=5)
    (warning,) = health["ingestionWarnings"]["nodes"]
    assert warning["code"] == "BLOCKED_IDENTIFIER"
    assert warning["touchpoint"]["id"]


async def test_a_source_is_made(db: Settings) -> None:
    made = (await run("CreateSource", input={"name": "Shop"}))["sourceCreate"]
    assert made["source"]["name"] == "Shop"
    assert made["writeKey"].startswith("wk_")


async def test_a_timeline_is_watched(db: Settings) -> None:
    key = await ada(db)
    touchpoint = await ask("{ touchpoints(first: 1) { nodes { id name } } }")
    shown = touchpoint["touchpoints"]["nodes"][0]
    async with aclosing(await watch(DOCUMENTS["Live"], customerId=key)) as messages:
        pair = [parse_global_id(key)[1], parse_global_id(shown["id"])[1]]
        publish(TOUCHPOINTS_ADDED, {"touchpoints": [pair]})
        message = (await anext(messages)).body["data"]["timelineTouchpointAdded"]
    assert message["customer"] == {"id": key}
    assert (message["touchpoint"]["id"], message["touchpoint"]["name"]) == (
        shown["id"],
        "Order Completed",
    )
