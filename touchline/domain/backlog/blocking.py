"""How long something stood in the way of items: from the flag to its end."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from touchline.domain.kernel.clock import Moment


@dataclass(frozen=True, slots=True)
class Flag:
    """The flag of an item went up, or came down: lifted, or because the item was closed."""

    item_id: int
    at: Moment
    is_up: bool


def blocked_times(flags: Iterable[Flag], since: Moment, until: Moment) -> Mapping[int, Moment]:
    """For how many milliseconds each item was blocked from ``since`` on and before ``until``.

    ``flags`` are in the order in which they were written. Items that were not are left out.
    """
    up: dict[int, Moment] = {}
    times: Counter[int] = Counter()
    for flag in flags:
        if flag.is_up:
            up.setdefault(flag.item_id, flag.at)
        elif flag.item_id in up:
            times[flag.item_id] += _within(up.pop(flag.item_id), flag.at, since, until)
    for item_id, at in up.items():
        times[item_id] += _within(at, until, since, until)
    return {item_id: time for item_id, time in times.items() if time}


def _within(begun: Moment, ended: Moment, since: Moment, until: Moment) -> Moment:
    return max(0, min(ended, until) - max(begun, since))
