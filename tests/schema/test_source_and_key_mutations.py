"""Sources, write keys and API keys, as an administrator sets them up."""

import pytest

from tests.support.operations import ask, caller, refusal
from tests.support.rows import a_customer
from touchline.domain.access import service as access
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.ids import global_id
from touchline.domain.sources.service import authenticate_write_key

pytestmark = pytest.mark.usefixtures("db")

CREATE = """mutation ($input: SourceCreateInput!) { sourceCreate(input: $input) {
  source { id name kind acceptedCount lastSeenAt writeKeys { prefix revokedAt } } writeKey
  userErrors { code field } } }"""
ROTATE = """mutation ($input: SourceRotateWriteKeyInput!) { sourceRotateWriteKey(input: $input) {
  source { writeKeys { prefix revokedAt } } writeKey userErrors { code field } } }"""
RENAME = """mutation ($input: SourceRenameInput!) { sourceRename(input: $input) {
  source { id name } userErrors { code field } } }"""
NEW_KEY = """mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) {
  apiKey { id name prefix scopes expiresAt revokedAt } secret userErrors { code field } } }"""
REVOKE = """mutation ($input: ApiKeyRevokeInput!) { apiKeyRevoke(input: $input) {
  apiKey { revokedAt } userErrors { code field } query { apiKeys { name } } } }"""


async def test_a_source_gets_a_write_key_that_is_shown_once() -> None:
    made = (await ask(CREATE, input={"name": " Shop ", "kind": "APP"}))["sourceCreate"]
    key = made["writeKey"]
    assert made["userErrors"] == []
    assert made["source"] == {
        "id": made["source"]["id"],
        "name": "Shop",
        "kind": "APP",
        "acceptedCount": 0,
        "lastSeenAt": None,
        "writeKeys": [{"prefix": key[:10], "revokedAt": None}],
    }
    found = await authenticate_write_key(key)
    assert found is not None
    assert global_id("Source", found) == made["source"]["id"]
    listed = await ask("{ sources { name kind } }")
    assert listed == {"sources": [{"name": "Shop", "kind": "APP"}]}


async def test_a_name_stands_for_one_source() -> None:
    await ask(CREATE, input={"name": "Shop"})
    again = (await ask(CREATE, input={"name": "Shop"}))["sourceCreate"]
    assert again == {
        "source": None,
        "writeKey": None,
        "userErrors": [{"code": "NAME_TAKEN", "field": ["input", "name"]}],
    }
    assert len((await ask("{ sources { id } }"))["sources"]) == 1


async def test_a_rotated_write_key_ends_the_one_before() -> None:
    made = (await ask(CREATE, input={"name": "Shop"}))["sourceCreate"]
    answer = await ask(ROTATE, input={"id": made["source"]["id"]})
    key = answer["sourceRotateWriteKey"]["writeKey"]
    assert await authenticate_write_key(made["writeKey"]) is None
    assert await authenticate_write_key(key) is not None
    shown = answer["sourceRotateWriteKey"]["source"]["writeKeys"]
    assert {one["prefix"] for one in shown if one["revokedAt"] is None} == {key[:10]}
    assert len(shown) == 2


async def test_a_renamed_source_keeps_its_id_and_its_write_key() -> None:
    made = (await ask(CREATE, input={"name": "Shop"}))["sourceCreate"]
    await ask(CREATE, input={"name": "App"})
    key = made["source"]["id"]
    for name, code in (("App", "NAME_TAKEN"), (" ", "NAME_BLANK"), ("x" * 101, "NAME_TOO_LONG")):
        refused = (await ask(RENAME, input={"id": key, "name": name}))["sourceRename"]
        assert refused["userErrors"] == [{"code": code, "field": ["input", "name"]}]
        assert refused["source"] is None
    assert (await ask("{ sources { name } }"))["sources"] == [{"name": "App"}, {"name": "Shop"}]
    for name in ("Web shop", " Web shop "):
        answer = (await ask(RENAME, input={"id": key, "name": name}))["sourceRename"]
        assert answer == {"source": {"id": key, "name": "Web shop"}, "userErrors": []}
    found = await authenticate_write_key(made["writeKey"])
    assert found is not None
    assert global_id("Source", found) == key
    missing = {"id": global_id("Source", 999), "name": "x"}
    answer = (await ask(RENAME, input=missing))["sourceRename"]
    assert answer["userErrors"] == [{"code": "NOT_FOUND", "field": ["input", "id"]}]


