"""Side tables: small files whose columns a map joins to each row by a key."""

from pathlib import Path as FilePath

from touchline.domain.imports.columns import Columns, Joined, Path, SideTable
from touchline.domain.imports.errors import ImportCode, ImportRefused
from touchline.domain.imports.mapping import Lookup, Section, Table
from touchline.domain.imports.tables import TableFile, inspect, open_rows


def columns_of(
    table: TableFile, section: Section, said: Table, path: Path
) -> tuple[Columns, list[bytes]]:
    """The file's columns with its side tables beside them, and the side tables' digests.

    A side table's file is looked for beside the imported file. It is kept in memory; where a key
    comes twice the last row wins. A lookup may use the columns of the lookups before it.
    """
    columns = Columns(table.header, frozenset(text.strip() for text in said.empty))
    digests = []
    for place, lookup in enumerate(section.lookups):
        where = (*path, "lookup", place)
        side = _inspected(table.path.parent / lookup.file, said, where)
        key = columns.template(lookup.on, (*where, "on"))
        names = _kept(side, lookup, where)
        columns.joined[lookup.name] = Joined(frozenset(names), _load(side, lookup.key, names), key)
        digests.append(side.digest)
    return columns, digests


def _inspected(path: FilePath, said: Table, where: Path) -> TableFile:
    try:
        return inspect(path, said.encoding, said.delimiter)
    except ImportRefused as refused:
        raise ImportRefused(refused.code, refused.message, (*where, "file")) from None


def _kept(side: TableFile, lookup: Lookup, where: Path) -> list[str]:
    names = lookup.columns or side.header
    for step, name in [("key", lookup.key), *(("columns", name) for name in names)]:
        if name not in side.header:
            message = f"{side.path.name} has no column {name!r}; it has: {', '.join(side.header)}."
            raise ImportRefused(ImportCode.UNKNOWN_COLUMN, message, (*where, step))
    return names


def _load(side: TableFile, key: str, names: list[str]) -> SideTable:
    place, places = side.header.index(key), [(name, side.header.index(name)) for name in names]
    with open_rows(side) as rows:
        return {
            cells[place].strip(): {name: cells[at] for name, at in places}
            for cells in rows.cells
            if len(cells) == len(side.header)
        }
