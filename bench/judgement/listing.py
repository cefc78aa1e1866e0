"""The customers with a tag and a least score, by score, beside the SQL that one would write."""

import statistics
import time

from bench.judgement.definitions import published_model
from bench.judgement.rebuilding import Times
from bench.queries.workloads import WORKLOADS
from tests.support.operations import ask
from touchline.domain.kernel.db import dialect, fetch
from touchline.domain.kernel.ids import global_id

OURS, LIMIT = "list by tag and score", "the SQL of that list"
TAGS, TIMES = 20, 5


async def listing(rounds: int) -> Times:
    """Milliseconds of a request in each round: the median over some tags."""
    await published_model()
    (w2,) = (workload for workload in WORKLOADS if workload.key == "W2")
    sql = w2.limit.postgres if dialect() == "postgres" else w2.limit.sqlite
    (middle,) = await fetch(
        "SELECT rank FROM customer_rank WHERE list_id = (SELECT id FROM customer_list"
        " WHERE is_shown) ORDER BY rank LIMIT 1 OFFSET (SELECT count(*) / 2 FROM customer)"
    )
    times: Times = {OURS: [], LIMIT: []}
    for _ in range(rounds):
        ours: list[float] = []
        limit: list[float] = []
        for tag in range(1, TAGS + 1):
            for _ in range(TIMES):
                start = time.perf_counter()
                await ask(w2.ours.document, tag=global_id("Tag", tag), least=20.0)
                between = time.perf_counter()
                await fetch(sql, (tag, middle[0]))
                limit.append(time.perf_counter() - between)
                ours.append(between - start)
        times[OURS].append(statistics.median(ours) * 1_000)
        times[LIMIT].append(statistics.median(limit) * 1_000)
    return times
