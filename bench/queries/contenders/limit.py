"""The raw limit: one SQL statement builds the JSON, and Starlette sends the bytes on."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import orjson

from bench.queries.contender import Bench, OverHttp
from bench.queries.serving import serving
from bench.queries.workload import Ask, Limit, Workload
from tests.support.deployment import Mode
from tests.support.process import free_port
from tests.support.product import ROOT

NAME = "limit"


@contextmanager
def running(bench: Bench, mode: Mode, workloads: Sequence[Workload]) -> Iterator[OverHttp]:
    """The statements of all workloads, each under a path of its own."""
    port = free_port()
    loaded = bench.loaded[mode]
    command = [
        *(sys.executable, "-m", "uvicorn", f"bench.queries.servers.limit_{mode}:app"),
        *("--port", str(port), "--loop", "uvloop", "--http", "httptools"),
        *("--no-access-log", "--log-level", "warning"),
    ]
    variables = {
        "BENCH_DATABASE": loaded.database_url or str(loaded.file),
        "BENCH_STATEMENTS": orjson.dumps(
            {each.key: _statements(each.limit, mode) for each in workloads}
        ).decode(),
    }
    log = bench.log(f"limit-{mode}")
    with serving(command, port=port, log=log, where=ROOT, variables=variables) as pid:
        yield OverHttp(
            NAME, mode, pid, lambda workload: f"http://127.0.0.1:{port}/{workload.key}", _ask
        )


def _statements(limit: Limit, mode: Mode) -> str | list[str]:
    return limit.postgres if mode == "postgres" else [*limit.sqlite_before, limit.sqlite]


def _ask(workload: Workload) -> Ask:
    given = workload.limit.given
    return Ask("", lambda draw: {"given": given(draw)})
