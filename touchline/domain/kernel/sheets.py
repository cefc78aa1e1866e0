"""Cells of tables that spreadsheets open: what looks like a formula must stay text.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break. Such a
text is written with an apostrophe before it; one that has apostrophes there gets one more, so that
reading it takes away exactly what writing it added.
"""

import re

_RUN = re.compile(r"'*[=+\-@\t\r\n]")
_SHIELDED = re.compile(r"'+[=+\-@\t\r\n]")


def shielded(text: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{text}" if _RUN.match(text) else text


def unshielded(cell: str) -> str:
    """The text of a cell that was written by ``shielded``, or by a careful hand."""
    return cell[1:] if _SHIELDED.match(cell) else cell
