"""Fractional keys: always room, always in order, never long."""

from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.backlog.ranking import LONGEST, between, spread


@given(st.lists(st.integers(0, 10**6), max_size=120))
def test_keys_stay_in_order_however_people_move(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        low = keys[at - 1] if at else None
        high = keys[at] if at < len(keys) else None
        keys.insert(at, between(low, high))
    assert keys == sorted(set(keys))
    assert not any(key.endswith("0") for key in keys)


@given(st.integers(0, 5_000))
def test_a_list_that_is_spread_is_short_and_has_room_everywhere(count: int) -> None:
    keys = spread(count)
    assert keys == sorted(set(keys))
    assert len(keys) == count
    assert max(map(len, keys), default=0) <= 4
    for low, high in zip([None, *keys], [*keys, None], strict=True):
        made = between(low, high)
        assert (low or "") < made
        assert high is None or made < high


def test_a_gap_takes_many_moves_before_keys_are_long() -> None:
    """The worst a person can do: always into the same gap, from either side."""
    low, high, moves = "A", "B", 0
    while len(between(low, high)) <= LONGEST:
        low, high = (between(low, high), high) if moves % 2 else (low, between(low, high))
        moves += 1
    assert moves > 150


def test_the_ends_take_many_more() -> None:
    for ahead in (True, False):
        key, moves = between(None, None), 0
        while len(key) <= LONGEST:
            key = between(key, None) if ahead else between(None, key)
            moves += 1
        assert moves > 1_500
