"""What every test may ask for: an empty database of each kind, Redis, a clock, no network.

The servers are real and started here, on private ports; when one is missing the tests that need
it fail and say so.
"""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import hypothesis
import pytest
from redis import Redis

from tests.support.asgi import started
from tests.support.clock import SettableClock
from tests.support.databases import migrated_file, migrated_template
from tests.support.folders import work_in_memory
from tests.support.network import stay_at_home
from tests.support.postgres import Cluster, running_cluster
from tests.support.redis import Stoppable, running_redis
from touchline.api.app import create_app
from touchline.domain.kernel.clock import use_clock
from touchline.domain.kernel.db import close_database, open_database
from touchline.settings import DATABASE_FILE, Settings

stay_at_home()
work_in_memory()
hypothesis.settings.register_profile(
    "touchline",
    deadline=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],  # a slow machine is no failure
)
hypothesis.settings.load_profile("touchline")


@pytest.fixture(autouse=True, scope="session")
def _no_settings_from_outside() -> None:
    for name in [name for name in os.environ if name.startswith("TOUCHLINE_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows."""
    return migrated_file(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The PostgreSQL server of this session, its template database migrated."""
    with running_cluster() as started:
        migrated_template(started)
        yield started


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database a test runs on: each test runs once on either.

    For one alone: ``@pytest.mark.parametrize("database", ["sqlite"], indirect=True)``.
    """
    return str(request.param)


@pytest.fixture
def settings(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings that point to a migrated, empty database of the test's own (not yet open)."""
    with ExitStack() as stack:
        if database == "sqlite":
            template: Path = request.getfixturevalue("sqlite_template")
            shutil.copyfile(template, tmp_path / DATABASE_FILE)
            url = None
        else:
            cluster: Cluster = request.getfixturevalue("cluster")
            url = stack.enter_context(cluster.clone())
        yield Settings(_env_file=None, data_dir=tmp_path, database_url=url)


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Settings]:
    """The database of ``settings``, open in this process for the length of the test."""
    await open_database(settings)
    try:
        yield settings
    finally:
        await close_database()


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Speaks HTTP to the whole server on the database of ``settings``; no worker runs in it."""
    async with started(create_app(settings)) as client:
        yield client


@pytest.fixture(scope="session")
def _redis_server() -> Iterator[str]:
    with running_redis() as url:
        yield url


@pytest.fixture
def redis_url(_redis_server: str) -> str:
    """The URL of a real, empty Redis."""
    with Redis.from_url(_redis_server) as redis:
        redis.flushall()
    return _redis_server


@pytest.fixture
def stoppable_redis(tmp_path: Path) -> Iterator[Stoppable]:
    """A running Redis of the test's own, to be stopped and started."""
    redis = Stoppable(tmp_path)
    redis.start()
    yield redis
    redis.stop()


@pytest.fixture
def clock() -> Iterator[SettableClock]:
    """The clock of this process, standing at ``START`` until the test moves it."""
    settable = SettableClock()
    use_clock(settable)
    yield settable
    use_clock(None)
