"""``touchline recompute`` and ``doctor --verify`` as an operator uses them."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from tests.support.cli import touchline
from tests.support.content import an_asset
from tests.support.database_file import run_sql
from tests.support.rows import a_customer, a_source, a_touchpoint
from touchline.domain.conditions.tree import Did, InSegment, Not
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import close_database, open_database
from touchline.domain.segments.service import SegmentText, create_segment
from touchline.settings import Settings


def _in(folder: Path, body: Coroutine[Any, Any, None]) -> None:
    async def run() -> None:
        await open_database(Settings(_env_file=None, data_dir=folder))
        try:
            await body
        finally:
            await close_database()

    asyncio.run(run())


async def _two_segments() -> None:
    await a_touchpoint(await a_customer(), name="Ordered")
    await a_customer()
    others = (await create_segment(SYSTEM, SegmentText("Buyers"), Did(event="Ordered"))).id
    await create_segment(SYSTEM, SegmentText("Others"), Not(InSegment(others)))


def test_what_was_lost_is_found_and_mended(tmp_path: Path) -> None:
    touchline("migrate", "--data-dir", tmp_path)
    _in(tmp_path, _two_segments())
    assert touchline("doctor", "--verify", "--data-dir", tmp_path).code == 0
    run_sql(tmp_path, "DELETE FROM segment_member", "DELETE FROM stale")

    told = touchline("doctor", "--verify", "--data-dir", tmp_path, "--json")
    parts = {part["part"]: part for part in told.parsed()["parts"]}
    assert told.code == 5
    assert parts["segments"]["state"] == (
        "Buyers: 1 missing, 0 too many; Others: 2 missing, 0 too many"
    )
    assert parts["segments"]["advice"] == "Run: touchline recompute segments"

    rebuilt = touchline("recompute", "segments", "--data-dir", tmp_path, "--json").json()
    assert rebuilt == [
        {"segment": "Buyers", "members": 1, "entered": 1, "left": 0},
        {"segment": "Others", "members": 1, "entered": 1, "left": 0},
    ]
    assert touchline("doctor", "--verify", "--data-dir", tmp_path).code == 0


def test_one_segment_is_rebuilt_by_its_name(tmp_path: Path) -> None:
    touchline("migrate", "--data-dir", tmp_path)
    _in(tmp_path, _two_segments())
    options = ("--data-dir", tmp_path)
    assert (
        "buyers" in touchline("recompute", "segments", "--segment", "buyers", *options).out.lower()
    )
    unknown = touchline("recompute", "segments", "--segment", "x", *options)
    assert (unknown.code, unknown.err) == (1, "touchline: There is no segment called x.\n")


def test_content_of_touchpoints_is_told_of_the_past(tmp_path: Path) -> None:
    touchline("migrate", "--data-dir", tmp_path)
    _in(tmp_path, _a_read())
    told = touchline("recompute", "content", "--data-dir", tmp_path, "--json").json()
    assert told == {"told": 1}
    assert touchline("recompute", "content", "--data-dir", tmp_path).out.split() == ["TOLD", "0"]


async def _a_read() -> None:
    source = await a_source()
    await a_touchpoint(await a_customer(), source_id=source, properties='{"assetSlug": "first"}')
    await an_asset("First")
