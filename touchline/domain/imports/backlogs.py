"""Bringing a table of items into a backlog: judged row by row, then written all at once."""

import csv
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from touchline.domain.backlog.bringing import MOST_ROWS, Known, known_to
from touchline.domain.backlog.depending import is_circular, leads_back
from touchline.domain.backlog.updating import bring_and_update, changed_by
from touchline.domain.imports.backlog_map import (
    LISTED,
    PASSED_OVER,
    UNDER_WAY,
    BacklogMap,
    columns_in,
)
from touchline.domain.imports.backlog_rows import BadRow, Read, Reader, Row, in_order
from touchline.domain.imports.errors import ImportCode, ImportRefused, RowRefused
from touchline.domain.imports.tables import TableFile, inspect
from touchline.domain.kernel.actor import Actor

MOST_BYTES = 32_000_000
Watch = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot become an item: its line, from 1, and the column as the file calls it."""

    line: int
    column: str
    code: str
    message: str


@dataclass
class BacklogReport:
    """What became of a file. ``unused`` are columns that nobody read, ``bad`` all faults of rows.

    ``known`` were there already, of which ``changed`` were written anew.

    ``was_written`` is false for a look, and for a file with bad rows that were not to be skipped.
    """

    rows: int = 0
    listed: int = 0
    proposed: int = 0
    known: int = 0
    changed: int = 0
    passed_over: int = 0
    may_list: bool = True
    was_written: bool = False
    bad: list[Fault] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


async def import_backlog(
    actor: Actor,
    backlog_id: int,
    path: Path,
    known: BacklogMap,
    *,
    update: bool = False,
    skip_bad: bool = False,
    dry_run: bool = False,
    watch: Watch = lambda _: None,
) -> BacklogReport:
    """Bring the items of a file in: all of them, or none while a row of it is bad.

    With ``skip_bad`` all but the bad ones come. What is there already, by its reference, stays as
    it is, but for what the table fills in if it is to ``update``. Refuses programs: who brings
    items in is a member.
    """
    table = _table(path, known)
    columns = columns_in(table.header, known)
    there = await known_to(actor, backlog_id, (), columns)
    report = BacklogReport(may_list=there.may_list, unused=_unused(table, columns))
    reader = Reader(columns, known, there.names)
    found = _read(table, columns, reader, report, watch)
    there = await known_to(actor, backlog_id, _named(found))
    settled = {} if update else there.items
    found = _without_lost(found, there, settled, table, columns, report)
    new = [one for one in found if one.brought.reference not in there.items]
    old = [one.brought for one in found if one.brought.reference in there.items]
    report.known = len(old)
    report.changed = len(await changed_by(old, there.items)) if update else 0
    listed = [one for one in new if one.fate in (LISTED, UNDER_WAY) and there.may_list]
    report.listed, report.proposed = len(listed), len(new) - len(listed)
    if not dry_run and (skip_bad or not report.bad):
        coming = [one.brought for one in in_order(new)]
        await bring_and_update(actor, backlog_id, coming, old if update else ())
        report.was_written = True
    return report


def _table(path: Path, known: BacklogMap) -> TableFile:
    table = inspect(path, known.encoding, known.delimiter)
    if table.size > MOST_BYTES:
        message = f"{path} is larger than {MOST_BYTES // 1_000_000} MB."
        raise ImportRefused(ImportCode.FILE_NOT_READABLE, message)
    return table


def _rows(table: TableFile) -> Iterator[Row]:
    """The rows below the header with the lines on which they begin; blank ones are passed over."""
    with table.path.open(encoding=table.encoding, newline="") as text:
        reader = csv.reader(text, delimiter=table.delimiter)
        is_header, line = True, 1
        try:
            for cells in reader:
                if any(cells):
                    if not is_header:
                        yield Row(line, cells)
                    is_header = False
                line = reader.line_num + 1
        except csv.Error as error:
            message = f"{table.path}, line {reader.line_num}: {error}."
            raise ImportRefused(ImportCode.FILE_NOT_READABLE, message) from None


def _read(
    table: TableFile,
    columns: dict[str, int],
    reader: Reader,
    report: BacklogReport,
    watch: Watch,
) -> list[Read]:
    found = []
    for row in _rows(table):
        report.rows += 1
        if report.rows > MOST_ROWS:
            message = f"At most {MOST_ROWS:,} items come at once; cut the file."
            raise ImportRefused(ImportCode.FILE_NOT_READABLE, message)
        try:
            if len(row.cells) > len(table.header):
                message = "The row has more cells than the header."
                raise BadRow([RowRefused(ImportCode.BAD_ROW, message)])
            found.append(reader.read(row))
        except BadRow as bad:
            for why in bad.faults:
                name = _column(table, columns, str(why.path[0]) if why.path else "")
                report.bad.append(Fault(row.line, name, why.code, why.message))
        watch(report.rows)
    return found


def _without_lost(
    found: list[Read],
    there: Known,
    settled: Collection[str],
    table: TableFile,
    columns: dict[str, int],
    report: BacklogReport,
) -> list[Read]:
    """What comes in: without finished work, and without what waits for something that is not there.

    What waits for finished work waits for it no more. A bad row may leave another one without what
    it waits for, so that this goes on until nothing is left to find. Of what is ``settled`` nobody
    looks for what it waits.
    """
    done = {one.brought.reference for one in found if one.fate == PASSED_OVER}
    coming = [_freed(one, done) for one in found if one.fate != PASSED_OVER]
    report.passed_over = len(done)
    while True:
        edges = {one.brought.reference: one.brought.depends_on or () for one in coming}
        circular = is_circular(edges)
        lost = {
            one.line: why
            for one in coming
            if one.brought.reference not in settled
            and (why := _wrong(one, edges, there, circular=circular)) is not None
        }
        if not lost:
            break
        name = _column(table, columns, "depends on")
        report.bad += [Fault(line, name, ImportCode.BAD_VALUE, why) for line, why in lost.items()]
        coming = [one for one in coming if one.line not in lost]
    report.bad.sort(key=lambda bad: bad.line)
    return coming


def _freed(one: Read, done: set[str]) -> Read:
    if not one.brought.depends_on:
        return one
    left = tuple(name for name in one.brought.depends_on if name not in done)
    return replace(one, brought=replace(one.brought, depends_on=left))


def _wrong(
    one: Read, edges: dict[str, tuple[str, ...]], there: Known, *, circular: bool
) -> str | None:
    reference, waits_for = one.brought.reference, one.brought.depends_on or ()
    for name in waits_for:
        if name not in edges and name not in there.items:
            return f"{name} is neither in the file nor in the backlog."
    if circular and leads_back(edges, reference, waits_for):
        return "It waits for itself, by whatever way round."
    return None


def _named(found: Sequence[Read]) -> list[str]:
    names = [one.brought.reference for one in found]
    return names + [name for one in found for name in one.brought.depends_on or ()]


def _column(table: TableFile, columns: dict[str, int], field_name: str) -> str:
    return table.header[columns[field_name]] if field_name in columns else field_name


def _unused(table: TableFile, columns: dict[str, int]) -> list[str]:
    used = set(columns.values())
    return [name for place, name in enumerate(table.header) if place not in used and name]
