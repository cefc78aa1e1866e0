"""Scores and a segment made anew for all, beside the bare sums over the same touchpoints."""

import time
from collections.abc import Awaitable
from pathlib import Path

from rich.console import Console

from bench.judgement import bare, definitions
from bench.judgement.definitions import SEGMENT, model, work_tasks
from bench.queries.cache import Absent
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import fetch
from touchline.domain.scoring import building
from touchline.domain.scoring import service as scoring
from touchline.domain.segments import service as segments

Times = dict[str, list[float]]
BARE, DUCKDB = "bare aggregation", "DuckDB aggregation"
RECOMPUTE, PUBLISH = "scores recomputed", "scores of another version published"
REBUILD = "segment rebuilt"


async def rebuilding(rounds: int, folder: Path, console: Console) -> Times:
    """Seconds of each in every round, taking turns."""
    model_id = await definitions.published_model()
    await segments.create_segment(SYSTEM, segments.SegmentText("Bench"), SEGMENT)
    await work_tasks()
    (segment,) = await fetch("SELECT id FROM segment")
    times: Times = {}
    try:
        duck = await bare.duckdb_of(folder)
    except Absent as reason:
        console.print(f"DuckDB is skipped: {reason}")
        duck = None
    for number in range(rounds):
        times.setdefault(BARE, []).append(await bare.seconds_of_database(now()))
        if duck is not None:
            times.setdefault(DUCKDB, []).append(duck(now()))
        task = await scoring.recompute_model(SYSTEM, model_id)
        times.setdefault(RECOMPUTE, []).append(await _timed(building.recompute(task)))
        await scoring.update_model(SYSTEM, model_id, model(number + 2))
        task = await scoring.publish_model(SYSTEM, model_id)
        times.setdefault(PUBLISH, []).append(await _timed(building.recompute(task)))
        await work_tasks()
        taken = await _timed(segments.rebuild_segment(segment["id"]))
        times.setdefault(REBUILD, []).append(taken)
    return times


async def _timed(work: Awaitable[object]) -> float:
    start = time.perf_counter()
    await work
    return time.perf_counter() - start
