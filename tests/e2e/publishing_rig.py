"""Kills workers again and again while they bring what was published into force.

``python -m tests.e2e.publishing_rig --mode sqlite --kills 20`` publishes a tag rule, a segment and
a scoring model over and over, for 24,000 customers. After each SIGKILL, at a random moment or at a
crash point, each must stand whole in one version; the next worker brings the latest into force,
and what happened meanwhile is judged.
"""

import asyncio
import random
import sys
import time
from dataclasses import dataclass, field

from tests.e2e.published import Published, populate, publish_first, publish_next, stands, verified
from tests.e2e.rig import run_rig
from tests.support.events import arrive
from tests.support.product import TOUCHLINE, Product
from tests.support.scoring import run_tasks
from tests.support.waiting import until
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.staleness.queries import waiting

CUSTOMERS = 24_000
CHANCE_AT_A_CRASH_POINT = 0.08
BUT_THE_SWAP = 0.95
"""How far a task is when everybody was looked at."""
WITHIN_S = 240.0
POLL_S = 0.005
LATER_AT_MOST_S = 0.5


@dataclass
class Outcome:
    """``stood`` is, after each kill, how many of the three stood in the latest version."""

    by_hand: int = 0
    of_itself: int = 0
    versions: int = 1
    stood: list[int] = field(default_factory=list)
    broken: dict[str, object] = field(default_factory=dict)


async def rehearse(product: Product, *, customers: int, kills: int, seed: int) -> Outcome:
    """Publish, kill and look, so often; then let a worker finish. The database is open here."""
    chance, outcome = random.Random(seed), Outcome()
    await populate(customers)
    things = await publish_first(customers)
    await run_tasks()
    assert await _all_at(1, customers)
    try:
        for life in range(kills):
            await _publish_if_idle(things, outcome)
            await _live_and_die(product, outcome, chance, f"{seed}-{life}")
            found = await stands(customers)
            outcome.stood.append(sum(one == outcome.versions for one in found.values()))
            both = [{"event": event, "messageId": f"{life}{event}"} for event in _BOTH]
            who = {"type": "track", "userId": f"late {life}"}
            await arrive(product.settings, *({**who, **event} for event in both))
        product.program = TOUCHLINE
        product.start_worker()
        await until(lambda: _all_at(outcome.versions, customers), within_s=WITHIN_S)
        await until(_nobody_waits, within_s=WITHIN_S)
    finally:
        await product.stop()
    outcome.broken = await verified()
    return outcome


_BOTH = ("Bought", "Looked")


async def _publish_if_idle(things: Published, outcome: Outcome) -> None:
    if not await _open_tasks():
        outcome.versions += 1
        await publish_next(things, outcome.versions)


async def _live_and_die(
    product: Product, outcome: Outcome, chance: random.Random, seed: str
) -> None:
    """A worker's life: it ends at a crash point, or somewhere on the way by our hand."""
    mortal = [sys.executable, "-m", "tests.e2e.mortal", seed, str(CHANCE_AT_A_CRASH_POINT)]
    product.program = mortal if chance.random() < 0.5 else TOUCHLINE
    begun = await _progress()
    share = begun + (1 - begun) * chance.random() * 0.99
    product.start_worker()
    worker = product.worker
    assert worker is not None
    deadline = time.monotonic() + WITHIN_S
    while worker.poll() is None and await _progress() <= share:
        assert time.monotonic() < deadline, product.log("worker")
        await asyncio.sleep(POLL_S)
    if worker.poll() is None:
        await asyncio.sleep(chance.random() * LATER_AT_MOST_S)
    if worker.poll() is None:
        outcome.by_hand += 1
    else:
        outcome.of_itself += 1
    product.kill_worker()
    # As if the time of its leases had run out.
    await execute("UPDATE job SET lease_token = NULL, lease_until = NULL")


async def _open_tasks() -> list[float]:
    rows = await fetch(
        "SELECT done, total FROM task WHERE finished_at IS NULL AND kind <> 'forget_scores'"
    )
    return [min(row["done"] / max(row["total"], 1), 1) * BUT_THE_SWAP for row in rows]


async def _progress() -> float:
    """How far the three are on their way, taken together."""
    return 1 - sum(1 - share for share in await _open_tasks()) / 3


async def _all_at(version: int, customers: int) -> bool:
    return set((await stands(customers)).values()) == {version}


async def _nobody_waits() -> bool:
    return await waiting() == 0 and not await _open_tasks()


async def _rehearse(product: Product, amount: int, seed: int) -> Outcome:
    return await rehearse(product, customers=CUSTOMERS, kills=amount, seed=seed)


if __name__ == "__main__":
    sys.exit(run_rig(_rehearse, __doc__ or "", amount="kills", usual=20))
