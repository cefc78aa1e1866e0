"""The package is importable whole, from the root of the repository, and without circles."""

import pkgutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

import touchline

ROOT = Path(__file__).parents[2]


def test_every_module_imports_in_one_fresh_process() -> None:
    """Nothing in the repository shadows a library: strawberry needs the graphql of graphql-core."""
    found = pkgutil.walk_packages(touchline.__path__, "touchline.")
    names = sorted(module.name for module in found if not module.name.endswith("__main__"))
    code = f"import importlib, strawberry; [importlib.import_module(name) for name in {names}]"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_whatever_reads_conditions_knows_all_that_they_may_speak_of() -> None:
    """A leaf is contributed by being imported: each process and each command imports them all."""
    graph = grimp.build_graph("touchline", cache_dir=None)
    starts = {
        "touchline.api.app",
        "touchline.workers.embedded",
        "touchline.workers.settings",
        *graph.find_children("touchline.cli"),
    }
    reads, leaves = "touchline.domain.conditions.registry", "touchline.domain.vocabulary.leaves"
    unaware = {
        start
        for start in starts
        if graph.chain_exists(start, reads) and not graph.chain_exists(start, leaves)
    }
    assert unaware == set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    """``CycleError`` names the circle."""
    graph = grimp.build_graph("touchline", cache_dir=None)
    arrows = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    order = list(TopologicalSorter(arrows).static_order())
    assert set(order) == graph.modules
