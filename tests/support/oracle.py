"""What a condition means, told the simplest way: customer by customer, in memory.

The databases are compared with it; it shares no code with them.
"""

from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any

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
    Sequence,
    Trait,
)
from touchline.domain.conditions.tree import Any as AnyOf

ABSENT = object()
_CASE = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True)
class Event:
    """A touchpoint."""

    at: int
    name: str
    type: str
    properties: dict[str, Any]
    context: dict[str, Any]


@dataclass
class Person:
    """A customer with all that conditions can speak of."""

    traits: dict[str, Any] = field(default_factory=dict)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    account: dict[str, Any] | None = None


def holds(condition: Condition, person: Person, at: int) -> bool:
    """Whether the condition holds of the person at an instant."""
    match condition:
        case All(of=of):
            return all(holds(part, person, at) for part in of)
        case AnyOf(of=of):
            return any(holds(part, person, at) for part in of)
        case Not(of=part):
            return not holds(part, person, at)
        case Trait(name=name, test=test):
            return meets(person.traits.get(name, ABSENT), test)
        case AccountTrait(name=name, test=test):
            return meets((person.account or {}).get(name, ABSENT), test)
        case Identifier(kind=kind, test=test):
            return _identified(person, kind, test)
        case Did():
            return _did(condition, person, at)
        case Sequence():
            return _in_order(condition, person, at)
        case Channel():
            return any(
                _came_by(condition, one) and _counts(one, at, condition.within)
                for one in person.events
            )
        case _:
            raise AssertionError(condition)


def meets(value: Any, test: Comparison) -> bool:
    """Whether a value meets a test."""
    known = value is not ABSENT and value is not None
    match test.operator:
        case Operator.EXISTS:
            return known
        case Operator.MISSING:
            return not known
        case Operator.EQUALS:
            return known and _same(value, test.value)
        case Operator.NOT_EQUALS:
            return known and not _same(value, test.value)
        case Operator.ONE_OF:
            return known and any(_same(value, one) for one in test.values)
        case Operator.CONTAINS:
            return isinstance(value, str) and _small(test.value) in _small(value)
        case Operator.STARTS_WITH:
            return isinstance(value, str) and _small(value).startswith(_small(test.value))
    if _sort(value) != _sort(test.value) or _sort(value) not in {"text", "number"}:
        return False
    answers: dict[Operator, bool] = {
        Operator.LESS_THAN: value < test.value,
        Operator.AT_MOST: value <= test.value,
        Operator.MORE_THAN: value > test.value,
        Operator.AT_LEAST: value >= test.value,
    }
    return answers[test.operator]


def _identified(person: Person, kind: str, test: Comparison | None) -> bool:
    values = [value for known, value in person.identifiers if known == kind]
    if test is None:
        return bool(values)
    if test.operator is Operator.MISSING:
        return not values
    return any(meets(value, test) for value in values)


def _did(leaf: Did, person: Person, at: int) -> bool:
    count = sum(
        _is(leaf, one)
        and _counts(one, at, leaf.within)
        and (leaf.since is None or one.at >= leaf.since)
        and (leaf.until is None or one.at < leaf.until)
        for one in person.events
    )
    least = leaf.at_least if leaf.at_least is not None else int(leaf.at_most is None)
    return least <= count and (leaf.at_most is None or count <= leaf.at_most)


def _in_order(leaf: Sequence, person: Person, at: int) -> bool:
    events = sorted(
        (one for one in person.events if _counts(one, at, leaf.within)), key=lambda one: one.at
    )
    return any(
        all(_is(step, one) for step, one in zip(leaf.steps, chosen, strict=True))
        and all(one.at < then.at for one, then in pairwise(chosen))
        and (leaf.span is None or chosen[-1].at - chosen[0].at < leaf.span)
        for chosen in combinations(events, len(leaf.steps))
    )


def _counts(one: Event, at: int, within: int | None) -> bool:
    return one.at <= at and (within is None or one.at > at - within)


def _is(step: Any, one: Event) -> bool:
    if step.event not in (None, one.name) or step.type not in (None, one.type):
        return False
    return all(meets(_found(one.properties, where.property), where.test) for where in step.where)


def _came_by(leaf: Channel, one: Event) -> bool:
    tests = {"source": leaf.source, "medium": leaf.medium, "name": leaf.campaign}
    return all(
        test is None or meets(_found(one.context, f"campaign.{key}"), test)
        for key, test in tests.items()
    )


def _found(document: Any, path: str) -> Any:
    for key in path.split("."):
        if not isinstance(document, dict) or key not in document:
            return ABSENT
        document = document[key]
    return document


def _same(one: Any, other: Any) -> bool:
    return _sort(one) == _sort(other) and one == other


def _sort(value: Any) -> str:
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, str):
        return "text"
    return "number" if isinstance(value, int | float) else "other"


def _small(text: Any) -> str:
    return str(text).translate(_CASE)
