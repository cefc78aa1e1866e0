"""``touchline backlog`` as a person or a script uses it."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Outcome, touchline
from touchline.cli.running import run_command
from touchline.domain.backlog.service import create_backlog
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.ids import parse_global_id

ROWS = "id;title;effort;labels\n1;One;3;x\n2;=Two;5;y\n"
FOR = ("--backlog", "Marketing")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A backlog of Ada's, and Bob who works with her."""
    data = tmp_path / "data"
    made: list[Any] = [
        touchline("members", "create", name, "--email", mail, "--data-dir", data, "--json").json()
        for name, mail in (("Ada", "ada@acme.com"), ("Bob", "bob@acme.com"))
    ]
    owner = parse_global_id(made[0]["id"])[1]

    async def begin() -> int:
        return await create_backlog(SYSTEM, name="Marketing", owner_id=owner)

    run_command(data, begin)
    return data


def imported(data: Path, rows: str, *options: str, by: str = "ada@acme.com") -> Outcome:
    file = data.parent / "items.csv"
    file.write_text(rows)
    return touchline("backlog", "import", file, *FOR, "--as", by, "--data-dir", data, *options)


def exported(data: Path, *options: str | Path) -> Outcome:
    return touchline("backlog", "export", *FOR, "--data-dir", data, *options)


def test_a_table_is_looked_at_comes_in_and_goes_out(data: Path, tmp_path: Path) -> None:
    look = imported(data, ROWS, "--dry-run")
    empty = exported(data).out
    told = imported(data, ROWS, "--json").json()
    again = imported(data, ROWS)
    out = tmp_path / "out.csv"
    wrote = exported(data, "--output", out, "--delimiter", ";")

    assert "to the list    2" in look.out
    assert look.err == "Nobody read the columns labels.\nNothing was written.\n"
    assert empty.count("\n") == 1
    assert told == {
        "rows": 2,
        "listed": 2,
        "proposed": 0,
        "known": 0,
        "changed": 0,
        "unchanged": 0,
        "passedOver": 0,
        "written": True,
        "bad": [],
        "unused": ["labels"],
    }
    assert "there already  2" in again.out
    assert wrote.err == f"Wrote {out}.\n"
    table = out.read_bytes()
    assert table.startswith(b"\xef\xbb\xbfreference;title;")
    assert [row.split(";")[:2] for row in table.decode("utf-8-sig").splitlines()[1:]] == [
        ["1", "One"],
        ["2", "'=Two"],
    ]


def test_a_bad_row_stops_all_of_it_unless_it_is_skipped(data: Path) -> None:
    rows = ROWS + "3;Three;4;\n"
    refused = imported(data, rows)
    nothing = exported(data).out
    skipped = imported(data, rows, "--skip-bad", "--json")

    assert refused.code == 1
    line = refused.out.splitlines()[1].split(maxsplit=3)
    assert line[:3] == ["4", "effort", "EFFORT_INVALID"]
    assert refused.err.endswith("Nothing was written, for rows are bad.\n")
    assert nothing.count("\n") == 1
    assert (skipped.code, skipped.json()["listed"]) == (0, 2)
    assert [bad["line"] for bad in skipped.json()["bad"]] == [4]


def test_an_update_tells_how_many_items_changed(data: Path) -> None:
    imported(data, ROWS)
    again = ROWS.replace("One;3", "One;8")
    told = imported(data, again, "--update")
    look = imported(data, again, "--update", "--dry-run", "--json").json()

    assert "there already  2, 1 changed" in told.out
    assert (look["known"], look["changed"], look["unchanged"]) == (2, 0, 2)
    assert [row.split(",")[6] for row in exported(data).out.splitlines()[1:]] == ["8", "5"]


def test_who_is_not_the_owner_proposes(data: Path) -> None:
    told = imported(data, ROWS, by="bob@acme.com")
    assert "as proposals   2" in told.out
    assert "Only the Owner places items in the list; all come as proposals." in told.err


def test_what_is_wrong_is_said_in_a_line(data: Path) -> None:
    stranger = imported(data, ROWS, by="eve@acme.com")
    elsewhere = touchline("backlog", "export", "--backlog", "Sales", "--data-dir", data)
    sign = exported(data, "--delimiter", "|")

    assert (stranger.code, stranger.err) == (
        1,
        "touchline: No member has the address eve@acme.com.\n",
    )
    assert (elsewhere.code, elsewhere.err) == (
        1,
        "touchline: There is no backlog called Sales.\n",
    )
    assert sign.code == 2
