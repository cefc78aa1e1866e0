"""``touchline members`` as a person or a script uses it."""

from pathlib import Path

import pytest

from tests.support.cli import touchline


def test_somebody_joins_gets_a_key_and_leaves(tmp_path: Path) -> None:
    options = ("--data-dir", tmp_path, "--json")
    made = touchline("members", "create", "Ada", "--email", "Ada@acme.com", *options).json()
    key = ("keys", "create", "laptop", "--scope", "team", "--member", "ada@acme.com")
    issued = touchline(*key, *options).json()
    left = touchline("members", "release", "ada@acme.com", *options).json()
    refused = touchline(*key, *options)

    assert (made["name"], made["email"], made["role"]) == ("Ada", "Ada@acme.com", "marketer")
    assert (issued["member"], issued["scopes"]) == (made["id"], ["team"])
    assert left == made | {"leftAt": left["leftAt"]}
    assert (refused.code, refused.err) == (1, "touchline: Ada has left the team.\n")
    assert touchline("members", "list", *options).json() == [left]


def test_people_see_who_belongs_to_the_team(tmp_path: Path) -> None:
    create = ("members", "create", "Bob", "--email", "bob@acme.com", "--role", "sdr")
    made = touchline(*create, "--data-dir", tmp_path)
    listed = touchline("members", "list", "--data-dir", tmp_path)

    assert made.out == "name   Bob\nemail  bob@acme.com\nrole   sdr\n"
    assert "--scope team --member bob@acme.com" in made.err
    assert listed.out.splitlines()[1].split() == ["Bob", "bob@acme.com", "sdr", "yes"]


@pytest.mark.parametrize(
    "arguments, code, line",
    [
        (("create", "Bob", "--email", "bob"), 1, "touchline: This is no e-mail address.\n"),
        (("create", "Bob", "--email", "b@a.de", "--role", "boss"), 2, "stakeholder, admin\n"),
        (("release", "b@a.de"), 1, "touchline: No member has the address b@a.de.\n"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    tmp_path: Path, arguments: tuple[str, ...], code: int, line: str
) -> None:
    refused = touchline("members", *arguments, "--data-dir", tmp_path)

    assert refused.code == code
    assert refused.err.endswith(line)
