"""A run of one part on one database leaves the figures of all others as they are kept."""

from pathlib import Path

import orjson
import pytest

from bench.figures import Figure
from bench.judgement import keeping
from bench.queries.world import World

PAGE = World(10_000, 100_000)


def _delay(mode: str, ms: float) -> Figure:
    return Figure(f"{mode}: acknowledged → tag, p99", "ms", (ms,))


def _kept(file: Path) -> dict[str, list[tuple[str, float]]]:
    told = orjson.loads(file.read_bytes())
    return {
        part: [(each["what"][:6], each["median"]) for each in one["figures"]]
        for part, one in told.items()
    }


def test_one_part_of_one_database_takes_the_place_of_what_was_kept_of_it(tmp_path: Path) -> None:
    file = tmp_path / "judgement.json"
    both = [_delay("sqlite", 900), _delay("postgres", 300)]
    keeping.keep(file, PAGE, {"delay": both, "list": [_delay("sqlite", 9)]})

    keeping.keep(file, PAGE, {"delay": [_delay("sqlite", 400)]})

    assert _kept(file) == {
        "delay": [("sqlite", 400), ("postgr", 300)],
        "list": [("sqlite", 9)],
    }


def test_the_page_takes_nothing_of_another_size_than_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "judgement.json"
    monkeypatch.setattr(keeping, "RESULTS", file)
    keeping.keep(file, PAGE, {"delay": [_delay("sqlite", 900)]})

    keeping.keep(file, World(500, 20_000), {"delay": [_delay("sqlite", 1)]})

    assert _kept(file) == {"delay": [("sqlite", 900)]}
