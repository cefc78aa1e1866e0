"""Importing a file, chunk by chunk, on the same way that collected calls take."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from touchline.domain.collect.landed import Origin
from touchline.domain.collect.landing import write
from touchline.domain.collect.service import arrived
from touchline.domain.imports.errors import RowRefused
from touchline.domain.imports.judging import Judged, judge_rows
from touchline.domain.imports.mapping import ImportMap
from touchline.domain.imports.models import ImportRun
from touchline.domain.imports.reading import Plan, RowCalls, plan, translated
from touchline.domain.imports.rejects import Rejects
from touchline.domain.imports.spending import Said, SpendPlan, Sums, spend_plan, spend_rows
from touchline.domain.imports.translate import Call
from touchline.domain.kernel import clock, ids
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import DAY, format_moment
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import in_transaction, transactional
from touchline.domain.pipeline.draining import attempt, drain
from touchline.domain.sources.service import ensure_source
from touchline.domain.sources.types import SourceView
from touchline.domain.spend.service import channels_by_name, record_spend
from touchline.settings import Settings

CHUNK_ROWS = 500
_SHOWN_CALLS = 3


@dataclass(frozen=True)
class Request:
    """What to import and how; ``limit`` counts rows, ``again`` sends a finished file once more."""

    path: Path
    import_map: ImportMap
    source: str
    rejects: Path
    limit: int | None = None
    again: bool = False


@dataclass
class Report:
    """How far an import is. Rows are those of this run; ``skipped`` ones were done before.

    ``figures`` are those of spend that are new or differ from what stood.
    """

    path: Path
    size: int
    source_id: int | None = None
    bytes_read: int = 0
    skipped: int = 0
    rows: int = 0
    passed_over: int = 0
    calls: int = 0
    rejected: int = 0
    figures: int = 0
    is_finished: bool = False
    was_finished_before: bool = False
    is_preview: bool = False


Watch = Callable[[Report], None]


async def import_file(actor: Actor, settings: Settings, request: Request, watch: Watch) -> Report:
    """Import a file and bring its calls to the timeline.

    Needs the scope ``ADMIN``, since it may set up a source. It goes on where an earlier run
    stopped. Each chunk lands together with the note of how far it is, so a crash loses nothing;
    message ids keep what was sent twice from counting twice. ``ImportRefused`` before any row
    when file or map cannot be used.
    """
    actor.require(Scope.ADMIN)
    spending = spend_plan(request.path, request.import_map)
    if spending is not None:
        return await _import_spend(actor, request, spending, watch)
    planned = plan(request.path, request.import_map)
    source = await ensure_source(actor, name=request.source, kind=request.import_map.kind)
    run = await _begin(planned, source)
    report = Report(request.path, planned.table.size, source.id)
    if run.finished_at is not None and not request.again:
        report.was_finished_before = report.is_finished = True
        return report
    if request.again:
        run.rows_done = run.rejected_rows = 0
    report.skipped = run.rows_done
    rejects = Rejects(request.rejects, planned.table.header, resumed=report.skipped > 0)
    try:
        await _import_rows(settings, request, planned, run, rejects, report, watch)
    finally:
        rejects.close()
    return report


def preview(settings: Settings, request: Request, watch: Watch) -> tuple[Report, Sequence[Call]]:
    """Read a file as an import would, and write nothing; gives the first calls too."""
    spending = spend_plan(request.path, request.import_map)
    if spending is not None:
        return _preview_spend(request, spending, watch)
    planned = plan(request.path, request.import_map)
    report = Report(request.path, planned.table.size, is_preview=True)
    shown: list[Call] = []
    with translated(planned, skip=0) as (rows, file):
        wanted = islice(rows, request.limit)
        while chunk := list(islice(wanted, CHUNK_ROWS)):
            judged = judge_rows(chunk, clock.now(), settings.max_event_bytes)
            shown += [call for row in chunk for call in row.calls][: _SHOWN_CALLS - len(shown)]
            _count(report, chunk, judged, file.bytes_read)
            watch(report)
    return report, shown


async def _import_spend(actor: Actor, request: Request, planned: SpendPlan, watch: Watch) -> Report:
    """All figures of a file in one transaction; rows that cannot be read are rejected beside."""
    report = Report(request.path, planned.table.size)
    sums = Sums(await in_transaction(channels_by_name), {})
    rejects = Rejects(request.rejects, planned.table.header, resumed=False)
    try:
        for cells, said, refused in _said(planned, request.limit, report):
            try:
                if refused is not None:
                    raise refused
                sums.add(said)
            except RowRefused as why:
                report.rejected += 1
                rejects.add(cells, why.code, why.path, why.message)
    finally:
        rejects.close()

    async def record() -> None:
        for source, figures in sums.figures().items():
            name = source or request.source
            report.figures += await record_spend(actor, figures, source=name, at_most=None)

    await in_transaction(record)
    report.is_finished = request.limit is None or report.rows < request.limit
    watch(report)
    return report


def _preview_spend(
    request: Request, planned: SpendPlan, watch: Watch
) -> tuple[Report, Sequence[Call]]:
    report = Report(request.path, planned.table.size, is_preview=True)
    shown: list[Call] = []
    for _, said, refused in _said(planned, request.limit, report):
        report.rejected += refused is not None
        for one in said[: _SHOWN_CALLS - len(shown)]:
            day = format_moment(one.day * DAY)[:10]
            told = {"channel": one.channel, "campaign": one.campaign, "day": day}
            shown.append({**told, "amount": str(one.amount), "currency": one.currency})
    watch(report)
    return report, shown


def _said(
    planned: SpendPlan, limit: int | None, report: Report
) -> Iterator[tuple[list[str], list[Said], RowRefused | None]]:
    """Each row, and the figures it makes or why it makes none; counts them on the way."""
    with spend_rows(planned, limit) as (rows, file):
        for cells in rows:
            report.rows += 1
            try:
                said = planned.said(cells)
            except RowRefused as refused:
                yield cells, [], refused
                continue
            report.passed_over += not said
            yield cells, said, None
        report.bytes_read = file.bytes_read


async def _import_rows(
    settings: Settings,
    request: Request,
    planned: Plan,
    run: ImportRun,
    rejects: Rejects,
    report: Report,
    watch: Watch,
) -> None:
    with translated(planned, skip=report.skipped) as (rows, file):
        wanted = islice(rows, request.limit)
        while chunk := list(islice(wanted, CHUNK_ROWS)):
            judged = judge_rows(chunk, clock.now(), settings.max_event_bytes)
            for row, why in judged.refused:
                rejects.add(row.cells, why.code, why.path, why.message)
            rejects.flush()
            await _land(run, judged, len(chunk))
            crashpoint("imports.after_landing")
            await attempt(settings)
            _count(report, chunk, judged, file.bytes_read)
            watch(report)
    if request.limit is None or report.rows < request.limit:
        run.finished_at = clock.now()
        await run.save(update_fields=["finished_at"])
        report.is_finished = True
    await drain(settings, lambda taken: watch(report))


@transactional
async def _begin(planned: Plan, source: SourceView) -> ImportRun:
    digest = ids.digest(planned.table.digest, planned.map_digest, str(source.id))
    now = clock.now()
    run, _ = await ImportRun.get_or_create(
        digest=digest,
        defaults={
            "file_name": planned.table.path.name,
            "source_id": source.id,
            "started_at": now,
            "updated_at": now,
        },
    )
    return run


async def _land(run: ImportRun, judged: Judged, rows: int) -> None:
    """Land what was accepted, and note the rows as done, in one transaction."""
    now = clock.now()
    arrival = arrived(run.source_id, judged.intake, Origin(received_at=now), None)
    run.rows_done += rows
    run.rejected_rows += len(judged.refused)
    run.updated_at = now

    async def land() -> None:
        if arrival.accepted:
            await write([arrival])
        await run.save(update_fields=["rows_done", "rejected_rows", "updated_at"])

    await in_transaction(land)


def _count(report: Report, chunk: Sequence[RowCalls], judged: Judged, bytes_read: int) -> None:
    report.bytes_read = bytes_read
    report.rows += len(chunk)
    report.passed_over += judged.passed_over
    report.calls += len(judged.intake.accepted)
    report.rejected += len(judged.refused)
