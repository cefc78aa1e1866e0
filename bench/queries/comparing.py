"""Whether all contenders tell the same, before anything is timed."""

from typing import Any

import orjson

from bench.queries.contender import Contender
from bench.queries.measuring import Turn

SAMPLES = 6
SHOWN = 400


def difference(turn: Turn, reference: Contender) -> str | None:
    """How the answers of a contender differ from those of another; ``None`` if they do not."""
    chosen = turn.draws[:: max(1, len(turn.draws) // SAMPLES)][:SAMPLES]
    told, wanted = _answers(turn, turn.contender, chosen), _answers(turn, reference, chosen)
    for draw, mine, its in zip(chosen, told, wanted, strict=True):
        if mine != its:
            path, here, there = _first_difference(mine, its, "$")
            return f"at {path} of {dict(draw)}: {_short(here)} is not {_short(there)}"
    return None


def _answers(turn: Turn, contender: Contender, chosen: Any) -> list[Any]:
    try:
        return [contender.answer(turn.workload, draw) for draw in chosen]
    finally:
        turn.bench.mend(turn.workload)


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
