"""The weekly update as callers see it."""

import pytest

from tests.support.clock import SettableClock
from tests.support.experiments import an_experiment
from tests.support.operations import ENGINE, FIELD_BY_FIELD, ask, caller, refusal
from touchline.domain.digest.publishing import publish_due
from touchline.domain.digest.weeks import WEEK
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.db import fetch
from touchline.graphql.context import Context
from touchline.graphql.engine.answers import Operation
from touchline.settings import Settings

ADD = """mutation ($input: DigestTargetCreateInput!) { digestTargetCreate(input: $input) {
  digestTarget { id kind address } userErrors { code field } } }"""
REMOVE = """mutation ($id: ID!) { digestTargetRemove(id: $id) {
  digestTarget { removedAt } userErrors { code field } } }"""
TARGETS = "{ digestTargets { kind address } }"
EDITIONS = """{ digestEditions(first: 5) { nodes { dueAt title markdown
  deliveries { target { address } state attempts error sentAt } } } }"""
PREVIEW = "{ digestPreview { title markdown html chat } }"
MAIL = {"kind": "EMAIL", "address": "team@example.com"}
HOOK = {"kind": "WEBHOOK", "address": "https://hooks.example.com:8443/services/T/B/secret"}


async def test_targets_are_added_shown_without_secrets_and_removed(
    db: Settings, clock: SettableClock
) -> None:
    await ask(ADD, input=MAIL)
    hook = (await ask(ADD, input=HOOK))["digestTargetCreate"]["digestTarget"]
    shown = {"kind": "WEBHOOK", "address": "https://hooks.example.com:8443/…"}
    assert hook == {"id": hook["id"], **shown}
    assert await ask(TARGETS) == {"digestTargets": [MAIL, shown]}
    again = (await ask(ADD, input={**MAIL, "address": "Team@Example.com"}))["digestTargetCreate"]
    assert again["userErrors"] == [{"code": "TARGET_TAKEN", "field": ["input", "address"]}]
    removed = (await ask(REMOVE, id=hook["id"]))["digestTargetRemove"]
    assert removed["digestTarget"] == {"removedAt": "2026-03-02T09:00:00.000Z"}
    assert await ask(TARGETS) == {"digestTargets": [MAIL]}
    gone = (await ask(REMOVE, id=hook["id"]))["digestTargetRemove"]["userErrors"]
    assert gone == [{"code": "TARGET_NOT_FOUND", "field": ["id"]}]
    assert (await ask(ADD, input=HOOK))["digestTargetCreate"]["userErrors"] == []


@pytest.mark.parametrize(
    "kind, address",
    [
        ("EMAIL", "team"),
        ("EMAIL", "a@b.example, c@d.example"),
        ("EMAIL", "a@b.example\r\nBcc: c@d.example"),
        ("WEBHOOK", "ftp://hooks.example.com/x"),
        ("WEBHOOK", "https://user:secret@hooks.example.com/x"),
        ("WEBHOOK", "https:///x"),
        ("WEBHOOK", "https://hooks.example.com:99999/x"),
        ("WEBHOOK", "team@example.com"),
        ("WEBHOOK", "http://hooks.example.com/x"),
        ("WEBHOOK", "https://10.1.2.3/x"),
        ("WEBHOOK", "https://127.1/x"),
        ("WEBHOOK", "https://[::ffff:10.1.2.3]/x"),
        ("WEBHOOK", "https://[64:ff9b::7f00:1]/x"),
        ("WEBHOOK", "https://LocalHost:8443/x"),
    ],
)
async def test_what_is_no_address_is_refused(db: Settings, kind: str, address: str) -> None:
    answer = (await ask(ADD, input={"kind": kind, "address": address}))["digestTargetCreate"]
    assert answer["userErrors"] == [{"code": "ADDRESS_INVALID", "field": ["input", "address"]}]
    assert await fetch("SELECT id FROM digest_target") == []


async def test_webhooks_lead_into_the_own_network_where_that_is_allowed(db: Settings) -> None:
    given = {"kind": "WEBHOOK", "address": "http://10.1.2.3/x"}
    context = Context(caller(), "test", private_webhooks=True)
    answer = await ENGINE.run(Operation(ADD, {"input": given}), context)
    assert "errors" not in answer.body
    assert len(await fetch("SELECT id FROM digest_target")) == 1


async def test_only_admins_say_where_it_goes(db: Settings) -> None:
    refused = await refusal(ADD, caller(Scope.WRITE), input=MAIL)
    assert refused["code"] == "FORBIDDEN"
    assert await fetch("SELECT id FROM digest_target") == []


async def test_the_update_is_seen_before_it_is_sent_and_nothing_is_kept(
    db: Settings, clock: SettableClock
) -> None:
    await an_experiment()
    shown = (await ask(PREVIEW))["digestPreview"]
    assert shown["title"] == "Weekly update, 2026-03-02"
    assert "## Being tried out" in shown["markdown"]
    assert "<h2>Results</h2>" in shown["html"]
    assert "*Results*" in shown["chat"]
    assert await fetch("SELECT id FROM digest_edition") == []


async def test_the_update_of_an_earlier_week_is_seen_as_well(
    db: Settings, clock: SettableClock
) -> None:
    document = "query ($until: DateTime) { digestPreview(until: $until) { id title } }"
    shown = (await ask(document, until="2026-02-16T07:00:00Z"))["digestPreview"]
    now = (await ask(document))["digestPreview"]
    assert (shown["title"], now["title"]) == (
        "Weekly update, 2026-02-16",
        "Weekly update, 2026-03-02",
    )
    assert shown["id"] != now["id"]


async def test_what_was_sent_is_listed(db: Settings, clock: SettableClock) -> None:
    await ask(ADD, input=MAIL)
    clock.advance(WEEK)
    await publish_due("MON 07:00")
    (edition,) = (await ask(EDITIONS))["digestEditions"]["nodes"]
    assert (edition["dueAt"], edition["title"]) == (
        "2026-03-09T07:00:00.000Z",
        "Weekly update, 2026-03-09",
    )
    delivery = {"state": "PENDING", "attempts": 0, "error": None, "sentAt": None}
    assert edition["deliveries"] == [{"target": {"address": "team@example.com"}, **delivery}]
    listed = await ask(EDITIONS, engine=FIELD_BY_FIELD)
    assert listed["digestEditions"]["nodes"] == [edition]
