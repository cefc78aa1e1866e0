"""From what a caller sent to a condition of the domain."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from touchline.domain.conditions.errors import ConditionCode as Code
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
from touchline.domain.conditions.validation import DEEPEST
from touchline.domain.kernel.errors import PathStep, Refused
from touchline.domain.kernel.ids import parse_global_id
from touchline.domain.vocabulary.leaves import LEAVES as LEAVES
from touchline.graphql.conditions.inputs import (
    ChannelConditionInput,
    ComparisonInput,
    ConditionInput,
    DidConditionInput,
    IdentifierConditionInput,
    PropertyConditionInput,
    ScoreConditionInput,
    SequenceConditionInput,
    StepConditionInput,
    TagConditionInput,
    TraitConditionInput,
)

Path = tuple[PathStep, ...]

_OPERATORS = {
    "equals": Operator.EQUALS,
    "not_equals": Operator.NOT_EQUALS,
    "contains": Operator.CONTAINS,
    "starts_with": Operator.STARTS_WITH,
    "less_than": Operator.LESS_THAN,
    "at_most": Operator.AT_MOST,
    "more_than": Operator.MORE_THAN,
    "at_least": Operator.AT_LEAST,
}


def read_condition(given: ConditionInput, path: Path = ("condition",)) -> Condition:
    """The condition that was sent; raises ``Refused`` where a value cannot stand in one.

    Whether it makes sense is for the domain to check.
    """
    return _condition(given, path, 1)


def read_tests(given: Iterable[PropertyConditionInput], path: Path) -> tuple[Where, ...]:
    """What properties of a touchpoint are to meet."""
    return tuple(
        Where(one.property, _comparison(one.is_, (*path, n, "is"))) for n, one in enumerate(given)
    )


def _condition(given: ConditionInput, path: Path, depth: int) -> Condition:
    if depth > DEEPEST:
        message = f"A condition nests at most {DEEPEST} levels."
        raise Refused(Code.CONDITION_TOO_LARGE, message, path)
    name, part = _only(given)
    at = (*path, name.removesuffix("_"))
    if name in ("all", "any"):
        below = tuple(_condition(one, (*at, n), depth + 1) for n, one in enumerate(part))
        return All(below) if name == "all" else AnyOf(below)
    if name == "not_":
        return Not(_condition(part, at, depth + 1))
    return _LEAVES[name](part, at)


def _only(given: Any) -> tuple[str, Any]:
    """The one member that is given, and its value."""
    ((name, maybe),) = [(name, value) for name, value in vars(given).items() if value is not None]
    return name, maybe.value


def _comparison(given: ComparisonInput, at: Path) -> Comparison:
    name, value = _only(given)
    if name == "exists":
        return Comparison(Operator.EXISTS if value else Operator.MISSING)
    if name == "one_of":
        return Comparison(Operator.ONE_OF, values=tuple(_scalar(one, at) for one in value))
    return Comparison(_OPERATORS[name], _scalar(value, at))


def _scalar(value: Any, at: Path) -> str | float | bool:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, float) or (isinstance(value, int) and abs(value) <= 2**53):
        return float(value)
    message = "Compare with a text, a truth value or a number; whole ones go up to 2^53."
    raise Refused(Code.VALUE_INVALID, message, at)


def _trait(given: TraitConditionInput, at: Path) -> Condition:
    return Trait(given.name, _comparison(given.is_, (*at, "is")))


def _account_trait(given: TraitConditionInput, at: Path) -> Condition:
    return AccountTrait(given.name, _comparison(given.is_, (*at, "is")))


def _identifier(given: IdentifierConditionInput, at: Path) -> Condition:
    test = _comparison(given.is_, (*at, "is")) if given.is_ is not None else None
    return Identifier(given.kind, test)


def read_step(given: StepConditionInput, at: Path) -> Step:
    """The touchpoints that are meant."""
    where = read_tests(given.where or (), (*at, "where"))
    return Step(given.event, str(given.type.value) if given.type else None, where)


def _did(given: DidConditionInput, at: Path) -> Condition:
    step = read_step(given, at)
    least, most = given.at_least, given.at_most
    if given.exactly is not None:
        if least is not None or most is not None:
            message = "Give an exact count, or the least and the most, not both."
            raise Refused(Code.COUNT_INVALID, message, (*at, "exactly"))
        least = most = given.exactly
    return Did(
        step.event,
        step.type,
        step.where,
        least,
        most,
        given.within,
        given.from_,
        given.to,
    )


def _sequence(given: SequenceConditionInput, at: Path) -> Condition:
    steps = tuple(read_step(one, (*at, "steps", n)) for n, one in enumerate(given.steps))
    return Sequence(steps, given.span, given.within)


def _channel(given: ChannelConditionInput, at: Path) -> Condition:
    source, medium, campaign = (
        _comparison(test, (*at, name)) if test is not None else None
        for name, test in (
            ("source", given.source),
            ("medium", given.medium),
            ("campaign", given.campaign),
        )
    )
    return Channel(source, medium, campaign, given.within)


def _tag(given: TagConditionInput, at: Path) -> Condition:
    states = tuple(str(state.value) for state in given.states or ())
    return HasTag(_key(given.tag, "Tag", (*at, "tag")), states)


def _score(given: ScoreConditionInput, at: Path) -> Condition:
    model = _key(given.model, "ScoringModel", (*at, "model"))
    return Score(model, given.at_least, given.at_most, given.band)


def _key(text: str, type_name: str, at: Path) -> int:
    try:
        return parse_global_id(str(text), (type_name,))[1]
    except ValueError as error:
        raise Refused(Code.UNKNOWN_REFERENCE, f"This is {error}.", at) from None


_LEAVES: Mapping[str, Callable[[Any, Path], Condition]] = {
    "trait": _trait,
    "account_trait": _account_trait,
    "identifier": _identifier,
    "did": _did,
    "sequence": _sequence,
    "channel": _channel,
    "tag": _tag,
    "score": _score,
    "stage": lambda given, at: InStage(_key(given, "Stage", at)),
    "segment": lambda given, at: InSegment(_key(given, "Segment", at)),
}
