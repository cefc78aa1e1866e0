"""The way of a version to its readers, and back."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.support.clock import SettableClock
from tests.support.content import a_published_asset, an_asset, approve
from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.content.publishing import (
    PUBLISH_SCHEDULED,
    publish_asset,
    publish_due,
    step,
    unpublish_asset,
)
from touchline.domain.content.service import revise_asset
from touchline.domain.content.types import Act, AssetStatus
from touchline.domain.content.workflow import after
from touchline.domain.content.writing import AssetText
from touchline.domain.kernel import jobs
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import HOUR, MINUTE
from touchline.domain.kernel.crash import use_crash_hook
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.settings import Settings
from touchline.workers.job_runner import JobRunner
from touchline.workers.routes import JOBS

WITHOUT_UNPUBLISH = [act for act in Act if act is not Act.UNPUBLISH]


@pytest.fixture
def no_crashes() -> Iterator[None]:
    yield
    use_crash_hook(None)


async def told(topic: str = "content.published") -> int:
    rows = await fetch("SELECT count(*) AS n FROM outbox WHERE topic = ?", (topic,))
    return int(rows[0]["n"])


async def stands(asset_id: int) -> tuple[str, bool]:
    """The status, and whether readers see something."""
    rows = await fetch(
        "SELECT status, published_version_id FROM content_asset WHERE id = ?", (asset_id,)
    )
    return rows[0]["status"], rows[0]["published_version_id"] is not None


async def run_due() -> int:
    """Do the scheduled work that is due, as a worker would; returns how many jobs there were."""
    runner = JobRunner({PUBLISH_SCHEDULED: JOBS[PUBLISH_SCHEDULED]}, at_once=1)
    done = 0
    while started := await runner.work():
        done += started
        await runner.stop(60)
    return done


def test_only_these_steps_lead_to_readers() -> None:
    """Whatever is done in whatever order, nothing is published that was not approved since."""
    reached = {(AssetStatus.DRAFT, False)}
    waiting = [*reached]
    while waiting:
        status, approved = waiting.pop()
        for act in WITHOUT_UNPUBLISH:
            try:
                following = after(act, status)
            except Refused:
                continue
            good = act is Act.APPROVE or (approved and act not in (Act.WRITE, Act.REJECT))
            if following is AssetStatus.PUBLISHED:
                assert good
            if (following, good) not in reached:
                reached.add((following, good))
                waiting.append((following, good))
    assert {status for status, _ in reached} == set(AssetStatus) - {AssetStatus.UNPUBLISHED}


async def test_what_was_not_approved_is_not_published(db: Settings) -> None:
    asset = await an_asset()
    for act in (None, Act.SUBMIT, Act.REJECT):
        if act is not None:
            await step(SYSTEM, asset, act)
        as_it_was = await stands(asset)
        for at in (None, 9_999_999_999_999):
            with pytest.raises(Refused) as refusal:
                await publish_asset(SYSTEM, asset, at=at)
            assert refusal.value.code is Code.NOT_APPROVED
        assert await stands(asset) == as_it_was
    assert (await told(), await jobs.any_due([PUBLISH_SCHEDULED])) == (0, False)


async def test_what_is_written_anew_waits_while_readers_see_what_they_saw(db: Settings) -> None:
    asset = await a_published_asset()
    await revise_asset(SYSTEM, asset, AssetText("Know your air", "More"))
    assert await stands(asset) == ("DRAFT", True)
    with pytest.raises(Refused) as refusal:
        await step(SYSTEM, asset, Act.ARCHIVE)
    assert refusal.value.code is Code.STILL_PUBLISHED
    await unpublish_asset(SYSTEM, asset)
    assert await stands(asset) == ("DRAFT", False)
    assert await told("content.unpublished") == 1
    with pytest.raises(Refused) as refusal:
        await unpublish_asset(SYSTEM, asset)
    assert refusal.value.code is Code.NOT_PUBLISHED
    assert await told("content.unpublished") == 1


async def test_what_was_unpublished_can_be_shown_again_or_put_away(db: Settings) -> None:
    asset = await a_published_asset()
    await unpublish_asset(SYSTEM, asset)
    assert await stands(asset) == ("UNPUBLISHED", False)
    await publish_asset(SYSTEM, asset)
    await unpublish_asset(SYSTEM, asset)
    await step(SYSTEM, asset, Act.ARCHIVE)
    assert await stands(asset) == ("ARCHIVED", False)
    for act in WITHOUT_UNPUBLISH:
        with pytest.raises(Refused):
            after(act, AssetStatus.ARCHIVED)
    rows = await fetch(
        "SELECT payload FROM outbox WHERE topic = ? ORDER BY id", ("content.published",)
    )
    assert ['"first":true' in str(row["payload"]) for row in rows] == [True, False]


async def test_a_scheduled_asset_is_published_when_its_instant_comes(
    db: Settings, clock: SettableClock
) -> None:
    asset = await an_asset()
    await approve(asset)
    with pytest.raises(Refused) as refusal:
        await publish_asset(SYSTEM, asset, at=clock())
    assert refusal.value.code is Code.TIME_PASSED
    await publish_asset(SYSTEM, asset, at=clock() + HOUR)
    clock.advance(HOUR - 1)
    assert await run_due() == 0
    assert await stands(asset) == ("SCHEDULED", False)
    clock.advance(1)
    assert await run_due() == 1
    assert await stands(asset) == ("PUBLISHED", True)
    assert await told() == 1


async def test_what_was_moved_or_called_off_is_not_published_early(
    db: Settings, clock: SettableClock
) -> None:
    moved, off = await an_asset("Moved"), await an_asset("Off")
    for asset in (moved, off):
        await approve(asset)
        await publish_asset(SYSTEM, asset, at=clock() + HOUR)
    await publish_asset(SYSTEM, moved, at=clock() + 2 * HOUR)
    await step(SYSTEM, off, Act.UNSCHEDULE)
    clock.advance(HOUR)
    assert await run_due() == 2
    assert (await stands(moved), await stands(off)) == (("SCHEDULED", False), ("APPROVED", False))
    clock.advance(HOUR)
    assert await run_due() == 1
    assert (await stands(moved), await stands(off)) == (("PUBLISHED", True), ("APPROVED", False))
    assert await told() == 1


@pytest.mark.usefixtures("no_crashes")
async def test_readers_are_told_once_however_often_the_worker_dies(
    db: Settings, clock: SettableClock
) -> None:
    """It dies after each try's effect and before the job is crossed off, then lives."""
    asset = await an_asset()
    await approve(asset)
    await publish_asset(SYSTEM, asset, at=clock() + HOUR)
    clock.advance(HOUR)
    deaths = iter(["content.published", "content.published"])

    def dies(place: str) -> None:
        if place == next(deaths, None):
            raise ConnectionError("killed")

    for _ in range(3):
        use_crash_hook(lambda place: dies(place) if place == "content.published" else None)
        await run_due()
        clock.advance(10 * MINUTE)
    assert next(deaths, None) is None
    assert await stands(asset) == ("PUBLISHED", True)
    assert await told() == 1
    steps = await fetch(
        "SELECT act FROM content_step WHERE asset_id = ? AND act = ?", (asset, "PUBLISH")
    )
    assert len(steps) == 1
    assert not await jobs.any_due([PUBLISH_SCHEDULED])


async def test_workers_that_come_at_once_publish_once(db: Settings, clock: SettableClock) -> None:
    asset = await an_asset()
    await approve(asset)
    await publish_asset(SYSTEM, asset, at=clock() + HOUR)
    clock.advance(HOUR)
    await asyncio.gather(*(publish_due(asset) for _ in range(5)))
    assert await stands(asset) == ("PUBLISHED", True)
    assert await told() == 1
