"""The bench of queries asks the product and the raw limit the same, of the same data."""

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

SMALL = World(customers=60, touchpoints=1_500)


def test_the_product_and_the_limit_answer_every_workload_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with Progress(disable=True) as progress:
        loaded = load("sqlite", SMALL, None, progress)
    bench = Bench(SMALL, {"sqlite": loaded})
    with (
        product.running(bench, "sqlite") as ours,
        limit.running(bench, "sqlite", WORKLOADS) as bare,
    ):
        different = {
            workload.key: difference(
                Turn(bench, workload, ours, workload.draws(SMALL, loaded.look)), bare
            )
            for workload in WORKLOADS
        }
    assert different == {workload.key: None for workload in WORKLOADS}
