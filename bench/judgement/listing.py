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
_DOCUMENT = """query ($tag: ID!, $least: Float!) {
  customers(first: 50, filter: {hasTag: $tag, score: {atLeast: $least}},
    orderBy: {field: SCORE, direction: DESC}) {
    nodes { id displayName lastSeenAt tags { tag { id name } }
      timeline(first: 3) { nodes { id type name occurredAt } } } } }"""
_ROWS = """FROM (SELECT p.* FROM customer_tag f JOIN customer p ON p.id = f.customer_id
  WHERE f.tag_id = ? AND f.is_on AND f.score_rank >= ? AND p.merged_into_id IS NULL
  ORDER BY f.score_rank DESC, f.customer_id DESC LIMIT 50) c)"""


def _limit() -> str:
    """The limit of W2, which makes the same of its customers, for these."""
    (w2,) = (workload for workload in WORKLOADS if workload.key == "W2")
    if dialect() == "postgres":
        return w2.limit.postgres.partition("FROM (SELECT p.*")[0] + _ROWS + " x"
    return w2.limit.sqlite.partition("FROM (SELECT p.*")[0] + _ROWS


async def listing(rounds: int) -> Times:
    """Milliseconds of a request in each round: the median over some tags."""
    await published_model()
    sql = _limit()
    (middle,) = await fetch(
        "SELECT score_rank FROM customer ORDER BY score_rank LIMIT 1"
        " OFFSET (SELECT count(*) / 2 FROM customer)"
    )
    times: Times = {OURS: [], LIMIT: []}
    for _ in range(rounds):
        ours: list[float] = []
        limit: list[float] = []
        for tag in range(1, TAGS + 1):
            for _ in range(TIMES):
                start = time.perf_counter()
                await ask(_DOCUMENT, tag=global_id("Tag", tag), least=20.0)
                between = time.perf_counter()
                await fetch(sql, (tag, middle[0]))
                limit.append(time.perf_counter() - between)
                ours.append(between - start)
        times[OURS].append(statistics.median(ours) * 1_000)
        times[LIMIT].append(statistics.median(limit) * 1_000)
    return times
