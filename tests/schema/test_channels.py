"""Channels as their callers see them."""

from typing import Any

from tests.support.channels import roll_all
from tests.support.clock import SettableClock
from tests.support.events import arrive
from tests.support.operations import FIELD_BY_FIELD, ask, caller, refusal
from touchline.domain.channels.ruling import apply_rules
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import parse_global_id
from touchline.settings import Settings

SET = """mutation SetChannelRules($input: ChannelRulesSetInput!) { channelRulesSet(input: $input) {
  run { id version status rules { channel referrers } }
  changes { channel { name } name before after } idleRules
  userErrors { code message field } } }"""
RENAME = """mutation ($input: ChannelRenameInput!) { channelRename(input: $input) {
  channel { id name } userErrors { code field } } }"""
ACTIVITY = """query ($range: DateRangeInput!) { channelActivity(range: $range) {
  days series { channel { name } touchpoints total } computedAt isBehind } }"""
READ = """{ channels { name } channelRules { version status actorName finishedAt
    rules { channel explicit mediums } }
  touchpoints(first: 5) { nodes { name channel { name } } } }"""
RUN = """query ($id: ID!) { node(id: $id) { ... on ChannelRun {
  status touchpointCount changedCount changes { name before after } } } }"""
WHOLE = """{ channelRules { version rules { channel explicit sources mediums campaigns clickIds
    referrers events types } } }"""
DAYS = {"from": "2026-01-01", "to": "2026-01-03"}


def visit(number: int, referrer: str) -> dict[str, Any]:
    return {
        "type": "page",
        "name": f"Page {number}",
        "anonymousId": "a",
        "messageId": f"m{number}",
        "timestamp": f"2026-01-0{number}T12:00:00Z",
        "context": {"page": {"url": "https://us.example/", "referrer": referrer}},
    }


async def some_visits(settings: Settings) -> None:
    await arrive(
        settings,
        visit(1, "https://www.google.com/"),
        visit(2, "https://www.google.com/"),
        visit(3, ""),
    )
    await roll_all()


async def test_a_chart_is_drawn_from_daily_counts(db: Settings, clock: SettableClock) -> None:
    await some_visits(db)
    assert (await ask(ACTIVITY, range=DAYS))["channelActivity"] == {
        "days": ["2026-01-01", "2026-01-02", "2026-01-03"],
        "series": [
            {"channel": {"name": "Organic search"}, "touchpoints": [1, 1, 0], "total": 2},
            {"channel": {"name": "Direct"}, "touchpoints": [0, 0, 1], "total": 1},
        ],
        "computedAt": "2026-03-02T09:00:00.000Z",
        "isBehind": False,
    }
    await arrive(db, visit(4, "") | {"timestamp": "2026-01-03T13:00:00Z"})
    assert (await ask(ACTIVITY, range=DAYS))["channelActivity"]["isBehind"] is True
    await roll_all()
    series = (await ask(ACTIVITY, range=DAYS))["channelActivity"]["series"]
    assert [one["total"] for one in series] == [2, 2]
    empty = await ask(ACTIVITY, range={"from": "2025-01-01", "to": "2025-01-01"})
    assert empty["channelActivity"] == {
        "days": ["2025-01-01"],
        "series": [],
        "computedAt": None,
        "isBehind": False,
    }


async def test_each_touchpoint_tells_its_channel(db: Settings) -> None:
    before = await ask("{ channels { name } channelRules { version } }")
    assert before["channelRules"] is None
    await some_visits(db)
    told = await ask(READ)
    assert told == await ask(READ, engine=FIELD_BY_FIELD)
    assert [one["channel"] for one in told["touchpoints"]["nodes"]] == [
        {"name": "Direct"},
        {"name": "Organic search"},
        {"name": "Organic search"},
    ]
    assert told["channels"] == before["channels"]
    assert "Paid search" in [one["name"] for one in told["channels"]]
    rules = told["channelRules"]
    assert (rules["version"], rules["status"], rules["actorName"]) == (1, "IN_FORCE", "Touchline")
    assert rules["rules"][0] == {"channel": "", "explicit": True, "mediums": None}


