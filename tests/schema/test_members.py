"""Members as their callers see them, and keys that act in their name."""

from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.operations import ask, ask_as, caller, refusal
from touchline.domain.access import service
from touchline.domain.kernel.actor import Role, Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

CREATE = """mutation ($input: MemberCreateInput!) { memberCreate(input: $input) {
  member { id name email role createdAt leftAt } userErrors { code field } } }"""
UPDATE = """mutation ($id: ID!, $input: MemberUpdateInput!) { memberUpdate(id: $id, input: $input) {
  member { name email role } userErrors { code field } } }"""
RELEASE = """mutation ($id: ID!) { memberRelease(id: $id) {
  member { leftAt } userErrors { code field } } }"""
KEY = """mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) {
  secret apiKey { member { name } } userErrors { code field } } }"""
VIEWER = "{ viewer { name kind scopes member { id name role } } }"
ADA = {"name": " Ada ", "email": "Ada@Acme.com", "role": "MARKETER"}


async def joined(**given: Any) -> str:
    answer = (await ask(CREATE, input=ADA | given))["memberCreate"]
    assert answer["userErrors"] == []
    return str(answer["member"]["id"])


async def test_somebody_joins_changes_and_leaves(db: Settings, clock: SettableClock) -> None:
    member = await joined()
    known = await ask("{ members(first: 5) { nodes { id name email role createdAt leftAt } } }")
    now = "2026-03-02T09:00:00.000Z"
    kept = {"id": member, "name": "Ada", "email": "Ada@Acme.com", "role": "MARKETER"}
    assert known["members"]["nodes"] == [kept | {"createdAt": now, "leftAt": None}]
    changed = await ask(UPDATE, id=member, input={"name": "Ada L.", "role": "ADMIN"})
    assert changed["memberUpdate"]["member"] == {
        "name": "Ada L.",
        "email": "Ada@Acme.com",
        "role": "ADMIN",
    }
    left = await ask(RELEASE, id=member)
    assert left["memberRelease"]["member"] == {"leftAt": now}
    again = await ask(RELEASE, id=member)
    assert again["memberRelease"]["userErrors"] == [{"code": "MEMBER_GONE", "field": ["id"]}]


@pytest.mark.parametrize(
    "given, code, field",
    [
        ({"name": " "}, "NAME_BLANK", "name"),
        ({"name": "x" * 101}, "NAME_TOO_LONG", "name"),
        ({"email": "ada"}, "EMAIL_INVALID", "email"),
        ({"email": "a b@acme.com"}, "EMAIL_INVALID", "email"),
        ({"email": "ada@" + "a" * 250 + ".com"}, "EMAIL_INVALID", "email"),
        ({"email": " ADA@ACME.COM"}, "EMAIL_TAKEN", "email"),
    ],
)
async def test_a_member_without_a_name_or_an_address_of_their_own_is_refused(
    db: Settings, given: dict[str, str], code: str, field: str
) -> None:
    member = await joined()
    answer = await ask(CREATE, input=ADA | {"name": "Bob", "email": "b@acme.com"} | given)
    refused = {"member": None, "userErrors": [{"code": code, "field": ["input", field]}]}
    assert answer["memberCreate"] == refused
    other = await joined(email="bob@acme.com")
    answer = await ask(UPDATE, id=other, input=given)
    assert answer["memberUpdate"] == refused
    rows = await fetch("SELECT name, email FROM team_member ORDER BY id")
    assert [tuple(row) for row in rows] == [("Ada", "Ada@Acme.com"), ("Ada", "bob@acme.com")]
    assert member != other


async def test_a_key_acts_in_the_name_of_its_member_until_they_leave(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchline.domain.access.sessions.REMEMBERED_S", 0.0)
    member = await joined(role="SDR")
    given = {"name": "laptop", "scopes": ["TEAM"], "memberId": member}
    made = (await ask(KEY, input=given))["apiKeyCreate"]
    assert made["apiKey"] == {"member": {"name": "Ada"}}
    actor = await service.authenticate(made["secret"])
    assert actor is not None
    assert (actor.name, actor.role, set(actor.scopes)) == ("Ada", Role.SDR, {Scope.TEAM})
    seen = (await ask_as(actor, VIEWER, {}))["viewer"]
    who = {"id": member, "name": "Ada", "role": "SDR"}
    assert seen == {"name": "Ada", "kind": "API_KEY", "scopes": ["TEAM"], "member": who}
    await service.settled()
    await ask(RELEASE, id=member)
    assert await service.authenticate(made["secret"]) is None
    refused = (await ask(KEY, input=given))["apiKeyCreate"]
    gone = {"code": "MEMBER_GONE", "field": ["input", "memberId"]}
    assert refused == {"secret": None, "apiKey": None, "userErrors": [gone]}
    unknown = await ask(KEY, input=given | {"memberId": global_id("Member", 99)})
    assert unknown["apiKeyCreate"]["userErrors"][0]["code"] == "MEMBER_NOT_FOUND"
    assert len(await fetch("SELECT 1 FROM api_key")) == 1


async def test_a_program_is_no_member(db: Settings) -> None:
    assert (await ask(VIEWER))["viewer"]["member"] is None


async def test_only_admins_change_members_and_addresses_are_for_colleagues(db: Settings) -> None:
    member = await joined()
    for document in (UPDATE, CREATE, RELEASE):
        given = {} if document == RELEASE else {"input": {} if document == UPDATE else ADA}
        named = {} if document == CREATE else {"id": member}
        told = await refusal(document, caller(Scope.WRITE), **given, **named)
        assert told["code"] == "FORBIDDEN"
    told = await refusal("{ members(first: 1) { nodes { email } } }", caller(Scope.READ))
    assert told["code"] == "FORBIDDEN"
    assert [tuple(row) for row in await fetch("SELECT name, left_at FROM team_member")] == [
        ("Ada", None)
    ]
