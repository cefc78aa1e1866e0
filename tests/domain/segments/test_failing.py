"""Working out a segment may fail: it is told, leaves who is in it whole, and is begun anew."""

import pytest

from tests.domain.segments.test_working_out import (
    BOUGHT,
    BUYERS,
    LOOKED,
    as_rebuilt,
    does,
    known,
    made,
    shown,
    status,
)
from tests.support.clock import SettableClock
from tests.support.dying import die_at, dies
from tests.support.judging import judge_all
from tests.support.many import fill
from tests.support.operations import ask, caller
from touchline.domain.kernel import jobs
from touchline.domain.kernel.actor import SYSTEM, Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Forbidden, Refused
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.job_care import dead_letters, retry_dead
from touchline.domain.segments import service, working_out
from touchline.domain.segments.building import member_ids
from touchline.settings import Settings

DISK_FULL = "OSError: disk full"
SHOWN = """query ($id: ID!) { segment(id: $id) {
  status version buildingVersion memberCount recompute { status error } } }"""
OF_STATUS = """query ($status: SegmentStatus!) {
  segments(first: 5, filter: {status: $status}) { nodes { name } totalCount } }"""
OF_CUSTOMER = "query ($id: ID!) { customer(id: $id) { segments { name status } } }"
RETRY = """mutation ($id: ID!) { segmentRetry(id: $id) {
  segment { status version buildingVersion } recompute { status error }
  userErrors { code field message } } }"""


async def work() -> None:
    """What workers do with the jobs of segments."""
    while claimed := await jobs.claim([working_out.BUILD], 9):
        for job in claimed:
            await working_out.go_on(job.payload["task"])
            await jobs.finish(job)


async def told(segment: int) -> tuple[str, int, int | None, str | None]:
    """Its status, version, the version on its way, and the error of the work, as people see it."""
    one = (await ask(SHOWN, id=global_id("Segment", segment)))["segment"]
    return one["status"], one["version"], one["buildingVersion"], one["recompute"]["error"]


async def failed_update(db: Settings, clock: SettableClock) -> tuple[int, int, int, int]:
    """A segment whose second version died half-way: with ada and bob, and the task."""
    ada, bob = await does(db, "ada", "Bought"), await does(db, "bob", "Looked")
    segment, _ = await made(BOUGHT)
    await fill()
    task = known(await service.update_segment(SYSTEM, segment, BUYERS, LOOKED))[1]
    assert await told(segment) == ("BUILDING", 1, 2, None)
    await die_at("segments.step", working_out.go_on(task))
    await dies(clock, working_out.BUILD, DISK_FULL)
    return segment, ada, bob, task


async def test_a_version_given_up_has_failed_and_the_one_before_stands_and_stays_live(
    db: Settings, clock: SettableClock
) -> None:
    segment, ada, _, _ = await failed_update(db, clock)
    assert await told(segment) == ("FAILED", 1, 2, DISK_FULL)
    zoe = await does(db, "zoe", "Bought")
    await judge_all()
    assert await member_ids(segment) == {ada, zoe}
    for wanted, names in (("FAILED", ["Buyers"]), ("READY", []), ("BUILDING", [])):
        listed = (await ask(OF_STATUS, status=wanted))["segments"]
        assert listed == {"nodes": [{"name": name} for name in names], "totalCount": len(names)}
    of_zoe = (await ask(OF_CUSTOMER, id=global_id("Customer", zoe)))["customer"]
    assert of_zoe["segments"] == [{"name": "Buyers", "status": "FAILED"}]


async def test_a_failed_version_is_begun_anew_and_leaves_nothing_of_the_first_try(
    db: Settings, clock: SettableClock
) -> None:
    segment, ada, bob, task = await failed_update(db, clock)
    answer = (await ask(RETRY, id=global_id("Segment", segment)))["segmentRetry"]
    assert answer == {
        "segment": {"status": "BUILDING", "version": 1, "buildingVersion": 2},
        "recompute": {"status": "QUEUED", "error": None},
        "userErrors": [],
    }
    assert (await status(task), await member_ids(segment)) == ("CANCELLED", {ada})
    await work()
    assert await told(segment) == ("READY", 2, None, None)
    assert await member_ids(segment) == {bob}
    assert await as_rebuilt()
    assert await fetch("SELECT id FROM condition_build") == []


