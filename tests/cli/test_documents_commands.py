"""``touchline documents`` as the build of a client uses it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Outcome, touchline

ME = "query Me { viewer { name } }"
PAGE = """query Page($first: Int!, $id: ID!) { customer(id: $id) { id
  timeline(first: $first) { nodes { id } } } }"""
APOLLO = {
    "format": "apollo-persisted-query-manifest",
    "version": 1,
    "operations": [
        {"id": "m1", "name": "Me", "type": "query", "body": ME},
        {"id": "p1", "name": "Page", "type": "query", "body": PAGE},
    ],
}


def register(folder: Path, manifest: Any, *options: str) -> Outcome:
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest))
    return touchline("documents", "register", path, "--data-dir", folder, *options)


def listed(folder: Path) -> list[str]:
    told = touchline("documents", "list", "--data-dir", folder, "--json").json()
    return [one["id"] for one in told]


def test_a_manifest_is_registered_with_what_each_document_costs(tmp_path: Path) -> None:
    assert register(tmp_path, APOLLO, "--json").json() == {
        "added": 2,
        "known": 0,
        "documents": [
            {
                "id": "m1",
                "name": "Me",
                "kind": "query",
                "cost": {"least": 1, "most": 1},
                "added": True,
            },
            {
                "id": "p1",
                "name": "Page",
                "kind": "query",
                "cost": {"least": 2, "most": 101},
                "added": True,
            },
        ],
    }
    assert listed(tmp_path) == ["m1", "p1"]


def test_registering_again_adds_nothing_and_says_so(tmp_path: Path) -> None:
    register(tmp_path, APOLLO)
    again = register(tmp_path, APOLLO)
    assert (again.code, again.out.count("known"), again.out.count("added")) == (0, 2, 0)
    assert "2 to 101" in again.out
    assert listed(tmp_path) == ["m1", "p1"]


def test_a_map_of_ids_is_registered_like_a_manifest(tmp_path: Path) -> None:
    register(tmp_path, APOLLO)
    told = register(tmp_path, {"m1": ME, "x9": "{ viewer { id } }"}, "--json").json()
    assert (told["added"], told["known"]) == (1, 1)
    assert listed(tmp_path) == ["x9", "m1", "p1"]


@pytest.mark.parametrize(
    "body, line",
    [
        ("query A { nothing }", "Cannot query field 'nothing' on type 'Query'."),
        ("query A {", "Syntax Error: Expected Name, found <EOF>."),
        ("{ viewer { id } } " + "# " * 9_000, "longer than 15,000 characters."),
        ("query A { viewer { id } } query B { viewer { id } }", "It holds 2 operations"),
        ("fragment F on Viewer { id }", "Fragment 'F' is never used."),
        ("{ customers(first: 101) { nodes { id } } }", "must be from 0 to 100."),
        ("{ customers { nodes { id } } }", "needs `first` or `last`"),
        (
            "{ customers(first: 100) { nodes { timeline(first: 20) { nodes { id } } } } }",
            "It costs 2,100 at least; at most 1,000 is allowed.",
        ),
        ('{ customerByIdentifier(kind: "a\\u0000", value: "b") { id } }', "the character NUL"),
    ],
)
def test_one_unsound_document_keeps_all_from_being_registered(
    body: str, line: str, tmp_path: Path
) -> None:
    refused = register(tmp_path, {"good": ME, "bad": body})
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert "1 of 2 documents cannot be registered, so none was. bad: " in refused.err
    assert line in refused.err
    assert listed(tmp_path) == []


def test_an_id_is_not_given_to_another_document(tmp_path: Path) -> None:
    register(tmp_path, {"m1": ME})
    refused = register(tmp_path, {"new": ME, "m1": "{ viewer { id } }"})
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "touchline: m1 is registered for another document.\n"
    assert listed(tmp_path) == ["m1"]


def test_documents_are_removed_by_their_ids(tmp_path: Path) -> None:
    register(tmp_path, APOLLO)
    refused = touchline("documents", "remove", "m1", "nope", "--data-dir", tmp_path)
    assert (refused.code, refused.err) == (1, "touchline: No document is registered as nope.\n")
    removed = touchline("documents", "remove", "m1", "--data-dir", tmp_path)
    assert (removed.code, removed.err) == (0, "Removed 1.\n")
    assert listed(tmp_path) == ["p1"]


def test_what_is_no_manifest_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    refused = touchline("documents", "register", tmp_path / "bad.json", "--data-dir", tmp_path)
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    missing = touchline("documents", "register", tmp_path / "no.json", "--data-dir", tmp_path)
    assert (missing.code, missing.out, missing.err.count("\n")) == (2, "", 1)


def test_a_key_may_be_restricted_to_registered_documents(tmp_path: Path) -> None:
    options = ("--scope", "read", "--trusted-only", "--data-dir", tmp_path)
    assert touchline("keys", "create", "web", *options, "--json").json()["trustedOnly"] is True
    listed = touchline("keys", "list", "--data-dir", tmp_path)
    assert "read (registered documents only)" in listed.out
