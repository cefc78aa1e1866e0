"""``python -m bench backlog``: many who order and pull at once, what a move costs, a forecast.

``order`` and ``pulls`` are proofs with counts, which fail where a promise is broken. What is
compared takes turns in one run, while no other bench runs.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

import orjson
from rich.console import Console

from bench.backlog import forecasting, moving, ordering, pulling
from bench.figures import Figure
from bench.queries import cache
from bench.queries.contenders.product import NO_LIMIT
from tests.support.deployment import MODES, Mode, deployments
from tests.support.product import Product

Fresh = Callable[[], Product]
PARTS: Mapping[str, Callable[[Mode, Fresh, argparse.Namespace, Console], list[Figure]]] = {
    "order": ordering.figures,
    "pulls": pulling.figures,
    "move": moving.figures,
    "forecast": forecasting.figures,
}
TIMED = ("move", "forecast")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this part."""
    parser.add_argument("--database", choices=MODES, action="append")
    parser.add_argument("--only", choices=list(PARTS), action="append")
    parser.add_argument("--moves", type=int, default=100_000, help="that are tried in `order`")
    parser.add_argument("--rounds", type=int, default=5, help="of `move` and `forecast`")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write all figures as JSON")


def run(asked: argparse.Namespace) -> list[Figure]:
    """Measure everything that was asked for."""
    console = Console(stderr=True)
    found: dict[str, list[Figure]] = {}
    for mode in asked.database or MODES:
        with deployments(mode, durable=True, variables=NO_LIMIT) as fresh:
            for part in asked.only or PARTS:
                with cache.alone() if part in TIMED else nullcontext():
                    figures = PARTS[part](mode, fresh, asked, console)
                found.setdefault(part, []).extend(figures)
                if asked.save:
                    _save(asked.save, mode, part, figures)
    return [figure for figures in found.values() for figure in figures]


def _save(file: Path, mode: Mode, part: str, figures: Sequence[Figure]) -> None:
    """Keep what was measured; parts and databases that were not stay as they are kept."""
    told = orjson.loads(file.read_bytes()) if file.exists() else {}
    kept = told.setdefault(part, {})
    kept[mode] = [each.as_json() for each in figures]
    told[part] = {name: kept[name] for name in MODES if name in kept}
    file.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n")
