"""The team's story as it is written in ``backlog.toml``, read into acts in the order of time."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from touchline.demo.calendar import midnight, working_day
from touchline.domain.kernel.clock import MINUTE, SECOND, Moment

_STORY: Final = Path(__file__).with_name("backlog.toml")
_LINE: Final = re.compile(r"(?P<day>\d+) (?P<who>[a-z]+) (?P<deed>[^:]+)(?:: (?P<words>.+))?")
# Which deed is done at what time of the day: what comes first in the table comes first then.
_HOURS: Final = {
    "closes": (16, 35),
    "plans": (9, 30),
    "notes": (9, 50),
    "improves": (13, 50),
    "delegates": (8, 10),
    "moves": (8, 40),
    "accepts": (9, 5),
    "finds": (9, 15),
    "declines": (9, 20),
    "pulls": (10, 5),
    "proposes": (11, 0),
    "takes": (11, 10),
    "estimates": (11, 30),
    "returns": (11, 40),
    "comments": (12, 0),
    "votes": (12, 30),
    "blocks": (13, 0),
    "unblocks": (13, 20),
    "puts": (13, 30),
    "drops": (13, 40),
    "submits": (15, 0),
    "launches": (16, 0),
}


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what at a moment: ``verb`` is the first word of the ``deed``.

    ``on`` is the key of an item, or the place of a cycle, that it is done with.
    """

    moment: Moment
    who: str
    verb: str
    deed: str = ""
    words: str | None = None
    on: str = ""
    blocked: str | None = None


@cache
def story() -> dict[str, Any]:
    """The whole file."""
    with _STORY.open("rb") as file:
        return tomllib.load(file)


def acts(end: date) -> list[Act]:
    """All that was done before the year's end, in the order of time."""
    told = sorted([*_of_items(), *_of_cycles(), *_of_delegations()], key=lambda one: one[0])
    counts: Counter[tuple[int, str]] = Counter()
    timed = [_timed(end, counts, *one) for one in told]
    last = midnight(end)
    return sorted((one for one in timed if one.moment < last), key=lambda one: one.moment)


_Told = tuple[int, str, str, str | None, str, str | None]
"""Day, who, deed, words, on what, and what blocks."""


def _of_items() -> Iterator[_Told]:
    for item in story()["item"]:
        for line in item["course"]:
            match = _LINE.fullmatch(line)
            assert match is not None, line
            day, who, deed, words = match.group("day", "who", "deed", "words")
            yield int(day), who, deed, words, item["key"], None


def _of_cycles() -> Iterator[_Told]:
    owner = story()["backlog"]["owner"]
    for at, cycle in enumerate(story()["cycle"]):
        yield cycle["begins"], owner, "plans", None, str(at), None
        for note in cycle["huddles"]:
            yield note["day"], note["who"], "notes", note["text"], str(at), note.get("blocked")
        if "improvements" in cycle:
            yield cycle["begins"] + 9, owner, "closes", cycle["showcase"], str(at), None
            for place, day in enumerate(cycle["finished"]):
                yield day, owner, f"improves {place}", None, str(at), None


def _of_delegations() -> Iterator[_Told]:
    owner = story()["backlog"]["owner"]
    for one in story()["delegation"]:
        deed = f"delegates {one['to']} {one['days']}"
        yield one["day"], owner, deed, one["reason"], "", None


def _timed(
    end: date,
    counts: Counter[tuple[int, str]],
    day: int,
    who: str,
    deed: str,
    words: str | None,
    on: str,
    blocked: str | None,
) -> Act:
    """An act with its minute: those of one sort follow each other in the order of the file."""
    verb = deed.split()[0]
    place = counts[day, verb]
    counts[day, verb] += 1
    hour, minute = _HOURS[verb]
    odd = (day * 7_919 + place * 104_729 + hour * 31) % (55 * SECOND)
    moment = working_day(end, day) + (60 * hour + minute + place) * MINUTE + odd
    return Act(moment, who, verb, deed, words, on, blocked)
