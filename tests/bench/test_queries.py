"""The bench of queries asks the product and the raw limit the same, of the same data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.progress import Progress

from bench.queries.comparing import difference
from bench.queries.contender import Bench
from bench.queries.contenders import limit, product
from bench.queries.loading import load
from bench.queries.measuring import Turn
from bench.queries.workloads import WORKLOADS
from bench.queries.world import World
from tests.support.deployment import Mode
from tests.support.postgres import Cluster

SMALL = World(customers=60, touchpoints=1_500)


@pytest.fixture(params=["sqlite", "postgres"])
def bench(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    mode: Mode = request.param
    cluster: Cluster | None = None
    if mode == "postgres":
        cluster = request.getfixturevalue("cluster")
    with Progress(disable=True) as progress:
        yield Bench(SMALL, {mode: load(mode, SMALL, cluster, progress)})


def test_the_product_and_the_limit_answer_every_workload_alike(bench: Bench) -> None:
    ((mode, loaded),) = bench.loaded.items()
    with product.running(bench, mode) as ours, limit.running(bench, mode, WORKLOADS) as bare:
        different = {
            workload.key: difference(
                Turn(bench, workload, ours, workload.draws(SMALL, loaded.look)), bare
            )
            for workload in WORKLOADS
        }
    assert different == {workload.key: None for workload in WORKLOADS}
