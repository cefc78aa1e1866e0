"""A file, its map and its side tables made ready: rows in, calls out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from touchline.domain.imports.errors import RowRefused
from touchline.domain.imports.lookups import columns_of
from touchline.domain.imports.mapping import ImportMap, section_for
from touchline.domain.imports.occurrences import Occurrences
from touchline.domain.imports.tables import Rows, TableFile, inspect, open_rows
from touchline.domain.imports.translate import Call, Translator, translator
from touchline.domain.kernel import ids


@dataclass(frozen=True)
class Plan:
    """A file that can be imported; ``map_digest`` stands for all that decides its calls."""

    table: TableFile
    translator: Translator
    map_digest: bytes


@dataclass(frozen=True)
class RowCalls:
    """One row and the calls it makes, or why it makes none."""

    cells: list[str]
    calls: list[Call]
    refused: RowRefused | None = None


def plan(path: Path, import_map: ImportMap) -> Plan:
    """Look a file through and check its part of the map; raises ``ImportRefused``."""
    said = import_map.table
    table = inspect(path, said.encoding, said.delimiter)
    section, place = section_for(import_map, path.name)
    columns, side_digests = columns_of(table, section, said, place)
    digest = ids.digest(msgspec.json.encode([section, said]), *side_digests)
    return Plan(table, translator(section, columns, said.time_zone, place), digest)


@contextmanager
def translated(plan: Plan, *, skip: int) -> Iterator[tuple[Iterator[RowCalls], Rows]]:
    """The rows after the first ``skip`` with their calls, and the file's own progress."""
    seen = Occurrences(plan.table.header)
    try:
        with open_rows(plan.table) as rows:
            yield _translated(plan, rows, seen, skip), rows
    finally:
        seen.close()


def _translated(plan: Plan, rows: Rows, seen: Occurrences, skip: int) -> Iterator[RowCalls]:
    """Skipped rows are counted among their like all the same, or ids would change."""
    counts = plan.translator.needs_occurrence
    for number, cells in enumerate(rows.cells):
        row = seen.count(cells) if counts else (b"", 0)
        if number >= skip:
            yield _calls(plan.translator, cells, row)


def _calls(made_by: Translator, cells: list[str], row: tuple[bytes, int]) -> RowCalls:
    try:
        return RowCalls(cells, made_by.calls(cells, row))
    except RowRefused as refused:
        return RowCalls(cells, [], refused)
