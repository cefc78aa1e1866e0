"""A station works while there is something, sleeps while there is not, and survives failures."""

import asyncio

import pytest

from tests.support.waiting import eventually
from touchline.domain.kernel import doorbell
from touchline.workers import stations
from touchline.workers.stations import Station, attended


class Heap:
    """Work to be done: each call takes one away."""

    def __init__(self, size: int, fails: int = 0) -> None:
        self.size = size
        self.fails = fails
        self.looks = 0

    async def work(self) -> int:
        self.looks += 1
        if self.fails:
            self.fails -= 1
            raise ConnectionError("the database went away")
        if not self.size:
            return 0
        self.size -= 1
        return 1


async def _until(heap: Heap, looks: int) -> float:
    return await eventually(lambda: heap.looks >= looks)


async def test_all_that_is_there_is_done_without_a_pause() -> None:
    heap = Heap(500)
    async with attended([Station("heap", heap.work)]):
        await _until(heap, 501)  # 500 pauses would outlast the waiting
    assert heap.size == 0


async def test_a_ring_wakes_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stations, "LOOK_AGAIN_S", 3_600.0)
    heap = Heap(0)
    async with attended([Station("heap", heap.work)]):
        await _until(heap, 1)
        heap.size = 1
        doorbell.ring("heap")
        await _until(heap, 3)
    assert heap.size == 0


async def test_without_a_ring_it_looks_every_second() -> None:
    heap = Heap(0)
    async with attended([Station("heap", heap.work)]):
        await _until(heap, 1)
        heap.size = 1
        passed = await _until(heap, 3)
    assert heap.size == 0
    assert passed > stations.LOOK_AGAIN_S / 2


async def test_a_failure_is_tried_again_and_stops_nothing() -> None:
    heap = Heap(3, fails=2)
    async with attended([Station("heap", heap.work)]):
        await _until(heap, 6)
    assert heap.size == 0


async def test_work_under_way_is_finished_before_it_stops() -> None:
    begun, done = asyncio.Event(), []

    async def work() -> int:
        begun.set()
        await asyncio.sleep(0.2)
        done.append(1)
        return 1

    async with attended([Station("slow", work)]):
        await begun.wait()
    assert done == [1]


async def test_others_get_their_turn_between_two_pieces_of_work() -> None:
    turns = 0

    async def busy() -> int:
        return 1

    async with attended([Station("busy", busy)]):
        for _ in range(50):
            await asyncio.sleep(0)
            turns += 1
    assert turns == 50


async def test_what_turns_up_in_quick_succession_waits_to_be_done_in_one_go() -> None:
    heap = Heap(2)
    async with attended([Station("heap", heap.work, apart_s=3_600.0)]):
        await _until(heap, 1)
        doorbell.ring("heap")
        for _ in range(100):
            await asyncio.sleep(0)
        assert heap.looks == 1
    assert heap.size == 1
