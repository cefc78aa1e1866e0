"""Manifests of Apollo's tools and of relay-compiler and graphql-codegen are read alike."""

import json
from typing import Any

import pytest

from touchline.domain.documents.errors import DocumentCode
from touchline.domain.documents.manifest import Entry, read_manifest, sha256
from touchline.domain.kernel.errors import Refused

BODY = "query Me { viewer { name } }"
FIRST = ("documents", 0, "key")
APOLLO = {"format": "apollo-persisted-query-manifest", "version": 1}


def refused(manifest: Any) -> tuple[Any, tuple[Any, ...]]:
    raw = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
    with pytest.raises(Refused) as refusal:
        read_manifest(raw)
    return refusal.value.code, refusal.value.path


def test_a_manifest_of_apollos_tools_is_read() -> None:
    operations = [{"id": "a1", "name": "Me", "type": "query", "body": BODY}]
    raw = json.dumps({**APOLLO, "operations": operations}).encode()
    assert read_manifest(raw) == [Entry("a1", BODY)]


def test_a_map_of_ids_is_read_in_its_order() -> None:
    raw = json.dumps({"b": BODY, "a": "query Two { viewer { id } }"}).encode()
    assert [entry.id for entry in read_manifest(raw)] == ["b", "a"]


def test_what_a_manifest_says_twice_is_one_document() -> None:
    operations = [{"id": "a1", "body": BODY}] * 2
    assert len(read_manifest(json.dumps({**APOLLO, "operations": operations}).encode())) == 1


def test_an_id_that_calls_itself_a_hash_must_be_the_hash() -> None:
    assert read_manifest(json.dumps({f"sha256:{sha256(BODY)}": BODY}).encode())
    assert refused({"sha256:abc": BODY}) == (DocumentCode.ID_INVALID, FIRST)


@pytest.mark.parametrize(
    "manifest, path",
    [
        (b"{", ()),
        ([], ()),
        ({"a": 1}, ("a",)),
        ({"format": "other", "version": 1, "operations": []}, ()),
        ({**APOLLO, "version": 2, "operations": []}, ()),
        ({**APOLLO, "operations": {}}, ("operations",)),
        ({**APOLLO, "operations": [7]}, ("operations", 0)),
        ({**APOLLO, "operations": [{"id": "a"}]}, ("operations", 0, "body")),
        ({**APOLLO, "operations": [{"id": 1, "body": BODY}]}, ("operations", 0, "id")),
    ],
)
def test_what_is_no_manifest_is_said_with_its_place(manifest: Any, path: tuple[Any, ...]) -> None:
    assert refused(manifest) == (DocumentCode.MANIFEST_INVALID, path)


@pytest.mark.parametrize("key", ["", "a b", "ü", "x" * 201, "a\n"])
def test_an_id_that_cannot_be_sent_is_refused(key: str) -> None:
    assert refused({key: BODY}) == (DocumentCode.ID_INVALID, FIRST)


def test_one_id_for_two_documents_is_refused() -> None:
    operations = [{"id": "a", "body": BODY}, {"id": "a", "body": "{ viewer { id } }"}]
    assert refused({**APOLLO, "operations": operations}) == (
        DocumentCode.ID_TAKEN,
        ("documents", 1, "key"),
    )
