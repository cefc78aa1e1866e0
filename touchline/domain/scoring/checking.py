"""What a scoring model must be like before it is written."""

from collections.abc import Sequence

from touchline.domain.conditions.validation import check
from touchline.domain.kernel.clock import DAY, HOUR
from touchline.domain.kernel.errors import PathStep, Refused
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.definition import Definition, Rule
from touchline.domain.scoring.errors import ScoreErrorCode as Code
from touchline.domain.scoring.leaf import SCORE_LEAF

MOST_RULES = 100
MOST_BANDS = 20
MOST_POINTS = 10_000 * MICRO
LONGEST_NAME = 100
SHORTEST_HALF_LIFE = HOUR
LONGEST_HALF_LIFE = 3_650 * DAY
_HIGHEST_BAND = 1_000_000_000 * MICRO


async def check_definition(definition: Definition, model_id: int | None) -> None:
    """Raise ``Refused`` with the path of what is wrong; nothing may depend on the model itself."""
    _check_fading(definition)
    _check_groups(definition)
    if not 1 <= len(definition.rules) <= MOST_RULES:
        message = f"A model has 1 to {MOST_RULES} rules."
        raise Refused(Code.RULES_INVALID, message, ("rules",))
    groups = {group.name for group in definition.groups}
    for at, rule in enumerate(definition.rules):
        _check_rule(rule, ("rules", at), groups)
        owner = (SCORE_LEAF.word, model_id) if model_id is not None else None
        await check(rule.condition, path=("rules", at, "condition"), owner=owner)
    _check_bands(definition)


def _check_fading(definition: Definition) -> None:
    half_life, window = definition.half_life, definition.window
    if half_life is not None and not SHORTEST_HALF_LIFE <= half_life <= LONGEST_HALF_LIFE:
        message = "A half-life lasts an hour to ten years."
        raise Refused(Code.HALF_LIFE_INVALID, message, ("halfLife",))
    if window is not None and not 0 < window <= LONGEST_HALF_LIFE:
        raise Refused(Code.WINDOW_INVALID, "A window lasts up to ten years.", ("window",))
    if half_life is not None and window is not None:
        message = "Points fade by a half-life or count in a window, not both."
        raise Refused(Code.WINDOW_INVALID, message, ("window",))


def _check_groups(definition: Definition) -> None:
    seen: set[str] = set()
    for at, group in enumerate(definition.groups):
        _check_name(group.name, Code.GROUP_INVALID, ("groups", at, "name"))
        if group.name in seen:
            message = f"There are two groups called {group.name}."
            raise Refused(Code.GROUP_INVALID, message, ("groups", at, "name"))
        seen.add(group.name)
        least = max((r.points for r in definition.rules if r.group == group.name), default=1)
        if group.cap_per_day < least:
            message = "A cap below what one occurrence gives would cut every one."
            raise Refused(Code.CAP_INVALID, message, ("groups", at, "capPerDay"))


def _check_rule(rule: Rule, path: Sequence[PathStep], groups: set[str]) -> None:
    _check_name(rule.name, Code.NAME_INVALID, (*path, "name"))
    if rule.dimension is not None:
        _check_name(rule.dimension, Code.DIMENSION_INVALID, (*path, "dimension"))
    if rule.points == 0 or abs(rule.points) > MOST_POINTS:
        message = f"Points are up to {MOST_POINTS // MICRO:,} either way, and not 0."
        raise Refused(Code.POINTS_INVALID, message, (*path, "points"))
    if rule.cap_per_day is not None or rule.group is not None:
        field = "capPerDay" if rule.cap_per_day is not None else "group"
        if rule.points < 0 or rule.event is None:
            message = "Only points given for each occurrence of an event can be capped."
            raise Refused(Code.CAP_INVALID, message, (*path, field))
    if rule.cap_per_day is not None and rule.cap_per_day < rule.points:
        message = "A cap below what one occurrence gives would cut every one."
        raise Refused(Code.CAP_INVALID, message, (*path, "capPerDay"))
    if rule.group is not None and rule.group not in groups:
        message = f"There is no group called {rule.group}."
        raise Refused(Code.GROUP_INVALID, message, (*path, "group"))


def _check_bands(definition: Definition) -> None:
    bands = definition.bands
    if len(bands) > MOST_BANDS:
        raise Refused(Code.BANDS_INVALID, f"A model has up to {MOST_BANDS} bands.", ("bands",))
    for at, band in enumerate(bands):
        _check_name(band.name, Code.BANDS_INVALID, ("bands", at, "name"))
        if abs(band.minimum) > _HIGHEST_BAND:
            message = "A band begins between minus and plus a billion."
            raise Refused(Code.BANDS_INVALID, message, ("bands", at, "minimum"))
        if any(other.name == band.name for other in bands[:at]):
            message = f"There are two bands called {band.name}."
            raise Refused(Code.BANDS_INVALID, message, ("bands", at, "name"))
        if at and bands[at - 1].minimum >= band.minimum:
            message = "Each band begins above the one before it."
            raise Refused(Code.BANDS_INVALID, message, ("bands", at, "minimum"))


def _check_name(name: str, code: Code, path: Sequence[PathStep]) -> None:
    if not 1 <= len(name) <= LONGEST_NAME or "\x00" in name or name != name.strip():
        message = f"A name has 1 to {LONGEST_NAME} characters."
        raise Refused(code, message, tuple(path))
