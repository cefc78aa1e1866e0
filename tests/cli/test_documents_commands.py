"""``touchline documents`` as the build of a client uses it."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Outcome, touchline
from touchline.settings import DATABASE_FILE

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


@pytest.fixture
def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    """The folder of a deployment whose database is there already."""
    shutil.copyfile(sqlite_template, tmp_path / DATABASE_FILE)
    return tmp_path


def register(folder: Path, manifest: Any, *options: str) -> Outcome:
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest))
    return touchline("documents", "register", path, "--data-dir", folder, *options)


def listed(folder: Path) -> list[str]:
    told = touchline("documents", "list", "--data-dir", folder, "--json").json()
    return [one["id"] for one in told]


def test_a_manifest_is_registered_with_what_each_document_costs(folder: Path) -> None:
    assert register(folder, APOLLO, "--json").json() == {
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
    assert listed(folder) == ["m1", "p1"]


def test_registering_again_adds_what_is_new_be_it_in_a_map_of_ids(folder: Path) -> None:
    register(folder, APOLLO)
    again = register(folder, APOLLO)
    assert (again.code, again.out.count("known"), again.out.count("added")) == (0, 2, 0)
    assert "2 to 101" in again.out
    told = register(folder, {"m1": ME, "x9": "{ viewer { id } }"}, "--json").json()
    assert (told["added"], told["known"]) == (1, 1)
    assert listed(folder) == ["x9", "m1", "p1"]


def test_one_unsound_document_keeps_all_from_being_registered(folder: Path) -> None:
    refused = register(folder, {"good": ME, "bad": "query A { nothing }"})
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert "1 of 2 documents cannot be registered, so none was. bad: Cannot query" in refused.err
    assert listed(folder) == []


def test_an_id_is_not_given_to_another_document(folder: Path) -> None:
    register(folder, {"m1": ME})
    refused = register(folder, {"new": ME, "m1": "{ viewer { id } }"})
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "touchline: m1 is registered for another document.\n"
    assert listed(folder) == ["m1"]


def test_documents_are_removed_by_their_ids(folder: Path) -> None:
    register(folder, APOLLO)
    refused = touchline("documents", "remove", "m1", "nope", "--data-dir", folder)
    assert (refused.code, refused.err) == (1, "touchline: No document is registered as nope.\n")
    removed = touchline("documents", "remove", "m1", "--data-dir", folder)
    assert (removed.code, removed.err) == (0, "Removed 1.\n")
    assert listed(folder) == ["p1"]


def test_an_empty_manifest_is_no_error(folder: Path) -> None:
    told = register(folder, {})
    assert (told.code, told.out) == (0, "The manifest holds no documents.\n")


def test_what_is_no_manifest_is_said_in_one_line(folder: Path) -> None:
    (folder / "bad.json").write_text("{")
    refused = touchline("documents", "register", folder / "bad.json", "--data-dir", folder)
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    missing = touchline("documents", "register", folder / "no.json", "--data-dir", folder)
    assert (missing.code, missing.out, missing.err.count("\n")) == (2, "", 1)


def test_a_key_may_be_restricted_to_registered_documents(folder: Path) -> None:
    options = ("--scope", "read", "--trusted-only", "--data-dir", folder)
    assert touchline("keys", "create", "web", *options, "--json").json()["trustedOnly"] is True
    listed = touchline("keys", "list", "--data-dir", folder)
    assert "read (registered documents only)" in listed.out


def test_a_manifest_may_come_from_the_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.BytesIO(json.dumps(APOLLO).encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(given))

    told = touchline("documents", "register", "-", "--data-dir", folder, "--json").json()

    assert (told["added"], listed(folder)) == (2, ["m1", "p1"])