async def test_the_same_condition_written_again_begins_a_failed_version_anew(
    db: Settings, clock: SettableClock
) -> None:
    segment, _, bob, task = await failed_update(db, clock)
    words = await service.update_segment(SYSTEM, segment, BUYERS)
    assert (words.task_id, (await told(segment))[0]) == (None, "FAILED")
    again = known(await service.update_segment(SYSTEM, segment, BUYERS, LOOKED))[1]
    assert (await status(task), await told(segment)) == ("CANCELLED", ("BUILDING", 1, 2, None))
    await work()
    assert (await status(again), await told(segment)) == ("DONE", ("READY", 2, None, None))
    assert await member_ids(segment) == {bob}


async def test_another_condition_takes_the_place_of_a_failed_version(
    db: Settings, clock: SettableClock
) -> None:
    segment, ada, _, _ = await failed_update(db, clock)
    await service.update_segment(SYSTEM, segment, BUYERS, BOUGHT)
    await work()
    assert await told(segment) == ("READY", 3, None, None)
    assert await member_ids(segment) == {ada}
    assert await as_rebuilt()


async def test_a_dead_job_that_is_tried_again_goes_on_with_the_segment(
    db: Settings, clock: SettableClock
) -> None:
    segment, _, bob, task = await failed_update(db, clock)
    (letter,) = await dead_letters()
    await retry_dead(letter.id)
    assert await told(segment) == ("BUILDING", 1, 2, None)
    await work()
    assert (await status(task), await shown(segment)) == ("DONE", (2, None, 1))
    assert await member_ids(segment) == {bob}
    assert await as_rebuilt()


async def test_a_snapshot_that_failed_is_empty_until_it_is_taken_anew(
    db: Settings, clock: SettableClock
) -> None:
    ada = await does(db, "ada", "Bought")
    await fill()
    segment, _ = await made(BOUGHT, is_static=True)
    await dies(clock, working_out.BUILD, DISK_FULL)
    assert await told(segment) == ("FAILED", 1, 1, DISK_FULL)
    assert await member_ids(segment) == set()
    await service.retry_segment(SYSTEM, segment)
    await work()
    assert await told(segment) == ("READY", 1, None, None)
    assert await member_ids(segment) == {ada}


async def test_an_archived_segment_has_failed_no_more(db: Settings, clock: SettableClock) -> None:
    segment, _, _, task = await failed_update(db, clock)
    await service.archive_segment(SYSTEM, segment)
    await work()
    assert (await status(task), await told(segment)) == ("CANCELLED", ("ARCHIVED", 1, None, None))
    assert await fetch("SELECT id FROM condition_build") == []
    with pytest.raises(Refused, match="There is no such segment"):
        await service.retry_segment(SYSTEM, segment)


async def test_what_has_not_failed_is_not_begun_anew(db: Settings, clock: SettableClock) -> None:
    segment, task = await made(BOUGHT)
    answer = (await ask(RETRY, id=global_id("Segment", segment)))["segmentRetry"]
    message = "No version of the segment has failed."
    refusal = {"code": "SEGMENT_NOT_FAILED", "field": ["id"], "message": message}
    assert answer == {"segment": None, "recompute": None, "userErrors": [refusal]}
    await fill()
    await service.update_segment(SYSTEM, segment, BUYERS, LOOKED)
    with pytest.raises(Refused, match=message):
        await service.retry_segment(SYSTEM, segment)
    assert await told(segment) == ("BUILDING", 1, 2, None)
    assert await status(task) == "DONE"


async def test_only_who_may_write_begins_a_segment_anew(db: Settings, clock: SettableClock) -> None:
    segment, _, _, task = await failed_update(db, clock)
    with pytest.raises(Forbidden):
        await service.retry_segment(caller(Scope.READ), segment)
    assert (await status(task), (await told(segment))[0]) == ("FAILED", "FAILED")
