"""A database file that is none is told of, and the process ends."""

import subprocess
import sys
from pathlib import Path


def test_a_corrupt_database_file_ends_the_command_with_its_code(tmp_path: Path) -> None:
    (tmp_path / "touchline.db").write_bytes(b"this is no database " * 1_000)
    command = [sys.executable, "-m", "touchline", "keys", "list", "--data-dir", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 4
    assert ended.stdout == ""
    assert "file is not a database" in ended.stderr
