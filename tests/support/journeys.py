"""Journeys for tests of attribution: made in one line, or drawn by hypothesis."""

from hypothesis import strategies as st

from touchline.domain.attribution.journeys import Journey, Touch
from touchline.domain.kernel.clock import DAY

CHANNELS = ("ads", "direct", "mail", "search", "social")


def journey(*channels: str, conversions: int = 1, value: int = 100, apart: int = DAY) -> Journey:
    """Touches of these channels, so long apart; ``direct`` is direct."""
    touches = tuple(
        Touch(at * apart, channel, channel == "direct", at) for at, channel in enumerate(channels)
    )
    return Journey(touches, (len(channels) - 1) * apart, conversions, value)


JOURNEYS = st.builds(
    lambda channels, conversions, value, apart: journey(
        *channels, conversions=conversions, value=value, apart=apart
    ),
    st.lists(st.sampled_from(CHANNELS), min_size=1, max_size=12),
    st.integers(0, 3),
    st.integers(0, 10**12),
    st.integers(0, 90 * DAY),
)
"""Some convert, others do not."""
