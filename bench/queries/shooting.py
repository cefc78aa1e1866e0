"""Load: wrk over a few kept connections, and what it saw."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from bench.queries.serving import processor_ms

SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True)
class Sample:
    """Requests a second, and milliseconds until half of them and all but a hundredth were done.

    ``server_ms`` is what one request takes of the server's processor: that hardly moves when others
    use the machine too. ``database_ms`` is what it takes of PostgreSQL's, which shares its core
    with the load: the larger of both says what bounds the pace.
    """

    rate: float
    p50: float
    p99: float
    server_ms: float | None = None
    database_ms: float | None = None


def need_wrk() -> str:
    """The program, installed where that is allowed; ``RuntimeError`` says what is missing."""
    if not shutil.which("wrk") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "wrk"], capture_output=True, check=False)
    found = shutil.which("wrk")
    if not found:
        raise RuntimeError("The bench needs wrk: install it with `apt-get install wrk`.")
    return found


def shoot(
    url: str,
    headers: Mapping[str, str],
    bodies: Sequence[bytes],
    *,
    connections: int,
    seconds: float,
    pid: int | None = None,
    database_pid: int | None = None,
) -> Sample:
    """Post the bodies in turn, as fast as answers come. Raises when an answer is an error.

    It goes on for longer when not one answer came in time.
    """
    for length in (seconds, seconds * 5, seconds * 30):
        before = [processor_ms(one) if one else 0.0 for one in (pid, database_pid)]
        seen = _shot(url, headers, bodies, connections, length)
        if seen["errors"]:
            raise RuntimeError(f"{seen['errors']} of {seen['requests']} requests to {url} failed")
        if seen["requests"]:
            used = [
                (processor_ms(one) - then) / seen["requests"] if one else None
                for one, then in zip((pid, database_pid), before, strict=True)
            ]
            return Sample(seen["requests"] / seen["us"] * 1e6, seen["p50"], seen["p99"], *used)
    raise RuntimeError(f"{url} answers nothing under load")


def _shot(
    url: str, headers: Mapping[str, str], bodies: Sequence[bytes], connections: int, seconds: float
) -> Any:
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(b"\n".join(bodies))
        file.flush()
        said = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        done = subprocess.run(
            [
                need_wrk(),
                *("-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "20s"),
                *said,
                *("-s", str(SCRIPT), url, "--", file.name),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    told = re.search(r"^JSON (.*)$", done.stdout, re.MULTILINE)
    if told is None:
        raise RuntimeError(f"wrk said:\n{done.stdout}{done.stderr}")
    return orjson.loads(told[1])
