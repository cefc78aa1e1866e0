"""What of all that a customer does is one touch."""

from touchline.domain.attribution.visits import PAUSE, Seen, visits
from touchline.domain.kernel.clock import MINUTE

SEARCH, MAIL, DIRECT, INSIDE = 1, 2, 3, 4


def seen(*told: tuple[float, int, int | None]) -> list[Seen]:
    """Minute, channel and asset of each touchpoint."""
    return [
        Seen(number, int(minute * MINUTE), channel, "", asset, channel != INSIDE)
        for number, (minute, channel, asset) in enumerate(told, 1)
    ]


def begun(*told: tuple[float, int, int | None]) -> list[int]:
    """The touchpoints by which visits began."""
    return [visit.first.id for visit in visits(seen(*told), {DIRECT})]


def test_a_visit_goes_on_while_something_happens_every_half_hour() -> None:
    assert begun((0, SEARCH, None), (30, SEARCH, None), (60, SEARCH, None)) == [1]
    assert begun((0, SEARCH, None), (30.1, SEARCH, None)) == [1, 2]
    assert PAUSE == 30 * MINUTE


def test_another_channel_begins_a_visit_but_for_direct() -> None:
    assert begun((0, SEARCH, None), (5, MAIL, None), (9, SEARCH, None)) == [1, 2, 3]
    assert begun((0, SEARCH, None), (5, DIRECT, None)) == [1]
    assert begun((0, DIRECT, None), (5, SEARCH, None)) == [1, 2]


def test_content_is_read_within_a_visit_or_is_one_of_its_own() -> None:
    assert begun((0, SEARCH, None), (5, INSIDE, 7), (34, INSIDE, 8)) == [1]
    assert begun((0, SEARCH, None), (31, INSIDE, 7), (40, INSIDE, 8)) == [1, 2]


def test_what_was_read_shares_a_visit_each_asset_once() -> None:
    (visit,) = visits(
        seen((0, SEARCH, None), (1, INSIDE, 7), (2, INSIDE, 8), (3, INSIDE, 7)), {DIRECT}
    )
    assert [part.id for part in visit.parts((10 * MINUTE, 9))] == [2, 3]
    assert [part.id for part in visit.parts((1 * MINUTE, 2))] == [2]
    assert [part.id for part in visit.parts((0, 1))] == [1]
