"""``touchline schema`` as a developer and the gate use it."""

from pathlib import Path

import pytest

from tests.support.cli import touchline


def test_the_schema_is_printed_when_no_file_is_named() -> None:
    outcome = touchline("schema")
    assert (outcome.code, "type Query {" in outcome.out) == (0, True)


@pytest.mark.parametrize("write, check", [("--write", "--check"), ("--docs", "--check-docs")])
def test_a_file_that_was_written_passes_until_it_is_changed(
    write: str, check: str, tmp_path: Path
) -> None:
    file = tmp_path / "kept"
    assert touchline("schema", write, file).code == 0
    assert touchline("schema", check, file).code == 0

    file.write_text(file.read_text().replace("displayName", "title"))
    stale = touchline("schema", check, file)

    assert stale.code == 1
    assert "-| `title` | String!" in stale.out or "-  title: String!" in stale.out
    assert f"touchline schema {write} {file}" in stale.err


def test_a_file_that_cannot_be_read_or_written_is_named(tmp_path: Path) -> None:
    for option in ("--write", "--check", "--docs", "--check-docs"):
        outcome = touchline("schema", option, tmp_path / "nowhere" / "kept")
        assert (outcome.code, "nowhere" in outcome.err) == (2, True)
