"""``touchline serve`` in the embedded mode: one process, one folder."""

import base64
import json
import signal
import socket
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.support.cli import touchline
from tests.support.database_file import run_sql
from tests.support.touchline_process import Process, server
from touchline.settings import Settings


def _embedded(folder: Path) -> Settings:
    return Settings(_env_file=None, data_dir=folder)


def _post(web: Process, key: str, first: int, count: int) -> int:
    events = [
        {"type": "track", "event": "Clicked", "userId": f"u{n}", "messageId": f"m{n}"}
        for n in range(first, first + count)
    ]
    basic = base64.b64encode(f"{key}:".encode()).decode()
    request = urllib.request.Request(
        f"{web.url}/v1/batch",
        json.dumps({"batch": events}).encode(),
        {"Authorization": f"Basic {basic}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        status: int = answer.status
        return status


def _stored(folder: Path, expected: int) -> list[Any]:
    """The message ids on the timeline, as soon as there are as many as expected."""
    deadline = time.monotonic() + 120
    while True:
        rows = run_sql(folder, "SELECT message_id FROM touchpoint")
        if len(rows) >= expected or time.monotonic() > deadline:
            return sorted(row[0] for row in rows)
        time.sleep(0.05)


def test_a_fresh_folder_is_served_and_takes_events(tmp_path: Path) -> None:
    with server(_embedded(tmp_path)) as web:
        made = touchline("sources", "create", "shop", "--data-dir", tmp_path, "--json").json()

        assert _post(web, made["writeKey"], 0, 100) == 200

        assert len(_stored(tmp_path, 100)) == 100
        assert web.stop() == 0
    said = web.log.read_text()
    assert f"Touchline is ready: {web.url}" in said
    assert "Next: touchline keys create me --scope admin" in said


def test_after_a_kill_all_that_was_acknowledged_is_there_once(tmp_path: Path) -> None:
    settings = _embedded(tmp_path)
    touchline("migrate", "--data-dir", tmp_path)
    key = touchline("sources", "create", "s", "--data-dir", tmp_path, "--json").json()["writeKey"]
    for start in (0, 1_000):
        with server(settings) as web:
            for batch in range(10):
                assert _post(web, key, start + batch * 100, 100) == 200
            web.kill()
    with server(settings) as web:
        _post(web, key, 0, 100)
        stored = _stored(tmp_path, 2_000)
        web.stop()
    assert stored == sorted(f"m{n}" for n in range(2_000))


def test_a_port_in_use_is_refused_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        refused = touchline("serve", "--port", str(port), "--data-dir", tmp_path / "new")

    assert (refused.code, refused.err.count("\n")) == (4, 1)
    assert refused.err.startswith(f"touchline: Port {port} of 127.0.0.1 cannot be used: ")
    assert not (tmp_path / "new").exists()


def test_ctrl_c_ends_it_in_order(tmp_path: Path) -> None:
    with server(_embedded(tmp_path)) as web:
        assert web.stop(signal.SIGINT) == 0
    assert "Traceback" not in web.log.read_text()
