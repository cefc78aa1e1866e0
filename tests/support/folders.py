"""Where the files of a test run live."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 2 * 1024**3


def work_in_memory() -> None:
    """From now on temporary files of this process and its children stand in memory.

    Waiting for a disk is most of what making a database costs. Where memory offers no such room
    (small containers, macOS) the usual place stays.
    """
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ENOUGH_BYTES:
        return
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
