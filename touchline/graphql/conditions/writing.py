"""A condition in the shape in which a caller would send it."""

from collections.abc import Callable, Mapping
from typing import Any

from touchline.domain.conditions.tree import (
    AccountTrait,
    All,
    Channel,
    Comparison,
    Condition,
    Did,
    HasTag,
    Identifier,
    InSegment,
    InStage,
    Not,
    Operator,
    Score,
    Sequence,
    Step,
    Trait,
    Where,
)
from touchline.domain.conditions.tree import Any as AnyOf
from touchline.domain.kernel.clock import format_moment
from touchline.domain.kernel.ids import global_id
from touchline.graphql.base.durations import format_duration

Shape = dict[str, Any]

_OPERATORS = {
    Operator.EQUALS: "equals",
    Operator.NOT_EQUALS: "notEquals",
    Operator.CONTAINS: "contains",
    Operator.STARTS_WITH: "startsWith",
    Operator.LESS_THAN: "lessThan",
    Operator.AT_MOST: "atMost",
    Operator.MORE_THAN: "moreThan",
    Operator.AT_LEAST: "atLeast",
}


def written(condition: Condition) -> Shape:
    """A ``ConditionInput`` that means the same."""
    if isinstance(condition, All | AnyOf):
        name = "all" if isinstance(condition, All) else "any"
        return {name: [written(part) for part in condition.of]}
    if isinstance(condition, Not):
        return {"not": written(condition.of)}
    return _LEAVES[type(condition)](condition)


def _comparison(test: Comparison) -> Shape:
    match test.operator:
        case Operator.EXISTS | Operator.MISSING:
            return {"exists": test.operator is Operator.EXISTS}
        case Operator.ONE_OF:
            return {"oneOf": list(test.values)}
        case _:
            return {_OPERATORS[test.operator]: test.value}


def _given(**members: Any) -> Shape:
    return {name.rstrip("_"): value for name, value in members.items() if value is not None}


def _where(tests: tuple[Where, ...]) -> list[Shape] | None:
    return [{"property": one.property, "is": _comparison(one.test)} for one in tests] or None


def _step(step: Step | Did) -> Shape:
    return _given(event=step.event, type=step.type, where=_where(step.where))


def _did(leaf: Did) -> Shape:
    exact = leaf.at_least is not None and leaf.at_least == leaf.at_most
    counts = {"atLeast": leaf.at_least, "atMost": leaf.at_most}
    when = _given(
        within=_length(leaf.within),
        from_=None if leaf.since is None else format_moment(leaf.since),
        to=None if leaf.until is None else format_moment(leaf.until),
    )
    counted = {"exactly": leaf.at_least} if exact else _given(**counts)
    return {"did": _step(leaf) | counted | when}


def _sequence(leaf: Sequence) -> Shape:
    steps = [_step(step) for step in leaf.steps]
    when = _given(span=_length(leaf.span), within=_length(leaf.within))
    return {"sequence": {"steps": steps} | when}


def _channel(leaf: Channel) -> Shape:
    tests = {"source": leaf.source, "medium": leaf.medium, "campaign": leaf.campaign}
    said = {name: _comparison(test) for name, test in tests.items() if test is not None}
    return {"channel": said | _given(within=_length(leaf.within))}


def _identifier(leaf: Identifier) -> Shape:
    test = None if leaf.test is None else _comparison(leaf.test)
    return {"identifier": _given(kind=leaf.kind, is_=test)}


def _score(leaf: Score) -> Shape:
    model = global_id("ScoringModel", leaf.model)
    bounds = {"atLeast": leaf.at_least, "atMost": leaf.at_most, "band": leaf.band}
    return {"score": {"model": model} | _given(**bounds)}


def _tag(leaf: HasTag) -> Shape:
    return {"tag": _given(tag=global_id("Tag", leaf.tag), states=list(leaf.states) or None)}


def _length(length: int | None) -> str | None:
    return None if length is None else format_duration(length)


_LEAVES: Mapping[type[Any], Callable[[Any], Shape]] = {
    Trait: lambda leaf: {"trait": {"name": leaf.name, "is": _comparison(leaf.test)}},
    AccountTrait: lambda leaf: {"accountTrait": {"name": leaf.name, "is": _comparison(leaf.test)}},
    Identifier: _identifier,
    Did: _did,
    Sequence: _sequence,
    Channel: _channel,
    HasTag: _tag,
    Score: _score,
    InStage: lambda leaf: {"stage": global_id("Stage", leaf.stage)},
    InSegment: lambda leaf: {"segment": global_id("Segment", leaf.segment)},
}
