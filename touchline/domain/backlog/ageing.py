"""Whether work under way is older than what the team usually needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.backlog.percentiles import percentile
from touchline.domain.kernel.clock import DAY, Moment

LOOKED_BACK = 12 * 7 * DAY
FEWEST_FINISHED = 10
_SHARE = 85


@dataclass(frozen=True, slots=True)
class Usual:
    """What the team usually needs: the days that 85 of 100 items took, of so many finished ones.

    ``days`` is ``None`` when there are too few of them to say.
    """

    days: float | None
    finished: int


@dataclass(frozen=True, slots=True)
class Age:
    """How old work under way is, beside what is usual; ``is_old`` is ``None`` if unknown."""

    days: float
    usual: Usual
    is_old: bool | None
    sentence: str


def usual(cycle_times: Sequence[Moment]) -> Usual:
    """What is usual by the times from the first pull to the launch, in milliseconds."""
    if len(cycle_times) < FEWEST_FINISHED:
        return Usual(None, len(cycle_times))
    return Usual(percentile([time / DAY for time in sorted(cycle_times)], _SHARE), len(cycle_times))


def age_beside(pulled_at: Moment, moment: Moment, known: Usual) -> Age:
    """The age of what was first pulled at an instant."""
    days = round(max(0, moment - pulled_at) / DAY, 3)
    if known.days is None:
        sentence = (
            f"It is under way for {_days(days)}. What is usual is known from {FEWEST_FINISHED} "
            f"launched items on; the last 12 weeks have {known.finished}."
        )
        return Age(days, known, None, sentence)
    is_old = days > known.days
    beside = "more" if is_old else "no more"
    sentence = (
        f"It is under way for {_days(days)}, {beside} than the {_days(known.days)} in which 85 of "
        f"100 items were launched (n = {known.finished})."
    )
    return Age(days, known, is_old, sentence)


def _days(days: float) -> str:
    return "1 day" if days == 1 else f"{days:.1f} days"
