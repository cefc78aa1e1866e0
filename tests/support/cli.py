"""Running a command as a shell would, without the cost of a new process."""

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from touchline.cli import main


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The result of a command that was called with ``--json``."""
        assert self.code == 0, self.err
        return self.parsed()

    def parsed(self) -> Any:
        """What it printed as JSON, however it ended."""
        return orjson.loads(self.out)


def touchline(*arguments: str | Path) -> Outcome:
    """Run ``touchline`` with the arguments; call it outside an event loop."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
    return Outcome(code, out.getvalue(), err.getvalue())
