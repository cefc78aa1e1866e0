"""Having scorecards fitted by a process of its own.

What it takes (time, memory, libraries) is not taken from the server, and is given back at its end.
"""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE

import msgspec

from touchline.domain.learning.question import Answer, CannotFit, Question

_MODULE = "touchline.workers.fitting"
_ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""One thread: the sums come out alike everywhere, and others keep their cores."""


async def fit_apart(question: Question) -> Answer:
    """Ask the process; when the caller is cancelled it ends too."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", _MODULE),
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
        raise CannotFit(f"The scorecard could not be fitted: {last or process.returncode}")
    return msgspec.json.decode(out, type=Answer)
