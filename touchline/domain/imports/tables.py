"""Reading delimited text of unknown make: encoding and delimiter found out, rows streamed."""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from touchline.domain.imports.errors import ImportCode, ImportRefused

_DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_SAMPLE = 64_000
_SAMPLE_ROWS = 20
_SCRIPTS = ("gb18030", "big5", "shift_jis", "cp1251")
_LATIN = ("cp1250", "cp1252")
_MISREAD_POLISH = re.compile(r"[a-z][¹³¿][a-z]|\b£[a-z]{2}|¯[a-z]{2}")
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

    Encodings: a byte order mark decides; else UTF-8 when the whole file is UTF-8; else what the
    first of it looks like: Chinese, Cyrillic, Japanese, or an old Windows of Europe.
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
    likely = (name for name in (_guess(path), "cp1252") if _decodes(path, name))
    return next(likely, "latin-1")


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


def _guess(path: Path) -> str:
    """What a file that is not UTF-8 most looks like.

    charset-normalizer tells the scripts apart. Among Latin letters it swaps Western and Central
    Europe either way, so there the signs decide that only a misread Polish word has.
    """
    with path.open("rb") as raw:
        sample = raw.read(_SAMPLE)
    found = from_bytes(sample, cp_isolation=[*_SCRIPTS, *_LATIN]).best()
    if found and found.encoding in _SCRIPTS:
        return found.encoding
    return "cp1250" if _MISREAD_POLISH.search(sample.decode("cp1252", "ignore")) else "cp1252"


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
        lines = text.read(_SAMPLE).splitlines(keepends=True)[:_SAMPLE_ROWS]
    widths = {sign: [len(row) for row in csv.reader(lines, delimiter=sign)] for sign in _DELIMITERS}

    def even_width(sign: str) -> tuple[int, int]:
        first = max(widths[sign][:1], default=0)
        return first * widths[sign].count(first), first

    return max(_DELIMITERS, key=even_width)
