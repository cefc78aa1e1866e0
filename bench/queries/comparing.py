"""Whether all contenders tell the same, before anything is timed."""

from collections.abc import Sequence
from typing import Any

import orjson

from bench.queries.contender import Bench, Contender
from bench.queries.workload import Draw, Workload

SAMPLES = 6
SHOWN = 400


def difference(
    bench: Bench, workload: Workload, draws: Sequence[Draw], one: Contender, reference: Contender
) -> str | None:
    """How the answers of a contender differ from those of another; ``None`` if they do not."""
    chosen = draws[:: max(1, len(draws) // SAMPLES)][:SAMPLES]
    told = _answers(bench, workload, chosen, one)
    wanted = _answers(bench, workload, chosen, reference)
    for draw, mine, its in zip(chosen, told, wanted, strict=True):
        if mine != its:
            path, mine, its = _first_difference(mine, its, "$")
            return f"at {path} of {dict(draw)}: {_short(mine)} is not {_short(its)}"
    return None


def _answers(bench: Bench, workload: Workload, draws: Sequence[Draw], one: Contender) -> list[Any]:
    try:
        return [one.answer(workload, draw) for draw in draws]
    finally:
        bench.mend(workload)


def _first_difference(one: Any, other: Any, path: str) -> tuple[str, Any, Any]:
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key, value in one.items():
            if value != other[key]:
                return _first_difference(value, other[key], f"{path}.{key}")
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (mine, its) in enumerate(zip(one, other, strict=True)):
            if mine != its:
                return _first_difference(mine, its, f"{path}[{place}]")
    return path, one, other


def _short(value: Any) -> str:
    return orjson.dumps(value).decode()[:SHOWN]
