"""Asking a question of a process of its own: ``python -m MODULE``, JSON in and JSON out.

What it takes (time, memory, libraries) is not taken from the server, and is given back at its end.
"""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from typing import TypeVar

import msgspec

A = TypeVar("A")

_ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""One thread: the sums come out alike everywhere, and others keep their cores."""


class NoAnswer(Exception):
    """The process failed; the text is the last that it said."""


async def answered_apart(module: str, question: msgspec.Struct, kind: type[A]) -> A:
    """The answer of the process; when the caller is cancelled it ends too."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", module),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env=os.environ | _ALONE,
    )
    try:
        out, err = await process.communicate(msgspec.json.encode(question))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        last = err.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise NoAnswer(last or str(process.returncode))
    return msgspec.json.decode(out, type=kind)
