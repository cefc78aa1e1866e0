"""``touchline keys`` as a person or a script uses it."""

from pathlib import Path

import pytest

from tests.support.cli import touchline


def test_a_fresh_folder_is_made_ready_and_gets_a_key(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "shop"

    made = touchline("keys", "create", "ops", "--scope", "admin", "--data-dir", folder, "--json")

    key = made.json()
    assert key["key"].startswith("tl_")
    assert (key["name"], key["scopes"], key["state"]) == ("ops", ["admin"], "active")
    assert (folder / "touchline.db").exists()


def test_people_see_the_secret_once_and_how_to_send_it(tmp_path: Path) -> None:
    made = touchline("keys", "create", "ops", "--scope", "read", "--data-dir", tmp_path)
    listed = touchline("keys", "list", "--data-dir", tmp_path)

    secret = made.out.split()[1]
    assert made.out == f"key   {secret}\nname  ops\nmay   read\n"
    assert "Authorization: Bearer <key>" in made.err
    assert secret not in listed.out
    assert secret[:10] in listed.out


def test_keys_are_listed_rotated_and_revoked(tmp_path: Path) -> None:
    options = ("--data-dir", tmp_path, "--json")
    made = touchline("keys", "create", "ops", "--scope", "read", *options).json()

    rotated = touchline("keys", "rotate", made["prefix"], *options).json()
    revoked = touchline("keys", "revoke", rotated["prefix"], *options).json()
    (listed,) = touchline("keys", "list", *options).json()

    assert rotated["id"] == made["id"]
    assert rotated["key"] != made["key"]
    assert revoked["state"] == "revoked"
    assert listed == revoked


def test_a_key_may_have_several_scopes_and_an_end(tmp_path: Path) -> None:
    scopes = ("--scope", "read", "--scope", "ingest")
    made = touchline(
        "keys", "create", "x", *scopes, "--expires", "2199-01-31", "--data-dir", tmp_path, "--json"
    ).json()

    assert made["scopes"] == ["ingest", "read"]
    assert made["expiresAt"] == "2199-01-31T00:00:00.000Z"


@pytest.mark.parametrize(
    "arguments, code, line",
    [
        (("create", " ", "--scope", "read"), 1, "touchline: A key needs a name.\n"),
        (("create", "x", "--scope", "root"), 2, "read, ingest, public\n"),
        (("create", "x"), 2, "touchline: Missing option '--scope'.\n"),
        (("create",), 2, "touchline: Missing argument 'NAME'.\n"),
        (("create", "x", "--scope", "read", "--expires", "soon"), 2, "nor a date\n"),
        (("create", "x", "--scope", "read", "--expires", "1999-01-01"), 1, "in the future.\n"),
        (("revoke", "tl_none"), 1, "touchline: No API key begins with tl_none.\n"),
        (("rotate", "tl_none"), 1, "touchline: No API key begins with tl_none.\n"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    arguments: tuple[str, ...], code: int, line: str, tmp_path: Path
) -> None:
    refused = touchline("keys", *arguments, "--data-dir", tmp_path)

    assert (refused.code, refused.out) == (code, "")
    assert refused.err.endswith(line)
    assert refused.err.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_said_in_one_line() -> None:
    refused = touchline("keys", "list", "--data-dir", "/proc/nowhere")

    assert refused.code == 4
    assert refused.err.startswith("touchline: The database cannot be opened: ")
    assert refused.err.count("\n") == 1


def test_a_wrong_setting_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUCHLINE_PORT", "eighty")

    refused = touchline("keys", "list", "--data-dir", tmp_path)

    assert (refused.code, refused.err.count("\n")) == (3, 1)
    assert refused.err.startswith("touchline: TOUCHLINE_PORT: ")


def test_help_shows_examples_and_exit_codes() -> None:
    assert "touchline keys create grafana --scope read" in touchline("keys", "create", "-h").out
    assert "Exit codes: 0 done · 1 refused" in touchline("--help").out


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "touchline.db").write_bytes(b"once upon a time " * 500)

    for command in (("keys", "list"), ("migrate",), ("serve", "--port", "0")):
        refused = touchline(*command, "--data-dir", tmp_path)
        assert (refused.code, refused.out) == (4, "")
        assert refused.err == ("touchline: The database cannot be opened: file is not a database\n")
    assert touchline("doctor", "--data-dir", tmp_path).code == 5
    assert (tmp_path / "touchline.db").read_bytes() == b"once upon a time " * 500
