"""From one order of a list to another, item by item. Pure.

An item whose turn it is goes directly behind what stands before it in the wanted order and is in
its place already, or on top. Whatever turns are taken, in whichever order: once all are taken, the
list stands in the wanted order.
"""

from collections.abc import Collection, Sequence

from touchline.domain.backlog.advising import Disagreement


def wanted_order(order: Sequence[int], moves: Sequence[Disagreement]) -> list[int]:
    """The list as a formula would have it."""
    wanted = list(order)
    for one in moves:
        wanted[one.formula_rank - 1] = one.item_id
    return wanted


def behind(wanted: Sequence[int], settled: Collection[int], item: int) -> int | None:
    """The item behind which one goes when it is its turn; ``None`` for the top.

    ``settled`` are those that are in the list and in their place.
    """
    before = wanted[: wanted.index(item)]
    return next((one for one in reversed(before) if one in settled), None)


def put(order: Sequence[int], item: int, after: int | None) -> list[int]:
    """The list with an item elsewhere."""
    left = [one for one in order if one != item]
    at = 0 if after is None else left.index(after) + 1
    return [*left[:at], item, *left[at:]]
