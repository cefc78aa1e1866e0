"""A call costs the same however deep it is made."""

import time
from statistics import median

from touchline.cli.room import with_room

DEPTHS = 200
CALLS = 2_000


def _nothing(one: int, two: int, three: int, four: int) -> int:
    return one


def _cost() -> float:
    """CPU seconds of many calls; the best of three, as other work may come between."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        for _ in range(CALLS):
            _nothing(1, 2, 3, 4)
        best = min(best, time.process_time() - begun)
    return best


def _cost_at(depth: int) -> float:
    return _cost() if depth == 0 else _cost_at(depth - 1)


def test_no_depth_is_much_dearer_than_the_others() -> None:
    costs = with_room(lambda: [_cost_at(depth) for depth in range(DEPTHS)])

    assert max(costs) < 15 * median(costs)
