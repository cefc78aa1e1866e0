"""What people write of a scoring model, on its way to a definition."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from touchline.domain.conditions.tree import Condition
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.errors import Refused
from touchline.domain.scoring.bands import Band
from touchline.domain.scoring.checking import LONGEST_NAME
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.definition import Definition, Group, Rule
from touchline.domain.scoring.errors import ScoreErrorCode as Code

_LONGEST_EVENT = 200


@dataclass(frozen=True, slots=True)
class RuleText:
    """What people write of a rule; points in micro-points."""

    name: str
    points: int
    condition: Condition
    dimension: str | None = None
    once: bool = False
    cap_per_day: int | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class ModelText:
    """What people write of a model."""

    name: str
    rules: Sequence[RuleText]
    bands: Sequence[Band] = ()
    groups: Sequence[Group] = ()
    half_life: Moment | None = None
    window: Moment | None = None
    conversion: str | None = None


def definition_of(text: ModelText, keys: Sequence[int]) -> Definition:
    rules = tuple(
        Rule(
            key=key,
            name=rule.name.strip(),
            points=rule.points,
            condition=rule.condition,
            dimension=rule.dimension,
            once=rule.once,
            cap_per_day=rule.cap_per_day,
            group=rule.group,
        )
        for key, rule in zip(keys, text.rules, strict=True)
    )
    return Definition(rules, tuple(text.bands), tuple(text.groups), text.half_life, text.window)


def bands_json(text: ModelText) -> str:
    """The bands as they are shown."""
    shown = [{"name": band.name, "minimum": band.minimum / MICRO} for band in text.bands]
    return orjson.dumps(shown).decode()


def conversion_event(name: str | None) -> str | None:
    """The event by which a model is tried; refuses what cannot be the name of one."""
    event = (name or "").strip()
    if len(event) > _LONGEST_EVENT or "\x00" in event:
        message = f"An event's name has at most {_LONGEST_EVENT} characters."
        raise Refused(Code.CONVERSION_INVALID, message, ("conversion",))
    return event or None


def model_name(name: str) -> str:
    found = name.strip()
    if not 1 <= len(found) <= LONGEST_NAME or "\x00" in found:
        message = f"A model's name has 1 to {LONGEST_NAME} characters."
        raise Refused(Code.NAME_INVALID, message, ("name",))
    return found
