"""``touchline import``: tables of rows become calls."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import note, print_json, print_table
from touchline.cli.progress import byte_bar
from touchline.cli.running import run_command
from touchline.domain.customers.queries import count_present
from touchline.domain.imports.errors import ImportRefused, map_path
from touchline.domain.imports.mapping import read_map
from touchline.domain.imports.service import Report, Request, import_file, preview
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.timeline.queries import count_after, newest_id
from touchline.settings import Settings, load_settings

_EPILOG = """
Example: touchline import orders.csv --map orders.toml --data-dir var/touchline

Look first with --dry-run. docs/guides/import.md tells of maps, and examples/ holds some.
"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("import", epilog=_EPILOG)(import_tables)


def import_tables(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Delimited text of any encoding.")
    ],
    map_file: Annotated[
        Path, typer.Option("--map", metavar="MAP", help="What a row means, in TOML.")
    ],
    data_dir: DataDir = None,
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="The source of the calls; else the map's.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and judge every row; write nothing.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="ROWS", help="Take no more rows of each file.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read files once more that were finished before.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Rejected rows; else FILE.rejected.csv beside each."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Turn the rows of tables into calls. Doing it again adds nothing."""
    if rejects is not None and len(files) > 1:
        raise typer.BadParameter("--rejects is for a single file; leave it out for several")
    settings = load_settings(data_dir=data_dir)
    try:
        said = read_map(map_file)
        name = source or said.source or map_file.stem
        requests = [
            Request(path, said, name, rejects or _beside(path, settings), limit, again)
            for path in files
        ]
        if dry_run:
            _look(settings, requests, as_json)
        else:
            _import(settings, data_dir, requests, as_json)
    except ImportRefused as refused:
        place = f"{map_file}: {map_path(refused.path)}: " if refused.path else ""
        raise ImportRefused(refused.code, place + refused.message) from None


def _import(
    settings: Settings, data_dir: Path | None, requests: Sequence[Request], as_json: bool
) -> None:
    begun = time.monotonic()
    try:
        reports, touchpoints, customers = run_command(data_dir, lambda: _work(settings, requests))
    except KeyboardInterrupt:
        note("Stopped. The same command goes on from here.")
        raise
    seconds = time.monotonic() - begun
    if as_json:
        files = [_as_json(one, request) for one, request in zip(reports, requests, strict=True)]
        added = {"touchpointsAdded": touchpoints, "customersAdded": customers}
        print_json({"files": files, **added, "seconds": round(seconds, 2)})
        return
    _show(reports, requests)
    brought = f"{_many(touchpoints, 'touchpoint')} and {_many(customers, 'customer')}"
    note(f"Added {brought} in {seconds:.1f} s.")


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


async def _work(settings: Settings, requests: Sequence[Request]) -> tuple[list[Report], int, int]:
    """Import one file after the other; gives how many touchpoints and customers that brought."""
    newest, customers = await newest_id(), await count_present()
    with byte_bar() as bar:
        reports = [
            await import_file(SYSTEM, settings, request, _watch(bar, request.path))
            for request in requests
        ]
    sources = {report.source_id for report in reports if report.source_id is not None}
    return reports, await count_after(newest, sources), await count_present() - customers


def _look(settings: Settings, requests: Sequence[Request], as_json: bool) -> None:
    with byte_bar() as bar:
        found = [preview(settings, request, _watch(bar, request.path)) for request in requests]
    looks = [
        {**_as_json(report, request), "firstCalls": list(calls)}
        for (report, calls), request in zip(found, requests, strict=True)
    ]
    print_json({"files": looks} if as_json else {one["file"]: one["firstCalls"] for one in looks})
    if not as_json:
        _show([report for report, _ in found], requests)
        note("Nothing was written.")


def _watch(bar: Progress, path: Path) -> Callable[[Report], None]:
    task = bar.add_task(path.name, total=path.stat().st_size if path.exists() else None)

    def watch(report: Report) -> None:
        bar.update(task, completed=report.bytes_read, total=report.size)

    return watch


def _show(reports: Sequence[Report], requests: Sequence[Request]) -> None:
    rows = [
        (
            report.path.name,
            f"{report.rows:,}",
            f"{report.calls:,}",
            f"{report.passed_over:,}",
            f"{report.rejected:,}",
            _remark(report, request),
        )
        for report, request in zip(reports, requests, strict=True)
    ]
    print_table(["FILE", "ROWS", "CALLS", "PASSED OVER", "REJECTED", ""], rows, "No files.")


def _remark(report: Report, request: Request) -> str:
    if report.was_finished_before:
        return "imported before; --again reads it once more"
    parts = [f"went on after row {report.skipped:,}"] if report.skipped else []
    parts += [f"{_many(report.figures, 'figure')} of spend"] if report.figures else []
    parts += [f"see {request.rejects}"] if report.rejected and not report.is_preview else []
    return ", ".join(parts)


def _as_json(report: Report, request: Request) -> dict[str, Any]:
    return {
        "file": str(report.path),
        "rows": report.rows,
        "calls": report.calls,
        "passedOver": report.passed_over,
        "rejected": report.rejected,
        "figures": report.figures,
        "rejectsFile": str(request.rejects) if report.rejected and not report.is_preview else None,
        "skipped": report.skipped,
        "finished": report.is_finished,
        "finishedBefore": report.was_finished_before,
    }


def _beside(path: Path, settings: Settings) -> Path:
    """Where rejected rows go: beside the file, or into the data folder if that is not ours."""
    name = f"{path.name}.rejected.csv"
    return path.parent / name if os.access(path.parent, os.W_OK) else settings.data_dir / name
