"""What a scoring model says, as one document that is stored, published and compared as a whole."""

from collections.abc import Sequence
from functools import lru_cache

import msgspec
from msgspec import Struct

from touchline.domain.conditions.tree import Condition, Did
from touchline.domain.kernel.clock import Moment
from touchline.domain.scoring.bands import Band


class Rule(Struct, frozen=True, omit_defaults=True):
    """Points, in micro-points, for each occurrence of an event or while a condition holds.

    ``cap_per_day`` bounds what the rule adds on one day (UTC); ``once`` counts the first
    occurrence alone. ``key`` names the rule within its model, through all versions.
    """

    key: int
    name: str
    points: int
    condition: Condition
    dimension: str | None = None
    once: bool = False
    cap_per_day: int | None = None
    group: str | None = None

    @property
    def event(self) -> Did | None:
        """The event whose every occurrence counts; ``None`` where a condition must hold."""
        did = self.condition
        if not isinstance(did, Did):
            return None
        bounds = (did.at_least, did.at_most, did.within, did.since, did.until)
        return did if bounds == (None,) * len(bounds) else None


Placed = tuple[int, Rule, Did]


class Group(Struct, frozen=True, omit_defaults=True):
    """Rules that together add at most so much on one day (UTC), in micro-points."""

    name: str
    cap_per_day: int


class Definition(Struct, frozen=True, omit_defaults=True):
    """Rules, bands, and how points fade: by halves, after a window, or never."""

    rules: tuple[Rule, ...]
    bands: tuple[Band, ...] = ()
    groups: tuple[Group, ...] = ()
    half_life: Moment | None = None
    window: Moment | None = None

    def of_events(self) -> Sequence[Placed]:
        """The rules of which each occurrence counts, with their places."""
        return [
            (place, rule, event)
            for place, rule in enumerate(self.rules)
            if (event := rule.event) is not None
        ]

    def of_conditions(self) -> Sequence[tuple[int, Rule]]:
        """The rules that count while their condition holds, with their places."""
        return [(place, rule) for place, rule in enumerate(self.rules) if rule.event is None]

    def has_caps(self) -> bool:
        """Whether some occurrences may count for less than the points of their rule."""
        return bool(self.groups) or any(
            rule.once or rule.cap_per_day is not None for rule in self.rules
        )

    def spends_in_silence(self) -> bool:
        """Whether the first occurrence of a rule that counts once may find its group used up: then
        it counts for nothing, and so do all others.
        """
        return any(rule.once and rule.group is not None for rule in self.rules)


_decoder = msgspec.json.Decoder(Definition)


def to_json(definition: Definition) -> str:
    """The definition as text; equal ones give equal text."""
    return msgspec.json.encode(definition, order="deterministic").decode()


@lru_cache(maxsize=256)
def from_json(text: str | bytes) -> Definition:
    """Read what ``to_json`` wrote."""
    return _decoder.decode(text)
