"""Reading delimited text of unknown make: encoding and delimiter found out, rows streamed."""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from touchline.domain.imports.errors import ImportCode, ImportRefused

_DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_SAMPLE_ROWS = 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
csv.field_size_limit(_CHUNK)


@dataclass(frozen=True)
class TableFile:
    """A file that has been looked through once."""

    path: Path
    size: int
    digest: bytes
    encoding: str
    delimiter: str
    header: list[str]


@dataclass
class Rows:
    """The rows of an open file after its header, and how many bytes have been read so far."""

    cells: Iterator[list[str]]
    raw: io.BufferedReader

    @property
    def bytes_read(self) -> int:
        """How far the file has been read, in bytes; ahead of the rows by one buffer."""
        return self.raw.tell()


def inspect(path: Path, encoding: str | None = None, delimiter: str | None = None) -> TableFile:
    """Find out how a file is written, in one pass of constant memory.

    Encodings: a byte order mark decides; else UTF-8 when the whole file is UTF-8; else GB 18030
    when what is not ASCII reads as everyday Chinese; else Windows-1252.
    """
    try:
        size, mixed = path.stat().st_size, hashlib.blake2b(digest_size=16)
        with path.open("rb") as raw:
            while chunk := raw.read(_CHUNK):
                mixed.update(chunk)
        encoding = encoding or _encoding(path)
        _require_readable(path, encoding)
        delimiter = delimiter or _delimiter(path, encoding)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise ImportRefused(ImportCode.FILE_NOT_READABLE, message) from None
    table = TableFile(path, size, mixed.digest(), encoding, delimiter, [])
    with _reader(table) as rows:
        header = next((cells for cells in rows.cells if any(cells)), [])
    if not header:
        raise ImportRefused(ImportCode.FILE_HAS_NO_HEADER, f"{path} has no header line.")
    names = [name.strip() for name in header]
    return TableFile(path, size, mixed.digest(), encoding, delimiter, names)


@contextmanager
def open_rows(table: TableFile) -> Iterator[Rows]:
    """The rows below the header; blank lines are passed over."""
    with _reader(table) as rows:
        written = (cells for cells in rows.cells if any(cells))
        next(written, None)
        yield Rows(written, rows.raw)


@contextmanager
def _reader(table: TableFile) -> Iterator[Rows]:
    with (
        table.path.open("rb") as raw,
        io.TextIOWrapper(raw, encoding=table.encoding, newline="") as text,
    ):
        yield Rows(_parsed(table, text), raw)


def _parsed(table: TableFile, text: io.TextIOWrapper) -> Iterator[list[str]]:
    reader = csv.reader(text, delimiter=table.delimiter)
    try:
        yield from reader
    except csv.Error as error:
        message = f"{table.path}, line {reader.line_num}: {error}."
        raise ImportRefused(ImportCode.FILE_NOT_READABLE, message) from None


def _encoding(path: Path) -> str:
    with path.open("rb") as raw:
        start = raw.read(4)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if _decodes(path, "utf-8"):
        return "utf-8"
    if _decodes(path, "gb18030") and _is_everyday_chinese(path):
        return "gb18030"
    return "cp1252" if _decodes(path, "cp1252") else "latin-1"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as raw:
            while chunk := raw.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_everyday_chinese(path: Path) -> bool:
    """Accented Latin letters read as GB 18030 give rare signs that the older GB 2312 lacks."""
    with path.open("rb") as raw:
        text = raw.read(_CHUNK).decode("gb18030", "ignore")
    foreign = "".join(sign for sign in text if sign > "\x7f")
    known = foreign.encode("gb2312", "ignore").decode("gb2312")
    return len(known) >= 0.9 * len(foreign)


def _require_readable(path: Path, encoding: str) -> None:
    try:
        readable = _decodes(path, encoding)
    except LookupError:
        message = f"{encoding!r} is no known encoding; expected one such as utf-8 or cp1250."
        raise ImportRefused(ImportCode.UNKNOWN_ENCODING, message, ("table", "encoding")) from None
    if not readable:
        message = f"{path} is not {encoding} text."
        raise ImportRefused(ImportCode.FILE_NOT_READABLE, message, ("table", "encoding"))


def _delimiter(path: Path, encoding: str) -> str:
    """The sign that splits the first rows into the most columns of the same number."""
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        lines = [line for _, line in zip(range(_SAMPLE_ROWS), text, strict=False)]
    widths = {sign: [len(row) for row in csv.reader(lines, delimiter=sign)] for sign in _DELIMITERS}

    def even_width(sign: str) -> tuple[int, int]:
        first = max(widths[sign][:1], default=0)
        return first * widths[sign].count(first), first

    return max(_DELIMITERS, key=even_width)
