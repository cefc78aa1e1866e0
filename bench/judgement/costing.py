"""What an event costs while many rules are in force that do not name it."""

import time

from bench.judgement.definitions import publish_tag_rules
from bench.judgement.rebuilding import Times
from tests.support.events import arrive
from tests.support.judging import judge_all
from tests.support.product import Product

FEW, MANY = 10, 100
COSTS = f"an event beside {FEW} rules that do not name it", f"an event beside {MANY} of them"
_EVENTS, _PEOPLE = 2_000, 500


async def costing(rounds: int, product: Product) -> Times:
    """Milliseconds from the landing to the end of all judging, for an event of many."""
    times: Times = {what: [] for what in COSTS}
    for what, more in zip(COSTS, (FEW, MANY - FEW), strict=True):
        await publish_tag_rules(more, f"Never {more}")
        await _taken(product, f"warm {more}")
        for number in range(rounds):
            times[what].append(await _taken(product, f"{more} {number}"))
    return times


async def _taken(product: Product, name: str) -> float:
    calls = [
        {
            "type": "track",
            "event": "Load",
            "userId": f"cost-{number % _PEOPLE}",
            "messageId": f"{name} {number}",
        }
        for number in range(_EVENTS)
    ]
    start = time.perf_counter()
    for begin in range(0, _EVENTS, _PEOPLE):
        await arrive(product.settings, *calls[begin : begin + _PEOPLE])
        await judge_all()
    return (time.perf_counter() - start) * 1_000 / _EVENTS
