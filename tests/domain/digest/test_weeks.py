"""When the weekly update is due."""

import pytest

from touchline.domain.digest.weeks import last_due
from touchline.domain.kernel.clock import format_moment, parse_moment


@pytest.mark.parametrize(
    "at, when, due",
    [
        ("2026-03-02T09:00:00Z", "MON 07:00", "2026-03-02T07:00:00.000Z"),
        ("2026-03-02T07:00:00Z", "MON 07:00", "2026-03-02T07:00:00.000Z"),
        ("2026-03-02T06:59:59Z", "MON 07:00", "2026-02-23T07:00:00.000Z"),
        ("2026-03-02T09:00:00Z", "SUN 23:59", "2026-03-01T23:59:00.000Z"),
        ("2026-03-02T09:00:00Z", "TUE 00:00", "2026-02-24T00:00:00.000Z"),
    ],
)
def test_it_is_due_once_a_week_at_its_hour(at: str, when: str, due: str) -> None:
    assert format_moment(last_due(parse_moment(at), when)) == due
