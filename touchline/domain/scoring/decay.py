"""Points that fade: forward decay (Cormode, Shkapenyuk, Srivastava, Xu, 2009).

What an occurrence is worth is written once, grown to what it would be worth at the landmark; what
it is worth at any later instant is one multiplication of the sum. So nothing is rewritten as time
passes, and the order of customers does not change with time. Points are whole micro-points.
"""

import math
from collections.abc import Sequence

from touchline.domain.kernel.clock import Moment

MICRO = 1_000_000
"""Micro-points in a point."""

RESCALE_AFTER = 16
"""Half-lives after which the landmark moves; sums would else outgrow 64 bits."""

_OLDEST = -1_000
"""Half-lives after which nothing is left; databases refuse smaller powers."""


def grown(points: int, at: Moment, landmark: Moment, half_life: Moment | None) -> int:
    """What an occurrence at ``at`` adds to a sum that is read from ``landmark`` on."""
    if half_life is None:
        return points
    return math.trunc(points * math.pow(2.0, max((at - landmark) / half_life, _OLDEST)))


def faded(amount: int, at: Moment, landmark: Moment, half_life: Moment | None) -> int:
    """What a sum is worth at ``at``."""
    if half_life is None:
        return amount
    return math.trunc(amount * math.pow(2.0, max((landmark - at) / half_life, _OLDEST)))


def faded_sql(amount: str, at: str, landmark: str, half_life: str) -> str:
    """The SQL of ``faded``, of SQL for each part; some of them stand in it several times."""
    age = f"({landmark} - {at}) / CAST({half_life} AS DOUBLE PRECISION)"
    left = f"power(2.0, CASE WHEN {age} < {_OLDEST} THEN {_OLDEST} ELSE {age} END)"
    worth = f"CAST(trunc({amount} * {left}) AS BIGINT)"
    return f"CASE WHEN {half_life} IS NULL THEN {amount} ELSE {worth} END"


def parted(amounts: Sequence[int], at: Moment, landmark: Moment, half_life: Moment | None) -> int:
    """What the last of some amounts is worth at ``at`` beside those before it.

    The worth of a sum is dealt out by its partial sums: ``parted(a[:1]) + … + parted(a[:n])`` is
    ``faded(sum(a))`` to the last micro-point, and no part is off by two.
    """
    before = sum(amounts[:-1])
    return faded(before + amounts[-1], at, landmark, half_life) - faded(
        before, at, landmark, half_life
    )


def landmark_at(at: Moment, landmark: Moment, half_life: Moment | None) -> Moment:
    """The landmark by which sums should be kept at ``at``: whole half-lives later, when it is time.

    Moving it by whole half-lives divides every sum by a power of two. Sums are made from the log
    by a new build (``upkeep.keep``), so that none is rounded twice.
    """
    if half_life is None or at - landmark < RESCALE_AFTER * half_life:
        return landmark
    return landmark + (at - landmark) // half_life * half_life


def rank(value: int, at: Moment, half_life: Moment | None) -> int:
    """A number by which scores are sorted; that of a fading score does not change with time.

    Without a half-life it is the value. With one it is the instant at which the score will have
    faded to one micro-point (negative for scores below zero, 0 for none).
    """
    if half_life is None or value == 0:
        return value
    instant = at + round(half_life * math.log2(abs(value)))
    return instant if value > 0 else -instant


def crossing(
    fading: int, steady: int, minimum: int, at: Moment, landmark: Moment, half_life: Moment
) -> Moment | None:
    """The first instant after ``at`` at which a sum passes ``minimum``, to the millisecond.

    It passes downwards while the fading part is positive, upwards while it is negative; ``None``
    when it never does.
    """

    rest = minimum - steady
    if fading > rest > 0:  # as nearly all are: tried at once where it is solved to be
        solved = landmark + math.floor(half_life * math.log2(fading / rest))
        if solved >= at and (
            faded(fading, solved, landmark, half_life)
            >= rest
            > faded(fading, solved + 1, landmark, half_life)
        ):
            return solved + 1

    def reaches(moment: Moment) -> bool:
        return faded(fading, moment, landmark, half_life) >= rest

    stands = reaches(at)
    if stands == (rest <= 0):  # it is on the side already on which it will end
        return None
    low, high = _around(fading, rest, at, landmark, half_life)
    if reaches(low) != stands or reaches(high) == stands:  # rounded, at the very edge
        low, high = at, at + half_life
        while reaches(high) == stands:
            low, high = high, high + 2 * (high - low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if reaches(middle) == stands else (low, middle)
    return high


def _around(
    fading: int, rest: int, at: Moment, landmark: Moment, half_life: Moment
) -> tuple[Moment, Moment]:
    """Two instants next to each other between which a sum passes ``rest``, but for rounding."""
    share = abs(fading) / (rest if rest > 0 else 1 - rest)
    met = landmark + math.floor(half_life * math.log2(share)) if share > 0 else at
    return max(at, met), max(at, met) + 1
