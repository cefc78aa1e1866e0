"""Keeping what was measured, part by part and database by database."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from bench.figures import Figure
from bench.queries.world import World
from tests.support.deployment import MODES

RESULTS = Path(__file__).parents[1] / "results" / "judgement.json"
"""What the page is written from."""


def keep(file: Path, size: World, found: Mapping[str, Sequence[Figure]]) -> None:
    """Put figures in the place of those kept of the same part and database; all others stay.

    The page's own file takes a part only at the size at which it is kept there.
    """
    told: dict[str, Any] = orjson.loads(file.read_bytes()) if file.exists() else {}
    for part, figures in found.items():
        before = told.get(part, {"customers": size.customers, "touchpoints": size.touchpoints})
        same_size = World(before["customers"], before["touchpoints"]) == size
        if file == RESULTS and not same_size:
            continue
        stay = before.get("figures", []) if same_size else []
        told[part] = {
            "customers": size.customers,
            "touchpoints": size.touchpoints,
            "figures": _merged(stay, [each.as_json() for each in figures]),
        }
    file.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n")


def _merged(
    before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    measured = {_database_of(each) for each in now}
    stay = [each for each in before if _database_of(each) not in measured]
    return sorted([*stay, *now], key=lambda each: MODES.index(_database_of(each)))


def _database_of(figure: Mapping[str, Any]) -> Any:
    return figure["what"].partition(":")[0]
