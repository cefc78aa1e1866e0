"""The line that is written for each request."""

import json

import pytest
from starlette.applications import Starlette

from tests.support.graphql import calling
from touchline.api.envelope import Envelope
from touchline.domain.kernel.logs import configure_logs
from touchline.settings import Settings


async def lines(capsys: pytest.CaptureFixture[str], *, access_log: bool) -> list[dict[str, str]]:
    """What is logged of one request that finds nothing."""
    configure_logs(Settings(_env_file=None, log_format="json"))
    async with calling(Envelope(Starlette(), access_log=access_log)) as client:
        await client.get("/nowhere", headers={"X-Request-Id": "find-me"})
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


async def test_it_is_written_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = await lines(capsys, access_log=True)
    assert float(line.pop("ms")) >= 0
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "request_id": "find-me",
        "method": "GET",
        "path": "/nowhere",
        "status": 404,
    }


async def test_it_is_not_written_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    assert await lines(capsys, access_log=False) == []
