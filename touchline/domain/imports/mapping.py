"""The map: what a person declares about their tables. docs/guides/import.md tells it in full.

A text is a template whose ``{braces}`` name columns; any other TOML value stands for itself; a
table with ``from`` reads a template and turns what it gives into a type.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from touchline.domain.imports.errors import ImportCode, ImportRefused
from touchline.domain.kernel.errors import PathStep
from touchline.domain.sources.types import SourceKind

ValueKind = Literal["text", "int", "float", "bool", "datetime", "date", "json", "list"]
CallType = Literal["identify", "track", "page", "screen", "group", "alias"]
Scalar = str | int | float | bool


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"template": "from"}):
    """One value of a call: the first template that gives something, then its type.

    A text that does not match is as good as none.
    """

    template: str | list[str]
    kind: ValueKind = msgspec.field(default="text", name="as")
    sep: str = ","
    matches: str | None = None
    choices: dict[str, Scalar] = {}
    otherwise: Scalar | None = None
    formats: list[str] = []
    time_zone: str | None = None


Expression = Reading | Scalar
Tree = Expression | Mapping[str, "Tree"] | Sequence["Tree"]


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a column must hold: every field that is set must agree."""

    empty: bool | None = None
    matches: str | None = None
    equals: str | list[str] | None = None
    differs: str | list[str] | None = msgspec.field(default=None, name="not")


class CallBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One call made of each row that meets ``when``."""

    type: CallType
    label: str | None = None
    when: dict[str, str | list[str] | Condition] = {}
    event: Expression | None = None
    user_id: Expression | None = None
    anonymous_id: Expression | None = None
    previous_id: Expression | None = None
    group_id: Expression | None = None
    message_id: Expression | None = None
    timestamp: Expression | None = None
    external_ids: dict[str, Expression | list[Expression]] = {}
    traits: dict[str, object] = {}
    properties: dict[str, object] = {}
    context: dict[str, object] = {}


class SpendBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure of spend made of each row; rows of one channel, campaign and day add up.

    ``parts`` of ``amount`` make one unit of the currency: 1,000,000 where it is in micros.
    """

    channel: Expression
    day: Expression
    amount: Expression
    currency: Expression
    campaign: Expression | None = None
    source: str | None = None
    parts: int = 1
    when: dict[str, str | list[str] | Condition] = {}


class Lookup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A side table kept in memory; its columns are written ``{name.column}``."""

    name: str
    file: str
    key: str
    on: str
    columns: list[str] = []


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to do with the files whose name fits ``match``: make calls of rows, or spend."""

    calls: list[CallBlock] = msgspec.field(default_factory=list, name="call")
    match: str = "*"
    lookups: list[Lookup] = msgspec.field(default_factory=list, name="lookup")
    spends: list[SpendBlock] = msgspec.field(default_factory=list, name="spend")


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the files are written; what is not said is found out."""

    encoding: str | None = None
    delimiter: str | None = None
    empty: list[str] = msgspec.field(default_factory=lambda: [""])
    time_zone: str = "UTC"


class ImportMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole map: one section (``[[call]]`` at the top) or several (``[[file]]``)."""

    source: str | None = None
    kind: SourceKind = SourceKind.IMPORT
    table: Table = Table()
    files: list[Section] = msgspec.field(default_factory=list, name="file")
    calls: list[CallBlock] = msgspec.field(default_factory=list, name="call")
    lookups: list[Lookup] = msgspec.field(default_factory=list, name="lookup")
    spends: list[SpendBlock] = msgspec.field(default_factory=list, name="spend")


def read_map(path: Path) -> ImportMap:
    """Read a map file; ``ImportRefused`` tells the place in it that is wrong."""
    try:
        return parse_map(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"The map {path} cannot be read: {error.strerror}."
        raise ImportRefused(ImportCode.MAP_NOT_READABLE, message) from None
    except UnicodeDecodeError:
        message = f"The map {path} cannot be read: it is not UTF-8 text."
        raise ImportRefused(ImportCode.MAP_NOT_READABLE, message) from None


def parse_map(text: str) -> ImportMap:
    """Read the text of a map; ``ImportRefused`` tells the place in it that is wrong."""
    try:
        found = msgspec.convert(tomllib.loads(text), ImportMap)
    except tomllib.TOMLDecodeError as error:
        raise ImportRefused(ImportCode.MAP_NOT_READABLE, f"The map is not TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from None
    own = bool(found.calls) + bool(found.spends)
    if bool(found.files) == bool(own):
        message = (
            "A map needs [[call]] or [[spend]] blocks, or [[file]] sections of them; not both."
        )
        raise ImportRefused(ImportCode.MAP_INVALID, message)
    if own > 1 or any(bool(one.calls) == bool(one.spends) for one in found.files):
        message = "Rows become calls by [[call]] blocks, or spend by [[spend]] blocks; not both."
        raise ImportRefused(ImportCode.MAP_INVALID, message)
    return found


def section_for(import_map: ImportMap, file_name: str) -> tuple[Section, tuple[PathStep, ...]]:
    """The section that speaks of a file, and its place in the map; the first that fits wins."""
    if not import_map.files:
        return Section(import_map.calls, "*", import_map.lookups, import_map.spends), ()
    for place, section in enumerate(import_map.files):
        if Path(file_name).match(section.match):
            shared = [*import_map.lookups, *section.lookups]
            found = Section(section.calls, section.match, shared, section.spends)
            return found, ("file", place)
    patterns = ", ".join(section.match for section in import_map.files)
    message = f"No [[file]] of the map fits {file_name}; it has: {patterns}."
    raise ImportRefused(ImportCode.FILE_NOT_IN_MAP, message, ("file",))


def _invalid(complaint: str) -> ImportRefused:
    """Msgspec ends its complaint with the place: ``… - at `$.call[0].type```."""
    message, _, place = complaint.partition(" - at `$")
    steps = re.findall(r"\.([^.\[\]`]+)|\[(\d+|\.\.\.)\]", place)
    path = [name or (int(index) if index.isdigit() else index) for name, index in steps]
    return ImportRefused(ImportCode.MAP_INVALID, f"{message.rstrip('.')}.", path)
