"""``touchline demo`` as a newcomer uses it."""

import re
from pathlib import Path

import pytest

from tests.support.cli import touchline


def test_a_year_is_sent_once_however_often_it_is_asked_for(tmp_path: Path) -> None:
    options = ("--people", "25", "--data-dir", tmp_path, "--json")

    first = touchline("demo", *options, "--until", "2026-11-01").json()
    second = touchline("demo", *options, "--until", "2027-03-07").json()

    assert first["key"].startswith("tl_")
    assert first["customersAdded"] == first["customers"] > 10
    assert first["touchpointsAdded"] == first["accepted"] - first["sentTwice"] > 200
    assert first["quarantined"] == 6
    assert first["conversions"] == second["conversions"] > 0
    assert (second["touchpointsAdded"], second["customersAdded"], second["key"]) == (0, 0, None)
    assert second["customers"] == first["customers"]


def test_a_newcomer_reads_a_timeline_and_what_to_do_next(tmp_path: Path) -> None:
    told = touchline("demo", "--people", "40", "--data-dir", tmp_path)

    assert told.code == 0
    key = next(line.split()[-1] for line in told.out.splitlines() if line.startswith("API key"))
    assert f"touchline serve --data-dir {tmp_path}" in told.err
    assert f"Authorization: Bearer {key}" in told.err
    assert re.match(r"12 of the \d+ touchpoints of \S+ ", told.err)
    assert "Viewed the page " in told.out


def test_the_second_time_it_says_that_nothing_was_added(tmp_path: Path) -> None:
    options = ("--people", "5", "--until", "2026-11-01", "--data-dir", tmp_path)
    touchline("demo", *options)

    told = touchline("demo", *options)

    assert told.err.startswith("This year was here already; nothing was added.\n")
    assert "API key" not in told.out


@pytest.mark.parametrize(
    "option, value, line",
    [
        ("--until", "soon", "--until soon is no date such as 2026-11-01\n"),
        ("--people", "0", "touchline: Invalid value for '--people'"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    option: str, value: str, line: str, tmp_path: Path
) -> None:
    refused = touchline("demo", option, value, "--data-dir", tmp_path)

    assert (refused.code, refused.out) == (2, "")
    assert line in refused.err
    assert refused.err.count("\n") == 1
