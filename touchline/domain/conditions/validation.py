"""Whether a condition says something that can be answered.

Every refusal names the place in the tree: ``("condition", "all", 1, "did", "within")``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from touchline.domain.conditions.cycles import Place, check_references
from touchline.domain.conditions.errors import ConditionCode as Code
from touchline.domain.conditions.registry import Reference
from touchline.domain.conditions.tree import (
    AccountTrait,
    All,
    Channel,
    Comparison,
    Condition,
    Did,
    Identifier,
    Not,
    Operator,
    Score,
    Step,
    Trait,
    Where,
)
from touchline.domain.conditions.tree import Any as AnyOf
from touchline.domain.conditions.tree import Sequence as InOrder
from touchline.domain.conditions.value_tests import check_test, check_text
from touchline.domain.identity.normalising import UnusableIdentifier, normalise_kind
from touchline.domain.kernel.clock import DAY, Moment
from touchline.domain.kernel.errors import PathStep, Refused
from touchline.domain.timeline.types import TouchpointType

MOST_NODES = 200
DEEPEST = 10
MOST_STEPS = 10
MOST_WHERE = 20
MOST_VALUES = 1_000
MOST_COUNT = 1_000_000
LONGEST_WINDOW = 36_500 * DAY

Path = tuple[PathStep, ...]


async def check(
    condition: Condition,
    *,
    path: Sequence[PathStep] = ("condition",),
    owner: Reference | None = None,
) -> None:
    """Raise ``Refused`` where the condition is too large, empty or contradictory, where it names
    what does not exist, or where what it names depends on ``owner``, whose condition it is to be.
    """
    await check_references(check_shape(condition, path), owner)


def check_shape(condition: Condition, path: Sequence[PathStep] = ("condition",)) -> list[Place]:
    """The same but for what it names; returns its parts and their places."""
    start = tuple(path)
    leaves: list[Place] = []
    size = values = 0
    for part, at, depth in walk(condition, start):
        tests = list(_tests(part))
        size += 1 + len(tests)
        values += sum(len(test.values) for test in tests)
        if size > MOST_NODES or values > MOST_VALUES:
            message = f"A condition has at most {MOST_NODES} parts and {MOST_VALUES:,} values."
            raise Refused(Code.CONDITION_TOO_LARGE, message, start)
        if depth > DEEPEST:
            message = f"A condition nests at most {DEEPEST} levels."
            raise Refused(Code.CONDITION_TOO_LARGE, message, at)
        if isinstance(part, All | AnyOf) and not part.of:
            raise Refused(Code.CONDITION_EMPTY, "Name at least one condition.", at)
        _CHECKS.get(type(part), _nothing)(part, at)
        leaves.append((part, at))
    return leaves


def walk(condition: Condition, path: Path) -> Iterator[tuple[Condition, Path, int]]:
    """Every part of a condition with its place and its depth (1 for the whole), level by level."""
    level = [(condition, path)]
    depth = 1
    while level:
        below = []
        for part, at in level:
            yield part, (*at, _word(part)), depth
            if isinstance(part, All | AnyOf):
                below += [(one, (*at, _word(part), n)) for n, one in enumerate(part.of)]
            elif isinstance(part, Not):
                below.append((part.of, (*at, _word(part))))
        level = below
        depth += 1


def _tests(part: Condition) -> Iterator[Comparison]:
    """Every comparison of a leaf; a step without any counts as one."""
    if isinstance(part, Trait | AccountTrait):
        yield part.test
    elif isinstance(part, Did):
        yield from (where.test for where in part.where)
    elif isinstance(part, InOrder):
        for step in part.steps:
            yield from (where.test for where in step.where)
            yield Comparison(Operator.EXISTS)
    elif isinstance(part, Identifier) and part.test is not None:
        yield part.test


def _word(part: Condition) -> str:
    return str(part.__struct_config__.tag)


def _nothing(_part: Any, _at: Path) -> None:
    return


def _trait(leaf: Trait | AccountTrait, at: Path) -> None:
    check_text(leaf.name, (*at, "name"))
    check_test(leaf.test, (*at, "is"))


def _identifier(leaf: Identifier, at: Path) -> None:
    try:
        known = normalise_kind(leaf.kind)
    except UnusableIdentifier:
        known = ""
    if known != leaf.kind:
        message = f"{leaf.kind!r} is not how a kind of identifier is written."
        raise Refused(Code.IDENTIFIER_INVALID, message, (*at, "kind"))
    if leaf.test is not None:
        check_test(leaf.test, (*at, "is"), only_text=True)


def _did(leaf: Did, at: Path) -> None:
    _check_step(Step(leaf.event, leaf.type, leaf.where), at)
    for name, count in (("at_least", leaf.at_least), ("at_most", leaf.at_most)):
        if count is not None and not 0 <= count <= MOST_COUNT:
            message = f"A count lies between 0 and {MOST_COUNT:,}."
            raise Refused(Code.COUNT_INVALID, message, (*at, name))
    if leaf.at_most is None and leaf.at_least == 0:
        message = "At least 0 times is always so; name 1 or more."
        raise Refused(Code.COUNT_INVALID, message, (*at, "at_least"))
    if leaf.at_most is not None and leaf.at_most < (leaf.at_least or 0):
        message = "At most is less than at least."
        raise Refused(Code.COUNT_INVALID, message, (*at, "at_most"))
    _check_window(leaf.within, (*at, "within"))
    if leaf.within is not None and (leaf.since is not None or leaf.until is not None):
        message = "Give a duration, or instants between which it is, not both."
        raise Refused(Code.WINDOW_INVALID, message, (*at, "within"))
    if leaf.since is not None and leaf.until is not None and leaf.since >= leaf.until:
        message = "The end lies after the beginning."
        raise Refused(Code.WINDOW_INVALID, message, (*at, "to"))


def _sequence(leaf: InOrder, at: Path) -> None:
    if not 2 <= len(leaf.steps) <= MOST_STEPS:
        message = f"A sequence has 2 to {MOST_STEPS} steps."
        raise Refused(Code.CONDITION_EMPTY, message, (*at, "steps"))
    for number, step in enumerate(leaf.steps):
        _check_step(step, (*at, "steps", number))
    _check_window(leaf.span, (*at, "span"))
    _check_window(leaf.within, (*at, "within"))


def _channel(leaf: Channel, at: Path) -> None:
    tests = [(name, getattr(leaf, name)) for name in ("source", "medium", "campaign")]
    for name, test in tests:
        if test is not None:
            check_test(test, (*at, name))
    if all(test is None for _, test in tests):
        message = "Say something of the source, the medium or the campaign."
        raise Refused(Code.CONDITION_EMPTY, message, at)
    _check_window(leaf.within, (*at, "within"))


def _score(leaf: Score, at: Path) -> None:
    ranged = leaf.at_least is not None or leaf.at_most is not None
    if ranged == (leaf.band is not None):
        message = "Give a least or most score, or else a band."
        raise Refused(Code.VALUE_INVALID, message, at)


def _check_step(step: Step, at: Path) -> None:
    if step.event is None and step.type is None:
        raise Refused(Code.EVENT_UNNAMED, "Name the event, or the type of touchpoint.", at)
    if step.event is not None:
        check_text(step.event, (*at, "event"))
    if step.type is not None and step.type not in TouchpointType.__members__:
        message = f"There is no type of touchpoint called {step.type!r}."
        raise Refused(Code.EVENT_UNNAMED, message, (*at, "type"))
    if len(step.where) > MOST_WHERE:
        message = f"At most {MOST_WHERE} properties can be tested."
        raise Refused(Code.CONDITION_TOO_LARGE, message, (*at, "where"))
    for number, where in enumerate(step.where):
        _check_where(where, (*at, "where", number))


def _check_where(where: Where, at: Path) -> None:
    check_text(where.property, (*at, "property"))
    if any(
        not key or not key.isprintable() or set(key) & {'"', "\\"}
        for key in where.property.split(".")
    ):
        message = "A property is named by keys with dots between, such as product.sku."
        raise Refused(Code.NAME_INVALID, message, (*at, "property"))
    check_test(where.test, (*at, "is"))


def _check_window(window: Moment | None, at: Path) -> None:
    if window is not None and not 0 < window <= LONGEST_WINDOW:
        message = "A window is longer than nothing and at most 100 years."
        raise Refused(Code.WINDOW_INVALID, message, at)


_CHECKS: Mapping[type[Any], Callable[[Any, Path], None]] = {
    Trait: _trait,
    AccountTrait: _trait,
    Identifier: _identifier,
    Did: _did,
    InOrder: _sequence,
    Channel: _channel,
    Score: _score,
}
