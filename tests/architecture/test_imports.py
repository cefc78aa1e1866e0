"""The package is importable whole, from the root of the repository."""

import pkgutil
import subprocess
import sys
from pathlib import Path

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
