"""``touchline import`` as a person or a script uses it."""

from pathlib import Path

from tests.support.cli import Outcome, touchline

MAP = """
source = "Orders"
[[call]]
type = "track"
event = "Order Completed"
user_id = "{who}"
timestamp = "{when}"
[call.properties]
total = { from = "{total}", as = "float" }
"""
ROWS = "who;when;total\nu1;2026-01-02;12,5\nu2;2026-01-03;oops\nu1;2026-01-02;12,5\n"


def prepared(folder: Path, rows: str = ROWS, text: str = MAP) -> None:
    (folder / "orders.csv").write_text(rows)
    (folder / "orders.toml").write_text(text)


def imported(folder: Path, *options: str) -> Outcome:
    return touchline(
        "import",
        folder / "orders.csv",
        "--map",
        folder / "orders.toml",
        "--data-dir",
        folder / "data",
        *options,
    )


def test_a_script_reads_what_became_of_each_file(tmp_path: Path) -> None:
    prepared(tmp_path)

    told = imported(tmp_path, "--json").json()

    assert told["seconds"] > 0
    assert (told["touchpointsAdded"], told["customersAdded"]) == (2, 1)
    assert told["files"] == [
        {
            "file": str(tmp_path / "orders.csv"),
            "rows": 3,
            "calls": 2,
            "passedOver": 0,
            "rejected": 1,
            "figures": 0,
            "rejectsFile": str(tmp_path / "orders.csv.rejected.csv"),
            "skipped": 0,
            "finished": True,
            "finishedBefore": False,
        }
    ]


def test_doing_it_again_adds_nothing(tmp_path: Path) -> None:
    prepared(tmp_path)
    imported(tmp_path)

    passed_over = imported(tmp_path, "--json").json()
    read_again = imported(tmp_path, "--again", "--json").json()

    assert (passed_over["touchpointsAdded"], passed_over["files"][0]["rows"]) == (0, 0)
    assert passed_over["files"][0]["finishedBefore"] is True
    assert (read_again["touchpointsAdded"], read_again["files"][0]["rows"]) == (0, 3)


def test_people_see_a_table_and_where_the_rejected_rows_are(tmp_path: Path) -> None:
    prepared(tmp_path)

    told = imported(tmp_path)

    assert told.code == 0
    assert f"see {tmp_path / 'orders.csv.rejected.csv'}" in told.out
    assert told.err.startswith("Added 2 touchpoints and 1 customer in ")


def test_a_dry_run_shows_calls_and_writes_nothing(tmp_path: Path) -> None:
    prepared(tmp_path)

    told = imported(tmp_path, "--dry-run", "--json").json()

    (look,) = told["files"]
    assert (look["calls"], look["rejected"], look["finished"]) == (2, 1, False)
    assert look["firstCalls"][0]["properties"] == {"total": 12.5}
    assert not (tmp_path / "orders.csv.rejected.csv").exists()
    assert not (tmp_path / "data").exists()


def test_the_place_in_the_map_that_is_wrong_is_said_in_one_line(tmp_path: Path) -> None:
    prepared(tmp_path, text=MAP.replace("{who}", "{whom}"))

    refused = imported(tmp_path)

    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"touchline: {tmp_path / 'orders.toml'}: call[0].user_id: There is no column 'whom'."
        " Did you mean 'who'? There are: who, when, total.\n"
    )


def test_a_file_that_is_missing_is_said_in_one_line(tmp_path: Path) -> None:
    prepared(tmp_path)
    (tmp_path / "orders.csv").unlink()

    refused = imported(tmp_path)

    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "cannot be read" in refused.err


def test_several_files_leave_no_room_for_one_file_of_rejects(tmp_path: Path) -> None:
    prepared(tmp_path)

    refused = imported(tmp_path, str(tmp_path / "orders.csv"), "--rejects", "x.csv")

    assert refused.code == 2
    assert refused.err.endswith("leave it out for several\n")


def test_one_map_can_speak_of_several_files(tmp_path: Path) -> None:
    sections = MAP.replace("[[call]]", '[[file]]\nmatch = "orders.csv"\n[[file.call]]')
    sections = sections.replace("[call.properties]", "[file.call.properties]")
    people = '[[file]]\nmatch = "people.csv"\n[[file.call]]\ntype = "identify"\nuser_id = "{id}"\n'
    prepared(tmp_path, text=sections + people)
    (tmp_path / "people.csv").write_text("id\nu7\n")

    told = imported(tmp_path, str(tmp_path / "people.csv"), "--json").json()

    assert [file["calls"] for file in told["files"]] == [2, 1]
    assert (told["touchpointsAdded"], told["customersAdded"]) == (3, 2)