async def test_rules_are_tried_and_set(db: Settings) -> None:
    await some_visits(db)
    rules = [
        {"channel": "Search", "referrers": ["google.*"]},
        {"channel": "Direct", "types": ["PAGE"]},
    ]
    tried = (await ask(SET, input={"rules": rules, "dryRun": True}))["channelRulesSet"]
    assert (tried["run"], tried["idleRules"]) == (None, [])
    assert tried["changes"] == [
        {"channel": {"name": "Direct"}, "name": "Direct", "before": 1, "after": 1},
        {"channel": {"name": "Organic search"}, "name": "Organic search", "before": 2, "after": 0},
        {"channel": None, "name": "Search", "before": 0, "after": 2},
    ]
    done = (await ask(SET, input={"rules": rules, "expectedVersion": 1}))["channelRulesSet"]
    run = done["run"].pop("id")
    assert done["run"] == {
        "version": 2,
        "status": "WAITING",
        "rules": [
            {"channel": "Search", "referrers": ["google.*"]},
            {"channel": "Direct", "referrers": None},
        ],
    }
    assert done["changes"][2]["channel"] == {"name": "Search"}
    (job,) = await fetch("SELECT payload FROM job WHERE kind = 'apply_channel_rules'")
    assert str(parse_global_id(run)[1]) in str(job["payload"])
    await apply_rules(parse_global_id(run)[1])
    assert (await ask(RUN, id=run))["node"] == {
        "status": "IN_FORCE",
        "touchpointCount": 3,
        "changedCount": 2,
        "changes": [
            {"name": "Direct", "before": 1, "after": 1},
            {"name": "Organic search", "before": 2, "after": 0},
            {"name": "Search", "before": 0, "after": 2},
        ],
    }
    nodes = (await ask(READ))["touchpoints"]["nodes"]
    assert [one["channel"]["name"] for one in nodes] == ["Direct", "Search", "Search"]


async def test_what_cannot_be_is_refused(db: Settings) -> None:
    given: dict[str, Any] = {"rules": [{"channel": "A"}, {"channel": "B", "mediums": ["x"]}]}
    (error,) = (await ask(SET, input=given))["channelRulesSet"]["userErrors"]
    assert error == {
        "code": "RULE_UNREACHABLE",
        "message": "Rule 1 holds of everything, so what follows it never does.",
        "field": ["input", "rules", "1"],
    }
    given = {"rules": [{"channel": "A"}], "expectedVersion": 3}
    (error,) = (await ask(SET, input=given))["channelRulesSet"]["userErrors"]
    assert (error["code"], error["field"]) == ("CONFLICT", ["input", "expectedVersion"])
    told = await refusal(SET, caller(Scope.READ), input={"rules": []})
    assert told["code"] == "FORBIDDEN"
    for days in (
        {"from": "2026-01-02", "to": "2026-01-01"},
        {"from": "2020-01-01", "to": "2026-01-01"},
    ):
        assert (await refusal(ACTIVITY, range=days))["argument"] == "range"
    told = await refusal(ACTIVITY, range={"from": "2026-02-30", "to": "2026-03-01"})
    assert told["code"] == "BAD_USER_INPUT"


async def test_a_channel_is_renamed(db: Settings) -> None:
    channels = (await ask("{ channels { id name } }"))["channels"]
    push = next(one["id"] for one in channels if one["name"] == "Push")
    done = (await ask(RENAME, input={"id": push, "name": "Notices"}))["channelRename"]
    assert done == {"channel": {"id": push, "name": "Notices"}, "userErrors": []}
    done = (await ask(RENAME, input={"id": push, "name": "SMS"}))["channelRename"]
    assert done["channel"] is None
    assert done["userErrors"] == [{"code": "CHANNEL_NAME_TAKEN", "field": ["input", "name"]}]
    told = await refusal(RENAME, caller(Scope.READ), input={"id": push, "name": "x"})
    assert told["code"] == "FORBIDDEN"


async def test_the_list_as_it_is_shown_can_be_sent_again_and_is_the_same_version(
    db: Settings,
) -> None:
    await some_visits(db)
    shown = (await ask(WHOLE))["channelRules"]["rules"]
    assert {one["explicit"] for one in shown} == {True, None}
    again = (await ask(SET, input={"rules": shown}))["channelRulesSet"]
    assert again["userErrors"] == []
    assert (again["run"]["version"], again["run"]["status"]) == (1, "IN_FORCE")
    assert [one for one in again["changes"] if one["before"] != one["after"]] == []
    for _ in range(2):
        changed = (await ask(SET, input={"rules": shown[1:]}))["channelRulesSet"]
        assert (changed["run"]["version"], changed["run"]["status"]) == (2, "WAITING")
    assert len(await fetch("SELECT id FROM job WHERE kind = 'apply_channel_rules'")) == 1
    back = (await ask(SET, input={"rules": shown}))["channelRulesSet"]
    assert back["run"]["version"] == 3
