"""What the commands print: people read tables and lines, scripts read ``--json``.

Results go to standard output, everything else to standard error. Colours are off when the output
is piped or ``NO_COLOR`` is set.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

PIPED_WIDTH = 200


class ExitCode(IntEnum):
    """How a command ended."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    SETTINGS = 3
    UNAVAILABLE = 4
    UNHEALTHY = 5
    INTERNAL = 70
    INTERRUPTED = 130


def complain(message: str, code: ExitCode) -> ExitCode:
    """One line on standard error; returns the code to leave with."""
    line = " ".join(message.split())
    notes().print(f"[bold red]touchline:[/] {_escaped(line)}")
    return code


def note(message: str) -> None:
    """A line for the person at the terminal, beside the result."""
    notes().print(_escaped(message))


def print_json(value: Any) -> None:
    """The result for a script."""
    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def print_lines(lines: Iterable[tuple[str, str]]) -> None:
    """Named values, one a line; the values are never cut or wrapped."""
    pairs = list(lines)
    width = max(len(name) for name, _ in pairs)
    console = results()
    for name, value in pairs:
        console.print(f"[dim]{name:<{width}}[/]  {_escaped(value)}")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], empty: str) -> None:
    """A list for people; ``empty`` is said when there is nothing in it."""
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*map(_escaped, row))
    results().print(table if table.row_count else empty)


def results() -> Console:
    """Standard output as it is now."""
    console = Console(soft_wrap=True, highlight=False)
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    return console


def notes() -> Console:
    """Standard error as it is now."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")
