"""Kills a running Touchline again and again while clients send, then counts what is left.

``python -m tests.e2e.crash_rig --mode sqlite`` sends 100,000 events from 8 clients and kills the
server 20 times; ``--mode postgres`` does so on PostgreSQL and Redis, workers included. It exits
with 1 when a promise was broken. The test beside it does the same in small.
"""

import argparse
import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.progress import Progress

from tests.e2e.clients import Client, Ledger
from tests.e2e.crowd import make_events
from tests.e2e.killer import Killer
from tests.e2e.stored import drained, stored_by_graphql, stored_in_database
from tests.e2e.verdict import Verdict, judge
from tests.support.deployment import MODES, deployments
from tests.support.product import Product


@dataclass(frozen=True)
class Plan:
    """How much is sent, by how many, and how often they are interrupted."""

    events: int
    clients: int
    kills: int
    seed: int
    ask_graphql: bool


@dataclass(frozen=True)
class Outcome:
    """What became of it. ``seconds`` are from the first event to the last one on a timeline."""

    verdict: Verdict
    kills_by_hand: int
    kills_at_crash_points: int
    worker_kills: int
    failures: dict[str, int]
    seconds: float


async def rehearse(product: Product, plan: Plan, *, progress: Progress | None = None) -> Outcome:
    """Send, kill, restart, let it come to rest, and judge."""
    write_key = product.command("sources", "create", "rig")["writeKey"]
    key = product.command("keys", "create", "rig", "--scope", "admin")["key"]
    events = make_events(plan.events, plan.seed)
    ledger = Ledger()
    killer = Killer(
        product,
        plan.kills,
        plan.seed,
        acked=lambda: len(ledger.acked),
        total=plan.events,
        with_worker=product.redis_url is not None,
    )
    bar = progress.add_task("sending", total=plan.events) if progress else None
    clients = [
        Client(product.url, write_key, ledger, number, lambda count: _advance(progress, bar, count))
        for number in range(plan.clients)
    ]
    start = time.monotonic()
    await killer.begin()
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(killer.run())
            for number, client in enumerate(clients):
                tasks.create_task(client.send(events[number :: plan.clients]))
        await drained(product)
        seconds = time.monotonic() - start
        stored = await (
            stored_by_graphql(product, key) if plan.ask_graphql else stored_in_database(product)
        )
    finally:
        await product.stop()
    return Outcome(
        verdict=judge(events, ledger, stored),
        kills_by_hand=killer.by_hand,
        kills_at_crash_points=killer.of_itself,
        worker_kills=killer.workers,
        failures=ledger.failures,
        seconds=round(seconds, 1),
    )


def _advance(progress: Progress | None, bar: Any, count: int) -> None:
    if progress is not None:
        progress.advance(bar, count)


def main() -> int:
    """Run the rig from the command line."""
    parser = argparse.ArgumentParser(prog="crash_rig", description=__doc__)
    parser.add_argument("--mode", choices=MODES, default="sqlite")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--graphql", action="store_true", help="read the end by GraphQL, not SQL")
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
    asked = parser.parse_args()
    plan = Plan(asked.events, asked.clients, asked.kills, asked.seed, asked.graphql)
    console = Console(stderr=True)
    bar = Progress(console=console, disable=not console.is_terminal)
    with deployments(asked.mode) as fresh, bar as progress:
        outcome = asyncio.run(rehearse(fresh(), plan, progress=progress))
    figures = {**asdict(outcome), **asdict(outcome.verdict)}
    del figures["verdict"]
    told = {"mode": asked.mode, **figures, "broken": outcome.verdict.broken}
    lines = [f"{name:>22}  {value}" for name, value in told.items()]
    sys.stdout.write((json.dumps(told) if asked.json else "\n".join(lines)) + "\n")
    return 1 if outcome.verdict.broken else 0


if __name__ == "__main__":
    sys.exit(main())
