"""Registering documents over GraphQL, as a pipeline that deploys a client does."""

from typing import Any

import pytest

from tests.support.operations import ask, caller, refusal
from touchline.domain.documents import recognition
from touchline.domain.kernel.actor import Scope

pytestmark = pytest.mark.usefixtures("db")

REGISTER = """mutation ($input: TrustedDocumentsRegisterInput!) {
  trustedDocumentsRegister(input: $input) {
    addedCount documents { key name kind body } userErrors { code field message } } }"""
REMOVE = """mutation ($input: TrustedDocumentsRemoveInput!) {
  trustedDocumentsRemove(input: $input) { removedKeys userErrors { code field } } }"""
LISTED = "{ trustedDocuments(first: 10) { nodes { key } } }"
ME = {"key": "m1", "body": "query Me { viewer { name } }"}
LIVE = {"key": "l1", "body": "subscription { timelineTouchpointAdded { touchpoint { id } } }"}


async def register(*documents: dict[str, str]) -> Any:
    answer = await ask(REGISTER, input={"documents": list(documents)})
    return answer["trustedDocumentsRegister"]


async def keys() -> list[str]:
    nodes = (await ask(LISTED))["trustedDocuments"]["nodes"]
    return sorted(node["key"] for node in nodes)


async def test_documents_are_registered_listed_and_removed() -> None:
    assert await register(ME, LIVE) == {
        "addedCount": 2,
        "documents": [
            {**ME, "name": "Me", "kind": "QUERY"},
            {**LIVE, "name": None, "kind": "SUBSCRIPTION"},
        ],
        "userErrors": [],
    }
    again = await register(LIVE, ME)
    assert (again["addedCount"], [one["key"] for one in again["documents"]]) == (0, ["l1", "m1"])
    assert await keys() == ["l1", "m1"]
    assert await recognition.text_of("m1") == ME["body"]
    removed = (await ask(REMOVE, input={"keys": ["m1"]}))["trustedDocumentsRemove"]
    assert removed == {"removedKeys": ["m1"], "userErrors": []}
    assert await keys() == ["l1"]
    assert await recognition.text_of("m1") is None


@pytest.mark.parametrize(
    "document, code, field",
    [
        ({"key": "a b", "body": ME["body"]}, "ID_INVALID", ["1", "key"]),
        ({"key": "m1", "body": "{ viewer { id } }"}, "ID_TAKEN", ["1", "key"]),
        ({"key": "bad", "body": "{ nope }"}, "DOCUMENT_INVALID", []),
        ({"key": "bad", "body": "{ customers { nodes { id } } }"}, "DOCUMENT_INVALID", []),
    ],
)
async def test_one_document_that_cannot_stand_keeps_all_out(
    document: dict[str, str], code: str, field: list[str]
) -> None:
    await register(ME)
    refused = await register(LIVE, document)
    (error,) = refused["userErrors"]
    assert (refused["addedCount"], refused["documents"]) == (0, [])
    assert (error["code"], error["field"]) == (code, ["input", "documents", *field])
    assert await keys() == ["m1"]


async def test_documents_are_removed_all_or_none() -> None:
    await register(ME)
    refused = (await ask(REMOVE, input={"keys": ["m1", "nope"]}))["trustedDocumentsRemove"]
    assert refused == {
        "removedKeys": [],
        "userErrors": [{"code": "NOT_FOUND", "field": ["input", "keys", "1"]}],
    }
    assert await keys() == ["m1"]


async def test_only_an_admin_sees_or_changes_them() -> None:
    await register(ME)
    writer = caller(Scope.WRITE)
    assert (await refusal(REGISTER, writer, input={"documents": [LIVE]}))["code"] == "FORBIDDEN"
    assert (await refusal(REMOVE, writer, input={"keys": ["m1"]}))["code"] == "FORBIDDEN"
    assert (await refusal(LISTED, writer))["code"] == "FORBIDDEN"
    assert await keys() == ["m1"]
