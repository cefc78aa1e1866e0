"""``python -m bench ingest``: how much Touchline takes in on one core, beside the bare database.

The server (and with Redis its worker) has one core; load and PostgreSQL have another. Figures of
one run belong together; compare ratios, not runs.
"""

import argparse
import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import orjson
from rich.console import Console

from bench.figures import Figure
from bench.ingest.bare import postgres_rate, sqlite_rate
from bench.ingest.measuring import Delay, Drain, acknowledging, delaying, draining, sender_for
from bench.ingest.traffic import TRAFFIC, Traffic
from tests.support.deployment import MODES, Mode, deployments
from tests.support.product import Product

SERVER_CORE, LOAD_CORE = 0, 1
NO_LIMIT = {"TOUCHLINE_LANDING_LIMIT": "100000000"}
EVENTS_S, MS = "events/s", "ms"

Fresh = Callable[[], Product]


@dataclass(frozen=True)
class Plan:
    """What is measured and how long."""

    traffic: Traffic
    rounds: int
    seconds: float
    events: int
    rate: float


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this part."""
    parser.add_argument("--database", choices=MODES, action="append")
    parser.add_argument("--only", choices=list(MEASURES), action="append")
    parser.add_argument("--traffic", choices=list(TRAFFIC), default="website")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0, help="length of each round")
    parser.add_argument("--events", type=int, default=100_000, help="how many are drained")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write all figures as JSON")
    parser.add_argument("--rate", type=float, default=2_000.0, help="events/s while delay is seen")


def run(asked: argparse.Namespace) -> list[Figure]:
    """Measure everything that was asked for."""
    plan = Plan(TRAFFIC[asked.traffic], asked.rounds, asked.seconds, asked.events, asked.rate)
    if (os.cpu_count() or 1) > LOAD_CORE:
        os.sched_setaffinity(0, {LOAD_CORE})
    console = Console(stderr=True)
    found: list[Figure] = []
    for mode in asked.database or MODES:
        with deployments(mode, durable=True, core=SERVER_CORE, variables=NO_LIMIT) as fresh:
            for measure in asked.only or MEASURES:
                with console.status(f"{mode}: {measure} of {plan.traffic.name}"):
                    found += MEASURES[measure](mode, plan, fresh)
    if asked.save:
        asked.save.write_bytes(orjson.dumps([each.as_json() for each in found]))
    return found


def _acknowledged(mode: Mode, plan: Plan, fresh: Fresh) -> list[Figure]:
    """With the pipeline at rest and at work, each round beside the bare database."""
    kinds = ("acknowledged, pipeline at rest", "acknowledged, pipeline at work")
    rates: dict[str, list[float]] = {}
    for _ in range(plan.rounds):
        product = fresh()
        for what, rate in _bare(mode, plan, product).items():
            rates.setdefault(what, []).append(rate)
        for what, pipeline in zip(kinds, (False, True), strict=True):
            product = fresh()
            sender = sender_for(product, plan.traffic)
            work = acknowledging(product, sender, plan.seconds, pipeline=pipeline)
            rates.setdefault(what, []).append(asyncio.run(work).rate)
    figures = [_figure(mode, plan, what, EVENTS_S, each) for what, each in rates.items()]
    bare, *_, resting, working = figures
    return [*figures, resting.over(bare), working.over(bare)]


def _bare(mode: Mode, plan: Plan, product: Product) -> dict[str, float]:
    if product.database_url is None:
        file = product.folder / "bare.db"
        return {"bare executemany by 100": sqlite_rate(file, plan.traffic, plan.seconds)}
    return {
        f"bare COPY by {together * 100:,}": asyncio.run(
            postgres_rate(product.database_url, plan.traffic, plan.seconds, together)
        )
        for together in (1, 100)
    }


def _drained(mode: Mode, plan: Plan, fresh: Fresh) -> list[Figure]:
    """From the landing to the timeline, nothing else going on."""
    drains: list[Drain] = []
    for _ in range(plan.rounds):
        product = fresh()
        drains.append(
            asyncio.run(draining(product, sender_for(product, plan.traffic), plan.events))
        )
    return [
        _figure(mode, plan, what, EVENTS_S, rates)
        for what, rates in (
            (f"onto the timeline, {plan.events:,} of them", [each.overall for each in drains]),
            ("the first tenth of them", [each.first for each in drains]),
            ("the last tenth of them", [each.last for each in drains]),
        )
    ]


def _delayed(mode: Mode, plan: Plan, fresh: Fresh) -> list[Figure]:
    """From the acknowledgement to the timeline, at a steady rate."""
    delays: list[Delay] = []
    for _ in range(plan.rounds):
        product = fresh()
        work = delaying(product, sender_for(product, plan.traffic), plan.rate, plan.seconds * 2)
        delays.append(asyncio.run(work))
    return [
        _figure(mode, plan, "sent while the delay was seen", EVENTS_S, [d.rate for d in delays]),
        _figure(mode, plan, "acknowledged → visible, p50", MS, [d.p50 for d in delays]),
        _figure(mode, plan, "acknowledged → visible, p99", MS, [d.p99 for d in delays]),
    ]


def _figure(mode: Mode, plan: Plan, what: str, unit: str, rounds: list[float]) -> Figure:
    return Figure(f"{mode} {plan.traffic.name}: {what}", unit, tuple(rounds))


MEASURES: dict[str, Callable[[Mode, Plan, Fresh], list[Figure]]] = {
    "ack": _acknowledged,
    "drain": _drained,
    "delay": _delayed,
}
