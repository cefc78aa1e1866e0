"""A file on its way to the timeline: once, wholly, and however often it is tried."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from touchline.domain.customers.queries import count_present
from touchline.domain.imports.errors import ImportCode, ImportRefused
from touchline.domain.imports.mapping import parse_map
from touchline.domain.imports.service import Report, Request, import_file, preview
from touchline.domain.kernel.actor import SYSTEM, Actor, ActorKind, Scope
from touchline.domain.kernel.crash import use_crash_hook
from touchline.domain.kernel.errors import Forbidden
from touchline.domain.sources.queries import list_sources
from touchline.domain.timeline.queries import count_after
from touchline.settings import Settings

MAP = """
[[call]]
type = "track"
event = "Order Completed"
user_id = "{who}"
timestamp = "{when}"
[call.properties]
total = { from = "{total}", as = "float" }
"""
HEADER = "who,when,total\n"
ROWS = "".join(f"u{n % 40},2026-01-02T03:04:05Z,{n % 7}\n" for n in range(1_203))


def request(folder: Path, rows: str, text: str = MAP, **choices: object) -> Request:
    path = folder / "orders.csv"
    path.write_text(HEADER + rows)
    said = {"source": "Orders", "rejects": folder / "rejected.csv", **choices}
    return Request(path=path, import_map=parse_map(text), **said)  # type: ignore[arg-type]


class Died(Exception):
    """Stands for the end of the process."""


def die_after_landing(place: str) -> None:
    if place == "imports.after_landing":
        raise Died


@pytest.fixture(autouse=True)
def _no_crash_hook() -> Iterator[None]:
    yield
    use_crash_hook(None)


async def run(settings: Settings, asked: Request) -> Report:
    return await import_file(SYSTEM, settings, asked, lambda report: None)


async def stored() -> int:
    return await count_after(0, [source.id for source in await list_sources(SYSTEM)])


async def test_every_row_becomes_a_touchpoint_even_those_alike(
    db: Settings, tmp_path: Path
) -> None:
    report = await run(db, request(tmp_path, ROWS))
    assert (report.rows, report.calls, report.rejected) == (1_203, 1_203, 0)
    assert (await stored(), await count_present()) == (1_203, 40)
    assert report.is_finished
    assert not (tmp_path / "rejected.csv").exists()


async def test_a_second_run_passes_a_finished_file_over(db: Settings, tmp_path: Path) -> None:
    await run(db, request(tmp_path, ROWS))
    report = await run(db, request(tmp_path, ROWS))
    assert (report.was_finished_before, report.rows) == (True, 0)
    assert await stored() == 1_203


async def test_reading_a_file_again_adds_nothing(db: Settings, tmp_path: Path) -> None:
    await run(db, request(tmp_path, ROWS))
    report = await run(db, request(tmp_path, ROWS, again=True))
    assert (report.was_finished_before, report.rows) == (False, 1_203)
    assert await stored() == 1_203


async def test_a_longer_copy_adds_only_what_is_new(db: Settings, tmp_path: Path) -> None:
    await run(db, request(tmp_path, ROWS))
    more = ROWS + "u1,2026-01-02T03:04:05Z,1\nu99,2026-02-02T03:04:05Z,1\n"
    await run(db, request(tmp_path, more))
    assert (await stored(), await count_present()) == (1_205, 41)


async def test_an_import_goes_on_where_it_stopped(db: Settings, tmp_path: Path) -> None:
    first = await run(db, request(tmp_path, ROWS, limit=700))
    rest = await run(db, request(tmp_path, ROWS))
    assert (first.rows, first.is_finished) == (700, False)
    assert (rest.skipped, rest.rows, rest.is_finished) == (700, 503, True)
    assert await stored() == 1_203


async def test_a_crash_after_landing_loses_and_doubles_nothing(
    db: Settings, tmp_path: Path
) -> None:
    use_crash_hook(die_after_landing)
    with pytest.raises(Died):
        await run(db, request(tmp_path, ROWS))
    use_crash_hook(None)
    rest = await run(db, request(tmp_path, ROWS))
    assert (rest.skipped, rest.rows) == (500, 703)
    assert await stored() == 1_203


async def test_rejected_rows_are_written_down_with_the_reason(db: Settings, tmp_path: Path) -> None:
    rows = (
        "u1,2026-01-02,1\n"
        "u2,2026-01-02,twelve\n"
        ",2026-01-02,3\n"
        "null,2026-01-02,4\n"
        "u3,2026-01-02\n"
        "u4,1812-01-02,6\n"
    )
    report = await run(db, request(tmp_path, rows))
    assert (report.rows, report.calls, report.rejected) == (6, 1, 5)
    assert await stored() == 1
    written = (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig").splitlines()
    assert written[0] == "who,when,total,rejected_code,rejected_path,rejected_reason"
    assert sorted(line.split(",")[3:5] for line in written[1:]) == [
        ["BAD_ROW", ""],
        ["BAD_VALUE", "call[0].properties.total"],
        ["BLOCKED_IDENTIFIER", "userId"],
        ["INVALID_TIMESTAMP", "timestamp"],
        ["MISSING_IDENTIFIER", "userId"],
    ]


async def test_a_mended_file_of_rejected_rows_can_be_imported(db: Settings, tmp_path: Path) -> None:
    await run(db, request(tmp_path, "u1,2026-01-02,1\nu2,2026-01-02,twelve\n"))
    mended = tmp_path / "mended.csv"
    mended.write_text((tmp_path / "rejected.csv").read_text("utf-8-sig").replace("twelve", "12", 1))
    asked = Request(mended, parse_map(MAP), "Orders", tmp_path / "again.csv")
    report = await run(db, asked)
    assert (report.calls, report.rejected) == (1, 0)
    assert await stored() == 2


async def test_rows_that_meet_no_when_are_passed_over(db: Settings, tmp_path: Path) -> None:
    text = MAP.replace("[call.properties]", '[call.when]\nwho = "u1"\n[call.properties]')
    report = await run(db, request(tmp_path, "u1,2026-01-02,1\nu2,2026-01-02,2\n", text))
    assert (report.calls, report.passed_over, report.rejected) == (1, 1, 0)


async def test_the_source_is_made_on_demand_and_counts_its_calls(
    db: Settings, tmp_path: Path
) -> None:
    await run(db, request(tmp_path, "u1,2026-01-02,1\n"))
    (source,) = await list_sources(SYSTEM)
    assert (source.name, source.kind, source.accepted_count) == ("Orders", "import", 1)


async def test_a_map_that_does_not_fit_leaves_no_trace(db: Settings, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        await run(db, request(tmp_path, ROWS, MAP.replace("{who}", "{whom}")))
    assert refused.value.code is ImportCode.UNKNOWN_COLUMN
    assert await list_sources(SYSTEM) == []
    assert await stored() == 0


async def test_a_preview_reads_all_and_writes_nothing(db: Settings, tmp_path: Path) -> None:
    asked = request(tmp_path, "u1,2026-01-02,1\nu2,2026-01-02,twelve\n")
    report, calls = preview(db, asked, lambda report: None)
    assert (report.rows, report.calls, report.rejected) == (2, 1, 1)
    assert [call["userId"] for call in calls] == ["u1"]
    assert await stored() == 0
    assert not asked.rejects.exists()


async def test_it_needs_the_admin_scope(db: Settings, tmp_path: Path) -> None:
    writer = Actor(ActorKind.API_KEY, 1, "ops", frozenset({Scope.WRITE}))
    with pytest.raises(Forbidden):
        await import_file(writer, db, request(tmp_path, ROWS), lambda report: None)
    assert await stored() == 0


async def test_progress_is_told_in_bytes(db: Settings, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    asked = request(tmp_path, ROWS)
    await import_file(
        SYSTEM, db, asked, lambda report: told.append((report.rows, report.bytes_read))
    )
    assert [rows for rows, _ in told] == [500, 1_000, 1_203, *[1_203] * (len(told) - 3)]
    assert told[-1][1] == asked.path.stat().st_size
