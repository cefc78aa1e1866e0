"""When an event happened, past the wrong clock of a device."""

import pytest

from touchline.domain.collect.clock_correction import Clock, correct
from touchline.domain.kernel.clock import parse_moment

NOW = parse_moment("2026-03-02T09:00:00Z")


def at(text: str) -> int:
    return parse_moment(text)


@pytest.mark.parametrize(
    ("sent_at", "original", "expected", "clock"),
    [
        (None, None, "2026-03-02T09:00:00Z", Clock.RECEIVED),
        ("2026-03-02T09:00:00Z", None, "2026-03-02T09:00:00Z", Clock.RECEIVED),
        # The device is an hour ahead and spoke ten seconds after the event.
        ("2026-03-02T10:00:00Z", "2026-03-02T09:59:50Z", "2026-03-02T08:59:50Z", Clock.CORRECTED),
        # The device stands in 1970.
        ("1970-01-01T00:05:00Z", "1970-01-01T00:04:00Z", "2026-03-02T08:59:00Z", Clock.CORRECTED),
        # An import of something old, sent now.
        ("2026-03-02T09:00:00Z", "2012-12-02T00:30:08Z", "2012-12-02T00:30:08Z", Clock.CORRECTED),
        (None, "2012-12-02T00:30:08Z", "2012-12-02T00:30:08Z", Clock.ORIGINAL),
        (None, "2026-03-02T09:05:00Z", "2026-03-02T09:05:00Z", Clock.ORIGINAL),
        (None, "2026-03-02T09:05:00.001Z", "2026-03-02T09:00:00Z", Clock.UNTRUSTED),
        ("2026-03-02T09:00:00Z", "2026-03-02T09:30:00Z", "2026-03-02T09:00:00Z", Clock.UNTRUSTED),
        ("2150-01-01T00:00:00Z", "2012-12-02T00:30:08Z", "2026-03-02T09:00:00Z", Clock.UNTRUSTED),
    ],
)
def test_the_time_of_an_event(
    sent_at: str | None, original: str | None, expected: str, clock: Clock
) -> None:
    sent = at(sent_at) if sent_at else None
    told = at(original) if original else None
    assert correct(NOW, sent, told) == (at(expected), clock)
