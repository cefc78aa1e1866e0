"""Measuring what was launched, once: by its experiment, or by its figures when its window is over.

A worker comes at the instant at which the window ends, or the experiment. An item that is tried out
is measured by the experiment that was begun last: at once where that is over, else when it ends.
What is measured is frozen; a person may overrule the verdict, and the numbers stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from touchline.domain.backlog.events import ITEM_MEASURED
from touchline.domain.backlog.items import listed, opened
from touchline.domain.backlog.logbook import Entry, note, tell
from touchline.domain.backlog.outcome import Hoped, outcome
from touchline.domain.backlog.states import after
from touchline.domain.backlog.tried import Tried, tried
from touchline.domain.backlog.types import Act, Change, ItemState, LogKind, Measure, Metric
from touchline.domain.backlog.words import USUAL_DAYS
from touchline.domain.campaigns.relations import ASSET_OF_CAMPAIGN
from touchline.domain.experiments.relations import EXPERIMENT
from touchline.domain.kernel import jobs
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, MINUTE, SECOND, Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one, transactional
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.performance.between import achieved
from touchline.domain.staleness.draining import waits_since

MEASURE = "measure_item"
MEASURE_TRIED = "measure_tried_item"
LONGEST_WAIT = 10 * MINUTE
"""So long after the window, at most, it is waited until what came before its end is judged."""


async def ask_for(item_id: int, at: Moment) -> None:
    """Have an item measured at an instant."""
    await jobs.enqueue(MEASURE, {"item": item_id}, run_at=at, key=str(item_id))


async def expect_measuring(item_id: int, launched_at: Moment, window_days: int | None) -> None:
    """Have an item measured that is launched now, in the surrounding transaction."""
    trial = await tried(item_id)
    is_over = trial is not None and trial.is_over
    await ask_for(item_id, launched_at if is_over else _end(launched_at, window_days))


async def measure(item_id: int) -> None:
    """Measure an item if its time has come; what is measured stays as it is."""
    row = await fetch_one(
        "SELECT * FROM backlog_item WHERE id = ? AND state = ?", (item_id, ItemState.LAUNCHED)
    )
    if row is None:
        return
    trial = await tried(item_id)
    if trial is not None:
        if trial.is_over:
            await _freeze(item_id, _shown(trial))
        return
    ends, moment = _end(row["launched_at"], row["window_days"]), now()
    if moment < ends:
        await ask_for(item_id, ends)
    elif moment < ends + LONGEST_WAIT and await waits_since(ends):
        await ask_for(item_id, moment + SECOND)
    else:
        found = await _counted(row, ends)
        crashpoint("backlog.counted")
        await _freeze(item_id, found)


async def measure_tried(experiment_id: int) -> None:
    """Measure the item for which an experiment was done that has ended."""
    row = await fetch_one(
        f"SELECT item_id FROM {EXPERIMENT.table} WHERE id = ? AND item_id IS NOT NULL",
        (experiment_id,),
    )
    if row is not None:
        await measure(row["item_id"])


async def measure_due() -> int:
    """Have all measured whose time has come and that nobody measured; returns how many."""
    rows = await fetch(
        "SELECT i.id FROM backlog_item i WHERE i.state = ? AND"
        f" (i.launched_at + CAST(COALESCE(i.window_days, {USUAL_DAYS}) AS BIGINT) * {DAY} <= ?"
        " OR EXISTS"
        f" (SELECT 1 FROM {EXPERIMENT.table} e WHERE e.item_id = i.id AND e.state = 'ENDED'))"
        " ORDER BY i.id",
        (ItemState.LAUNCHED, now()),
    )
    for row in rows:
        await ask_for(row["id"], now())
    return len(rows)


@dataclass(frozen=True, slots=True)
class _Found:
    """A measurement that is to be frozen: its columns, and of these what is told."""

    source: Measure
    verdict: str
    sentence: str
    figures: Mapping[str, object]


async def _counted(row: Row, ends: Moment) -> _Found:
    """By the figures of its content in its window; of its campaign where it made none itself."""
    assets = [*listed(row["asset_ids"])] or await _of_campaign(row["campaign_id"])
    since = row["launched_at"]
    came = await achieved(assets, since, ends) if assets else None
    metric = None if row["metric"] is None else Metric(row["metric"])
    hoped = Hoped(metric, row["target_milli"], ends - since)
    found = outcome(hoped, came)
    figures = {
        "metric": metric,
        "value": None if found.value is None else f"{found.value:f}",
        "currency": found.currency,
        "target": None if hoped.target is None else f"{hoped.target:f}",
        "began_at": since,
        "ended_at": ends,
        "reached": None if came is None else came.reached,
        "needed": found.needed,
        "asset_ids": orjson.dumps(assets).decode(),
        "experiment_id": None,
    }
    return _Found(Measure.METRIC, found.verdict, found.sentence, figures)


def _shown(trial: Tried) -> _Found:
    """By what an experiment has shown."""
    figures = {
        "metric": None,
        "value": trial.difference,
        "currency": None,
        "target": trial.target,
        "began_at": trial.started_at,
        "ended_at": trial.ends_at,
        "reached": trial.people,
        "needed": trial.needed,
        "asset_ids": orjson.dumps(trial.asset_ids).decode(),
        "experiment_id": trial.id,
    }
    return _Found(Measure.EXPERIMENT, trial.verdict, trial.sentence, figures)


@transactional
async def _freeze(item_id: int, found: _Found) -> None:
    """Write a measurement down, unless somebody else has done so meanwhile."""
    backlog, item = await opened(item_id)
    if item.state is not ItemState.LAUNCHED:
        return
    state, moment = after(Act.MEASURE, item.state), now()
    columns: dict[str, Any] = {
        "item_id": item_id,
        "source": found.source,
        "verdict": found.verdict,
        "sentence": found.sentence,
        **found.figures,
        "measured_at": moment,
    }
    await insert_rows("backlog_measurement", list(columns), [tuple(columns.values())])
    await execute(
        "UPDATE backlog_item SET state = ?, state_at = ?, verdict = ? WHERE id = ?",
        (state, moment, found.verdict, item_id),
    )
    entries = (
        Entry(LogKind.STATE, item.state, state),
        Entry(LogKind.VERDICT, None, found.verdict, found.sentence),
    )
    note(SYSTEM, backlog.id, item_id, *entries)
    await tell_of(backlog.id, item_id, found.verdict, found.source)
    await tell(backlog.id, item_id, state, backlog.order_version, Change.MEASURED)


async def tell_of(backlog_id: int, item_id: int, verdict: str, by: Measure) -> None:
    """Tell what came of an item, in the surrounding transaction."""
    news = {"backlog": backlog_id, "item": item_id, "verdict": verdict, "by": by}
    await emit(ITEM_MEASURED, news)


def _end(launched_at: Moment, window_days: int | None) -> Moment:
    return launched_at + (window_days or USUAL_DAYS) * DAY


async def _of_campaign(campaign_id: int | None) -> list[int]:
    if campaign_id is None:
        return []
    rows = await fetch(
        f"SELECT m.id FROM {ASSET_OF_CAMPAIGN.table} m WHERE m.campaign_id = ? ORDER BY m.id",
        (campaign_id,),
    )
    return [row["id"] for row in rows]
