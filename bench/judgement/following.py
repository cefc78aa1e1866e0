"""How soon after its acknowledgement an event is seen in a tag, a segment and a score."""

import asyncio
import contextlib
import itertools
import time
from dataclasses import dataclass, field

import orjson

from bench.figures import percentile
from bench.ingest.measuring import start, warmed
from bench.ingest.sending import Sender
from bench.ingest.traffic import EVENTS, NEW, WEBSITE, Traffic
from bench.ingest.watching import Ask, asking
from bench.judgement.definitions import publish_tag_rules, work_tasks
from tests.support.product import Product
from touchline.domain.conditions.tree import Did
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY
from touchline.domain.scoring import service as scoring
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.domain.segments import service as segments

SIGNAL = "Signal 0"
RULES = 100
PATIENCE_S, POLL_S = 120, 0.005
_ROUND = 1_000_000
"""Bodies of one round; those of the next are numbered after them."""

SEEN = {
    "tag": "SELECT r.id, i.value FROM customer_tag r {who} WHERE r.id > {last}",
    "segment": "SELECT r.id, i.value FROM segment_member r {who} WHERE r.id > {last}",
    "score": "SELECT r.id, i.value FROM score_change r {who} WHERE r.id > {last} AND r.value > 0",
}
_WHO = "JOIN identifier i ON i.customer_id = r.customer_id AND i.kind = 'user_id'"


def _traffic() -> Traffic:
    """Website traffic, a call of each body by somebody new who gives the signal."""
    batch = orjson.loads(WEBSITE.template)["batch"]
    batch[EVENTS // 2] |= {"type": "track", "event": SIGNAL, "userId": f"signal-{NEW}"}
    batch[EVENTS // 2].pop("anonymousId", None)
    return Traffic("signals", "website with a signal", orjson.dumps({"batch": batch}))


async def prepare() -> None:
    """A hundred rules in force: tags, a segment and a model; one of each names the signal."""
    await publish_tag_rules(RULES - 2, "Signal")
    signal = Did(event=SIGNAL, within=30 * DAY)
    await segments.create_segment(SYSTEM, segments.SegmentText("Signals"), signal)
    points = [RuleText("Signal", 10 * MICRO, Did(event=SIGNAL))]
    await scoring.publish_model(
        SYSTEM, await scoring.create_model(SYSTEM, ModelText("Signals", points, half_life=30 * DAY))
    )
    await work_tasks()


@dataclass
class Sightings:
    """When the signal of each body was first seen in one of the three."""

    sql: str
    seen: dict[int, float] = field(default_factory=dict)
    last: int = 0

    async def look(self, ask: Ask) -> None:
        """Take in what is new."""
        sql = self.sql.replace("{who}", _WHO).replace("{last}", str(self.last))
        for row in await ask(f"{sql} ORDER BY r.id"):
            self.last = row[0]
            if row[1].startswith("signal-"):
                self.seen.setdefault(int(row[1].split("-")[1]), time.perf_counter())


async def following(
    product: Product, rate: float, seconds: float, number: int
) -> dict[str, list[float]]:
    """Send at a rate; milliseconds of each body by what it was seen in."""
    acked: dict[int, float] = {}
    issued = await asyncio.to_thread(product.command, "sources", "create", f"signals {number}")
    serials = itertools.count(number * _ROUND + 1)
    sender = Sender(product.url, issued["writeKey"], _traffic(), serials=serials)
    found = {name: Sightings(sql) for name, sql in SEEN.items()}
    await start(product, pipeline=True)
    try:
        await warmed(product, sender, pipeline=True)
        async with asking(product) as ask:
            await _until(ask, "SELECT count(*) FROM stale", product)
            watching = asyncio.create_task(_watch(ask, found))
            await sender.paced(rate, seconds, acked.__setitem__)
            deadline = time.perf_counter() + PATIENCE_S
            while any(acked.keys() - one.seen.keys() for one in found.values()):
                if time.perf_counter() > deadline:
                    raise RuntimeError(f"signals were not judged:\n{product.log()}")
                await asyncio.sleep(POLL_S)
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
    finally:
        await product.stop()
    return {
        name: [max(0.0, one.seen[serial] - at) * 1_000 for serial, at in acked.items()]
        for name, one in found.items()
    }


async def _until(ask: Ask, waiting: str, product: Product) -> None:
    """Let the judges work off what the warm-up left."""
    deadline = time.perf_counter() + PATIENCE_S
    while (await ask(waiting))[0][0]:
        if time.perf_counter() > deadline:
            raise RuntimeError(f"the warm-up was not judged:\n{product.log()}")
        await asyncio.sleep(POLL_S)


async def _watch(ask: Ask, found: dict[str, Sightings]) -> None:
    while True:
        for one in found.values():
            await one.look(ask)
        await asyncio.sleep(POLL_S)


def percentiles(delays: list[float]) -> tuple[float, float]:
    """The 50th and the 99th."""
    return percentile(delays, 0.5), percentile(delays, 0.99)
