"""What is measured of a running product: acknowledging, draining, and the delay in between."""

import asyncio
import contextlib
import time
from dataclasses import dataclass

from bench.figures import percentile
from bench.ingest.sending import Sender, Sent
from bench.ingest.traffic import Traffic
from bench.ingest.watching import Sightings, asking, landed
from tests.support.product import Product

SAMPLE_S = 0.05
WARM_UP = 3_000
PATIENCE_S = 60


async def start(product: Product, *, pipeline: bool) -> None:
    """Start the server, and what identifies events or nothing of that sort."""
    apart = product.redis_url is not None
    await product.start_server(*([] if apart or pipeline else ["--without-worker"]))
    if apart and pipeline:
        product.start_worker()


async def warmed(product: Product, sender: Sender, *, pipeline: bool) -> None:
    """Send a little, and let the pipeline, which may still be starting, work it off."""
    await sender.count(WARM_UP)
    if pipeline:
        deadline = time.perf_counter() + PATIENCE_S
        async with asking(product) as ask:
            while waiting := await landed(ask):
                if time.perf_counter() > deadline:
                    raise RuntimeError(f"{waiting} events reached no timeline:\n{product.log()}")
                await asyncio.sleep(SAMPLE_S)


async def acknowledging(
    product: Product, sender: Sender, seconds: float, *, pipeline: bool
) -> Sent:
    """Send as fast as acknowledgements come, with the pipeline at work or at rest."""
    await start(product, pipeline=pipeline)
    try:
        await warmed(product, sender, pipeline=pipeline)
        return await sender.for_seconds(seconds)
    finally:
        await product.stop()


@dataclass(frozen=True)
class Drain:
    """Events a second from the landing to the timeline: of all, the first and the last tenth."""

    events: int
    overall: float
    first: float
    last: float


async def draining(product: Product, sender: Sender, events: int) -> Drain:
    """Land events with the pipeline at rest, then let it work them off."""
    await start(product, pipeline=False)
    try:
        await sender.count(events)
    finally:
        await product.stop()
    async with asking(product) as ask:
        waiting = await landed(ask)
        await start(product, pipeline=True)
        samples: list[tuple[float, int]] = []
        try:
            while not samples or samples[-1][1]:
                samples.append((time.perf_counter(), await landed(ask)))
                await asyncio.sleep(SAMPLE_S)
        finally:
            await product.stop()
    begun = [sample for sample in samples if sample[1] < waiting]
    total = begun[0][1]
    return Drain(
        events=waiting,
        overall=_rate(begun, total, 0),
        first=_rate(begun, total, int(total * 0.9)),
        last=_rate(begun, int(total * 0.1), 0),
    )


def _rate(samples: list[tuple[float, int]], most: int, least: int) -> float:
    """Events a second between two amounts that still wait."""
    before = [sample for sample in samples if sample[1] >= most][-1]
    after = next(sample for sample in samples if sample[1] <= least)
    return (before[1] - after[1]) / (after[0] - before[0])


@dataclass(frozen=True)
class Delay:
    """Milliseconds from an acknowledgement to the timeline, and the load under which."""

    rate: float
    p50: float
    p99: float
    most: float


async def delaying(product: Product, sender: Sender, rate: float, seconds: float) -> Delay:
    """Send at a rate, and see each body on the timeline."""
    acked: dict[int, float] = {}
    sightings = Sightings()
    await start(product, pipeline=True)
    try:
        await warmed(product, sender, pipeline=True)
        async with asking(product) as ask:
            watching = asyncio.create_task(sightings.watch(ask))
            sent = await sender.paced(rate, seconds, acked.__setitem__)
            await _all_seen(acked, sightings)
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
    finally:
        await product.stop()
    delays = [max(0.0, sightings.seen[serial] - at) * 1_000 for serial, at in acked.items()]
    return Delay(sent.rate, percentile(delays, 0.5), percentile(delays, 0.99), max(delays))


async def _all_seen(acked: dict[int, float], sightings: Sightings) -> None:
    deadline = time.perf_counter() + PATIENCE_S
    while missing := acked.keys() - sightings.seen.keys():
        if time.perf_counter() > deadline:
            raise RuntimeError(f"{len(missing)} acknowledged bodies reached no timeline")
        await asyncio.sleep(SAMPLE_S)


def sender_for(product: Product, traffic: Traffic) -> Sender:
    """A sender with a source of its own."""
    issued = product.command("sources", "create", f"bench {traffic.name}")
    return Sender(product.url, issued["writeKey"], traffic)
