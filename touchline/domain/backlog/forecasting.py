"""How long a backlog takes, by playing its own weeks again many times.

Each week of a run draws one of the past weeks for what gets done, and another one for what comes in
(a bootstrap of throughput and arrivals; D. Vacanti, *Actionable Agile Metrics*, 2015). All runs go
together, a year of weeks at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

RUNS = 10_000
FEWEST_WEEKS = 6
MOST_WEEKS = 12
HORIZON = 520
"""After so many weeks, ten years, a run counts as one that never drains."""
LONG = 26
_SEED = 6
_AT_ONCE = 13


@dataclass(frozen=True, slots=True)
class Forecast:
    """Weeks until the last item is done, in 50, 85 and 95 of 100 runs.

    ``None`` where so many runs never get there, or where there is too little history.
    """

    item_count: int
    throughput: float
    arrivals: float
    p50: int | None
    p85: int | None
    p95: int | None
    never_drains: float | None
    sentence: str


def forecast(item_count: int, done: Sequence[int], came: Sequence[int]) -> Forecast:
    """The forecast of a list of items from what was done, and what came, in each of past weeks."""
    weeks = len(done)
    pace = (sum(done) / weeks, sum(came) / weeks) if weeks else (0.0, 0.0)
    if weeks < FEWEST_WEEKS:
        known = ("is no week", "is 1 week")[weeks] if weeks < 2 else f"are {weeks} weeks"
        sentence = f"There {known} of history; a forecast needs {FEWEST_WEEKS}."
        return Forecast(item_count, *pace, None, None, None, None, sentence)
    nets = nets_of(done, came)
    drained, by_half = drained_by_week(item_count, nets)
    p50, p85, p95 = (_reached(drained, share) for share in (0.5, 0.85, 0.95))
    never = 1 - drained[-1] / RUNS
    sentence = _sentence(item_count, p85, _reached(by_half, 0.85))
    return Forecast(item_count, *pace, p50, p85, p95, never, sentence)


def nets_of(done: Sequence[int], came: Sequence[int]) -> tuple[int, ...]:
    """By how much the list gets shorter, for each pair of a week of work and a week of news."""
    return tuple(one - other for one in done for other in came)


@lru_cache(maxsize=128)
def drained_by_week(item_count: int, nets: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """How many of the runs have nothing left after 0, 1, 2, … weeks, up to the last that counts.

    Then the same for half of the items: whatever happens in a run happens to both, so that one
    walk tells of both. The same question always has the same answer.
    """
    if item_count <= 0:
        return (RUNS,), (RUNS,)
    numpy = _numpy()
    random = numpy.random.default_rng(_SEED)
    table = numpy.asarray(nets, dtype=numpy.int32)
    counts = item_count, item_count // 2
    drained: tuple[list[int], ...] = [0], [0]
    done = most = numpy.zeros(RUNS, dtype=numpy.int32)
    while done.size and len(drained[0]) <= HORIZON:
        weeks = min(_AT_ONCE, HORIZON + 1 - len(drained[0]))
        drawn = table[random.integers(0, table.size, (weeks, done.size), dtype=numpy.uint8)]
        drawn[0] += done
        sums = numpy.cumsum(drawn, axis=0, out=drawn)
        done, highest = sums[-1].copy(), sums
        numpy.maximum(highest[0], most, out=highest[0])
        numpy.maximum.accumulate(highest, axis=0, out=highest)
        gone = RUNS - done.size
        for count, told in zip(counts, drained, strict=True):
            told += [int(runs) + gone for runs in numpy.count_nonzero(highest >= count, axis=1)]
        is_open = highest[-1] < item_count
        done, most = done[is_open], highest[-1][is_open]
    return tuple(drained[0]), tuple(drained[1])


@cache
def _numpy() -> Any:
    """Loaded when a forecast is first asked for: servers and commands begin without it."""
    return import_module("numpy")


def _reached(drained: Sequence[int], share: float) -> int | None:
    """The first week after which so large a share of the runs has nothing left."""
    return next((week for week, runs in enumerate(drained) if runs >= share * RUNS), None)


def _sentence(item_count: int, p85: int | None, half: int | None) -> str:
    if not item_count:
        return "Nothing stands in this backlog."
    takes = "this backlog never drains" if p85 is None else f"this backlog takes {_span(p85)}"
    said = f"At today's pace {takes}"
    dropped = item_count - item_count // 2
    if item_count > 1 and (p85 is None or p85 > LONG):
        if half is not None:
            return f"{said}; dropping {dropped} items makes it {_span(half)}."
        if p85 is None:
            return f"{said}: as much comes in as gets done."
    return f"{said}."


def _span(weeks: int) -> str:
    if weeks > 104:
        return f"{round(weeks / 52)} years"
    return "1 week" if weeks == 1 else f"{weeks} weeks"
