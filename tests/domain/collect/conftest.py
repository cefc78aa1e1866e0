"""A source, and a committer that lands what it sends."""

from collections.abc import AsyncIterator

import pytest

from touchline.domain.collect.group_commit import GroupCommitter
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.sources.service import create_source
from touchline.settings import Settings


@pytest.fixture
async def source_id(db: Settings) -> int:
    return (await create_source(SYSTEM, name="Shop")).source.id


@pytest.fixture
async def committer(db: Settings) -> AsyncIterator[GroupCommitter]:
    committer = GroupCommitter(db)
    await committer.start()
    try:
        yield committer
    finally:
        await committer.stop()
