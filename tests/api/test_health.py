"""Whether the process lives and can serve, as probes and Prometheus ask."""

import pytest

from tests.support.asgi import started
from touchline.api.app import create_app
from touchline.domain.kernel.db import close_database, execute
from touchline.settings import Settings


async def test_a_server_with_all_its_parts_is_ready(settings: Settings, redis_url: str) -> None:
    with_redis = settings.model_copy(update={"redis_url": redis_url})
    async with started(create_app(with_redis)) as client:
        response = await client.get("/ready")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.json() == {
        "ready": True,
        "parts": {"database": "ok", "migrations": "ok", "redis": "ok"},
    }


async def test_without_redis_set_it_is_no_part(settings: Settings) -> None:
    async with started(create_app(settings)) as client:
        parts = (await client.get("/ready")).json()["parts"]
    assert parts == {"database": "ok", "migrations": "ok"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_redis_that_is_away_is_named(settings: Settings) -> None:
    away = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    async with started(create_app(away)) as client:
        response = await client.get("/ready")
    assert response.status_code == 503
    assert response.json() == {
        "ready": False,
        "parts": {"database": "ok", "migrations": "ok", "redis": "cannot be reached"},
    }


async def test_migrations_that_wait_are_named(settings: Settings) -> None:
    async with started(create_app(settings)) as client:
        await execute(
            "DELETE FROM tortoise_migrations WHERE id = (SELECT max(id) FROM tortoise_migrations)"
        )
        response = await client.get("/ready")
    assert response.status_code == 503
    assert response.json()["parts"]["migrations"] == "1 to apply; run `touchline migrate`"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_database_that_is_away_is_named_while_the_process_lives(
    settings: Settings,
) -> None:
    async with started(create_app(settings)) as client:
        await close_database()
        ready, live = await client.get("/ready"), await client.get("/live")
    assert ready.status_code == 503
    assert ready.json()["parts"]["database"] == "cannot be reached"
    assert (live.status_code, live.json()) == (200, {"live": True})


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_requests_are_measured_by_area_not_by_address(settings: Settings) -> None:
    async with started(create_app(settings)) as client:
        await client.get("/made-up/1")
        await client.request("BREW", "/made-up/2")
        lines = (await client.get("/metrics")).text.splitlines()
    counted = [line for line in lines if line.startswith("touchline_http_requests_total")]
    assert any('area="/",method="GET",status="404"' in line for line in counted)
    assert any('area="/",method="other",status="404"' in line for line in counted)
    assert not any("made-up" in line for line in lines)
