"""Reads of experiments that commands and workers start from."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from touchline.domain.conditions.storage import from_json
from touchline.domain.conditions.tree import Did, Step
from touchline.domain.experiments.fractions import shown
from touchline.domain.experiments.observing import CLICKED, Exposure, Metric
from touchline.domain.experiments.verdicts import Design
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Row, fetch, fetch_one
from touchline.domain.links.relations import TRACKED_LINK
from touchline.domain.staleness import facts


class ExperimentState(StrEnum):
    """Where an experiment stands."""

    DRAFT = "DRAFT"
    RUNNING = "RUNNING"
    ENDED = "ENDED"


class Direction(StrEnum):
    """Which way the metric is to move."""

    INCREASE = "INCREASE"
    DECREASE = "DECREASE"


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm as its experiment knows it."""

    id: int
    name: str
    exposure: Exposure


@dataclass(frozen=True, slots=True)
class Experiment:
    """An experiment: what was decided, and where it stands."""

    id: int
    state: ExperimentState
    metric: Metric
    design: Design
    arms: Sequence[Arm]
    started_at: Moment | None
    ends_at: Moment | None
    frozen_at: Moment | None

    @property
    def affected_by(self) -> frozenset[str]:
        """The facts of customers that can change its figures."""
        steps = [self.metric.step, *(one.exposure.step for one in self.arms if one.exposure.step)]
        named = {facts.event(step.event) for step in steps if step.event is not None}
        if any(one.exposure.code is not None for one in self.arms):
            named.add(facts.event(CLICKED))
        if any(one.exposure.asset_id is not None for one in self.arms):
            named.add(facts.EVENT)
        return frozenset(named)


async def find(experiment_id: int) -> Experiment | None:
    """One experiment with its arms."""
    row = await fetch_one("SELECT * FROM experiment WHERE id = ?", (experiment_id,))
    return None if row is None else await _whole(row)


async def running() -> list[Experiment]:
    """Those that are under way."""
    rows = await fetch("SELECT * FROM experiment WHERE state = 'RUNNING' ORDER BY id")
    return [await _whole(row) for row in rows]


async def ending(at: Moment) -> list[int]:
    """Those under way whose window is over."""
    rows = await fetch(
        "SELECT id FROM experiment WHERE state = 'RUNNING' AND ends_at <= ? ORDER BY id", (at,)
    )
    return [row["id"] for row in rows]


async def _whole(row: Row) -> Experiment:
    arms = await fetch(
        f"SELECT a.*, l.code FROM experiment_arm a LEFT JOIN {TRACKED_LINK.table} l"
        " ON l.id = a.link_id WHERE a.experiment_id = ? ORDER BY a.place",
        (row["id"],),
    )
    sign = 1 if row["direction"] == Direction.INCREASE else -1
    return Experiment(
        row["id"],
        ExperimentState(row["state"]),
        Metric(step_of(row["deed"]), row["property"]),
        Design(
            target=shown(row["target"]),
            weights=[arm["weight"] for arm in arms],
            planned=row["planned"],
            sign=sign,
            fewest=row["fewest"],
            shortest=row["shortest"],
        ),
        [Arm(arm["id"], arm["name"], _exposure(arm)) for arm in arms],
        *(row["started_at"], row["ends_at"], row["frozen_at"]),
    )


def _exposure(row: Any) -> Exposure:
    step = None if row["deed"] is None else step_of(row["deed"])
    return Exposure(row["asset_id"], row["code"], step)


def step_of(text: str) -> Step:
    """The touchpoints that a stored deed means."""
    deed = from_json(text)
    assert isinstance(deed, Did)
    return Step(deed.event, deed.type, deed.where)
