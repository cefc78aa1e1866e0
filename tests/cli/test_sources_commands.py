"""``touchline sources`` as a person or a script uses it."""

from pathlib import Path

from tests.support.cli import touchline
from touchline.domain.kernel.ids import parse_global_id


def test_a_source_is_set_up_with_its_write_key(tmp_path: Path) -> None:
    made = touchline("sources", "create", "shop", "--data-dir", tmp_path / "new", "--json").json()

    assert parse_global_id(made["id"], ["Source"]) == ("Source", 1)
    assert made["writeKey"].startswith("wk_")
    assert (made["name"], made["kind"], made["acceptedCount"]) == ("shop", "website", 0)


def test_sources_are_listed_without_their_keys(tmp_path: Path) -> None:
    options = ("--data-dir", tmp_path, "--json")
    shop = touchline("sources", "create", "shop", "--kind", "server", *options).json()
    app = touchline("sources", "create", "app", *options).json()

    listed = touchline("sources", "list", *options).json()

    assert [source["id"] for source in listed] == [app["id"], shop["id"]]
    assert all("writeKey" not in source for source in listed)
    assert "shop    server" in touchline("sources", "list", "--data-dir", tmp_path).out


def test_a_source_gets_a_new_write_key(tmp_path: Path) -> None:
    options = ("--data-dir", tmp_path, "--json")
    made = touchline("sources", "create", "shop", *options).json()

    rotated = touchline("sources", "rotate", "shop", *options).json()

    assert rotated["id"] == made["id"]
    assert rotated["writeKey"] != made["writeKey"]


def test_a_source_is_renamed(tmp_path: Path) -> None:
    options = ("--data-dir", tmp_path, "--json")
    made = touchline("sources", "create", "shop", *options).json()

    renamed = touchline("sources", "rename", "shop", "Web shop", *options).json()
    unknown = touchline("sources", "rename", "shop", "Other", "--data-dir", tmp_path)

    assert (renamed["id"], renamed["name"]) == (made["id"], "Web shop")
    assert (unknown.code, unknown.err) == (1, "touchline: There is no source called shop.\n")


def test_a_name_stands_for_one_source(tmp_path: Path) -> None:
    touchline("sources", "create", "shop", "--data-dir", tmp_path)

    again = touchline("sources", "create", "shop", "--data-dir", tmp_path)
    unknown = touchline("sources", "rotate", "shopp", "--data-dir", tmp_path)

    assert (again.code, again.out) == (1, "")
    assert again.err == "touchline: There is a source called shop already.\n"
    assert (unknown.code, unknown.err) == (1, "touchline: There is no source called shopp.\n")
