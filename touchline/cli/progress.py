"""Progress bars on standard error; silent when it is no terminal."""

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from touchline.cli.output import notes


def counting_bar() -> Progress:
    """A bar of things that are counted."""
    return _bar(MofNCompleteColumn())


def byte_bar() -> Progress:
    """A bar of bytes that are read."""
    return _bar(DownloadColumn())


def _bar(amount: MofNCompleteColumn | DownloadColumn) -> Progress:
    console: Console = notes()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        amount,
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
