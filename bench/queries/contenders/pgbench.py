"""pgbench with the statements of the limit: what PostgreSQL gives with no server before it."""

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.queries.cache import Absent
from bench.queries.contender import Bench
from bench.queries.serving import on_server_core
from bench.queries.shooting import Sample
from bench.queries.workload import Draw, Workload
from scripts.servers import find_postgres
from tests.support.deployment import Mode

MOST_DRAWS, MOST_SCRIPTS = 100, 5
PARAMETER = re.compile(r"\$(\d+)")


@dataclass
class Pgbench:
    """It picks among up to a hundred draws for each transaction; answers it cannot show."""

    database_url: str
    name: str = "pgbench"
    mode: Mode = "postgres"
    pid: int | None = None
    compared: bool = False

    def offers(self, workload: Workload) -> bool:
        """Changes are left out: their draws can be taken once only."""
        return not workload.mended

    def answer(self, workload: Workload, draw: Draw) -> Any:
        raise TypeError("pgbench shows no answers")

    def shoot(
        self, workload: Workload, draws: Sequence[Draw], connections: int, seconds: float
    ) -> Sample:
        with tempfile.TemporaryDirectory() as folder:
            scripts: list[str | Path] = [
                part for file in _scripts(Path(folder), workload, draws) for part in ("-f", file)
            ]
            options = ["-n", "-M", "prepared", "-j", "1", "-c", str(connections)]
            length = ["-T", str(max(1, round(seconds)))]
            command = [_program(), *options, *length, *scripts, self.database_url]
            done = subprocess.run(
                [*on_server_core(), *command], capture_output=True, text=True, check=False
            )
        told = re.search(r"tps = ([\d.]+)", done.stdout)
        taken = re.search(r"latency average = ([\d.]+)", done.stdout)
        if done.returncode or told is None or taken is None:
            raise RuntimeError(f"pgbench said:\n{done.stdout}{done.stderr}")
        return Sample(float(told[1]), float(taken[1]), float(taken[1]))


@contextmanager
def running(bench: Bench) -> Iterator[Pgbench]:
    """There is nothing to start."""
    if not _program().exists():
        raise Absent(f"there is no {_program()}")
    yield Pgbench(bench.loaded["postgres"].database_url or "")


def _program() -> Path:
    return find_postgres() / "pgbench"


def _scripts(folder: Path, workload: Workload, draws: Sequence[Draw]) -> list[Path]:
    """One that chooses among many draws; its variables hold numbers only, so for texts a few."""
    given = [workload.limit.given(draw) for draw in draws[:MOST_DRAWS]]
    if all(isinstance(value, int) for values in given for value in values):
        chosen = [
            f"\\set p{place} case {_cases(column)} end"
            for place, column in enumerate(zip(*given, strict=True), 1)
        ]
        pick = f"\\set draw random(1, {len(given)})"
        sql = PARAMETER.sub(r":p\1", workload.limit.postgres)
        return [_written(folder / "all.sql", [pick, *chosen, sql])]
    return [
        _written(
            folder / f"{number}.sql", [PARAMETER.sub(_literals(values), workload.limit.postgres)]
        )
        for number, values in enumerate(given[:MOST_SCRIPTS])
    ]


def _cases(column: Sequence[int]) -> str:
    return " ".join(f"when :draw = {place} then {value}" for place, value in enumerate(column, 1))


def _literals(values: Sequence[Any]) -> Callable[[re.Match[str]], str]:
    def literal(found: re.Match[str]) -> str:
        value = values[int(found[1]) - 1]
        escaped = str(value).replace("'", "''")
        return str(value) if isinstance(value, int) else f"'{escaped}'"

    return literal


def _written(file: Path, lines: Sequence[str]) -> Path:
    file.write_text("\n".join(" ".join(line.split()) for line in lines) + ";\n")
    return file