async def test_no_source_means_a_user_error() -> None:
    answer = await ask(ROTATE, input={"id": global_id("Source", 9)})
    assert answer["sourceRotateWriteKey"]["userErrors"] == [
        {"code": "NOT_FOUND", "field": ["input", "id"]}
    ]


async def test_only_an_administrator_sets_up_sources() -> None:
    refused = await refusal(CREATE, caller(Scope.WRITE), input={"name": "Shop"})
    assert refused["code"] == "FORBIDDEN"
    assert await ask("{ sources { id } }") == {"sources": []}


async def test_an_api_key_opens_what_its_scopes_say_until_it_is_revoked() -> None:
    await a_customer()
    given = {"name": "Grafana", "scopes": ["READ"], "expiresAt": "2999-01-01T00:00:00+02:00"}
    made = (await ask(NEW_KEY, input=given))["apiKeyCreate"]
    assert made == {
        "apiKey": {
            "id": made["apiKey"]["id"],
            "name": "Grafana",
            "prefix": made["secret"][:10],
            "scopes": ["READ"],
            "expiresAt": "2998-12-31T22:00:00.000Z",
            "revokedAt": None,
        },
        "secret": made["secret"],
        "userErrors": [],
    }
    holder = await access.authenticate(made["secret"])
    assert holder is not None
    assert holder.scopes == {Scope.READ}
    revoke = {"id": made["apiKey"]["id"]}
    answer = (await ask(REVOKE, input=revoke))["apiKeyRevoke"]
    assert answer["apiKey"]["revokedAt"] is not None
    assert answer["query"] == {"apiKeys": [{"name": "Grafana"}]}
    assert await access.authenticate(made["secret"]) is None
    again = (await ask(REVOKE, input=revoke))["apiKeyRevoke"]
    assert again["userErrors"] == [{"code": "ALREADY_REVOKED", "field": ["input", "id"]}]


async def test_an_api_key_may_be_made_for_registered_documents_only() -> None:
    fields = "apiKey { name trustedOnly } userErrors { code }"
    create = f"""mutation ($input: ApiKeyCreateInput!) {{ apiKeyCreate(input: $input) {{
      {fields} secret }} }}"""
    given = {"name": "Web", "scopes": ["READ"], "trustedOnly": True}
    made = (await ask(create, input=given))["apiKeyCreate"]
    assert made["apiKey"] == {"name": "Web", "trustedOnly": True}
    assert await ask("{ apiKeys { trustedOnly } }") == {"apiKeys": [{"trustedOnly": True}]}
    holder = await access.authenticate(made["secret"])
    assert holder is not None
    assert holder.trusted_only
    rotate = """mutation ($input: ApiKeyRotateInput!) { apiKeyRotate(input: $input) { secret } }"""
    keys = await ask("{ apiKeys { id } }")
    rotated = (await ask(rotate, input={"id": keys["apiKeys"][0]["id"]}))["apiKeyRotate"]
    again = await access.authenticate(rotated["secret"])
    assert again is not None
    assert again.trusted_only


@pytest.mark.parametrize(
    "change, code, field",
    [
        ({"name": " "}, "NAME_BLANK", "name"),
        ({"name": "x" * 101}, "NAME_TOO_LONG", "name"),
        ({"scopes": []}, "SCOPES_EMPTY", "scopes"),
        ({"expiresAt": "2001-01-01T00:00:00Z"}, "EXPIRY_IN_THE_PAST", "expiresAt"),
    ],
)
async def test_a_key_that_would_be_no_good_is_a_user_error(
    change: dict[str, object], code: str, field: str
) -> None:
    given = {"name": "Grafana", "scopes": ["READ"], **change}
    answer = (await ask(NEW_KEY, input=given))["apiKeyCreate"]
    assert answer["userErrors"] == [{"code": code, "field": ["input", field]}]
    assert answer["secret"] is None


@pytest.mark.parametrize(
    "moment",
    ["2999-01-01T00:00:00", "2999-01-01", "2999-13-01T00:00:00Z", "tomorrow", ""],
)
async def test_an_instant_without_a_zone_or_sense_is_refused(moment: str) -> None:
    given = {"name": "Grafana", "scopes": ["READ"], "expiresAt": moment}
    refused = await refusal(NEW_KEY, input=given)
    assert refused["code"] == "BAD_USER_INPUT"
    assert "DateTime" in refused["message"]
