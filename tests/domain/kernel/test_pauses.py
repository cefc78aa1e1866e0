"""Pauses before what failed is tried again."""

from touchline.domain.kernel.pauses import Pauses


def test_pauses_grow_up_to_the_longest() -> None:
    pauses = Pauses(1, 10)
    assert [pauses.next() for _ in range(6)] == [1, 2, 4, 8, 10, 10]


def test_what_fails_again_soon_after_it_came_back_goes_on_where_it_was() -> None:
    now = 100.0
    pauses = Pauses(1, 10, clock=lambda: now)
    assert [pauses.next() for _ in range(3)] == [1, 2, 4]
    pauses.end()
    now += 9.9
    assert [pauses.next() for _ in range(2)] == [8, 10]
    pauses.end()
    now += 10
    assert [pauses.next() for _ in range(2)] == [1, 2]
