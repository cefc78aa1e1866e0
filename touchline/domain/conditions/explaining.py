"""A condition in plain English, for people who decide by it."""

from collections.abc import Callable, Mapping
from typing import Any

from touchline.domain.conditions.registry import kind_of
from touchline.domain.conditions.tree import (
    AccountTrait,
    All,
    Channel,
    Comparison,
    Condition,
    Did,
    HasTag,
    Identifier,
    Not,
    Operator,
    Scalar,
    Score,
    Sequence,
    Step,
    Trait,
)
from touchline.domain.conditions.tree import Any as AnyOf
from touchline.domain.kernel.clock import DAY, HOUR, MINUTE, SECOND, Moment, format_moment
from touchline.domain.kernel.wording import times

_VERBS = {
    Operator.EQUALS: "is {}",
    Operator.NOT_EQUALS: "is known and is not {}",
    Operator.CONTAINS: "contains {}",
    Operator.STARTS_WITH: "begins with {}",
    Operator.LESS_THAN: "is less than {}",
    Operator.AT_MOST: "is at most {}",
    Operator.MORE_THAN: "is more than {}",
    Operator.AT_LEAST: "is at least {}",
    Operator.EXISTS: "is known",
    Operator.MISSING: "is not known",
}
_UNITS = (
    (7 * DAY, "week"),
    (DAY, "day"),
    (HOUR, "hour"),
    (MINUTE, "minute"),
    (SECOND, "second"),
    (1, "millisecond"),
)
_TYPES = {
    "IDENTIFY": "was identified",
    "TRACK": "did anything",
    "PAGE": "viewed a page",
    "SCREEN": "opened a screen",
    "GROUP": "was said to belong to an account",
    "ALIAS": "got another id",
    "NOTE": "got a note",
    "MERGED": "was merged",
    "SPLIT": "was split",
    "TRAIT_CORRECTED": "had a trait corrected",
}


async def explain(condition: Condition) -> str:
    """One or two sentences' worth of words, such as ``did “Signed Up” in the last 7 days``."""
    return await _told(condition, inside=False)


def duration(length: Moment) -> str:
    """``1209600000`` is ``2 weeks``, 90 minutes are ``90 minutes``."""
    size, unit = next((size, unit) for size, unit in _UNITS if length % size == 0)
    count = length // size
    return f"{count:,} {unit}{'' if count == 1 else 's'}"


async def _told(condition: Condition, *, inside: bool) -> str:
    if isinstance(condition, All | AnyOf):
        word = " and " if isinstance(condition, All) else " or "
        told = word.join([await _told(part, inside=True) for part in condition.of])
        return f"({told})" if inside and len(condition.of) > 1 else told
    if isinstance(condition, Not):
        return f"not {await _told(condition.of, inside=True)}"
    own = _OWN.get(type(condition))
    return own(condition) if own is not None else await _named(condition)


async def _named(leaf: Condition) -> str:
    kind = kind_of(leaf)
    word = kind.word if kind else type(leaf).__name__
    name = await kind.name(leaf) if kind else None
    called = _quoted(name) if name is not None else "that is no more"
    if isinstance(leaf, HasTag):
        states = [state.lower().replace("_", " ") for state in leaf.states]
        return f"has the tag {called}" + (f" ({_listed(states)})" if states else "")
    if isinstance(leaf, Score):
        return f"has a score by {called} {_range(leaf)}"
    return f"is in the {word} {called}"


def _range(leaf: Score) -> str:
    if leaf.band is not None:
        return f"in the band {_quoted(leaf.band)}"
    said = [f"of at least {_shown(leaf.at_least)}"] if leaf.at_least is not None else []
    said += [f"of at most {_shown(leaf.at_most)}"] if leaf.at_most is not None else []
    return " and ".join(said)


def _did(leaf: Did) -> str:
    count = _count(leaf)
    during = _window(leaf.within)
    if leaf.since is not None:
        during += f" from {format_moment(leaf.since)} on"
    if leaf.until is not None:
        during += f" before {format_moment(leaf.until)}"
    if leaf.at_most == 0:
        return f"never {_step(Step(leaf.event, leaf.type, leaf.where))}{during}"
    return f"{_step(Step(leaf.event, leaf.type, leaf.where))}{count}{during}"


def _count(leaf: Did) -> str:
    least, most = leaf.at_least, leaf.at_most
    if most is None:
        return f" at least {times(least)}" if least is not None and least > 1 else ""
    if least == most:
        return f" exactly {times(most)}"
    if not least:
        return f" at most {times(most)}"
    return f" {least:,} to {times(most)}"


def _step(step: Step) -> str:
    if step.event is not None:
        told = f"did {_quoted(step.event)}"
        told += f" ({step.type.lower()})" if step.type is not None else ""
    else:
        told = _TYPES.get(step.type or "", "did anything")
    tests = [f"{where.property} {_test(where.test)}" for where in step.where]
    return f"{told} where {' and '.join(tests)}" if tests else told


def _sequence(leaf: Sequence) -> str:
    told = ", then ".join(_step(step) for step in leaf.steps)
    span = f", all in less than {duration(leaf.span)}" if leaf.span is not None else ""
    return f"({told}{span}{_window(leaf.within)})"


def _channel(leaf: Channel) -> str:
    said = [
        f"{word} {_test(test)}"
        for word, test in (
            ("source", leaf.source),
            ("medium", leaf.medium),
            ("campaign", leaf.campaign),
        )
        if test is not None
    ]
    return f"came by a campaign whose {' and '.join(said)}{_window(leaf.within)}"


def _identifier(leaf: Identifier) -> str:
    kind = leaf.kind.replace("_", " ")
    if leaf.test is None or leaf.test.operator is Operator.EXISTS:
        return f"is known by an identifier of the kind {kind}"
    if leaf.test.operator is Operator.MISSING:
        return f"is known by no identifier of the kind {kind}"
    return f"is known by an identifier of the kind {kind} that {_test(leaf.test)}"


def _window(within: Moment | None) -> str:
    return f" in the last {duration(within)}" if within is not None else ""


def _test(test: Comparison) -> str:
    if test.operator is Operator.ONE_OF:
        return f"is {_listed([_shown(value) for value in test.values])}"
    return _VERBS[test.operator].format(_shown(test.value))


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _shown(value: Scalar | None) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "nothing" if value is None else f"{value:,.15g}"


def _quoted(text: str) -> str:
    return f"“{text}”"


_OWN: Mapping[type[Any], Callable[[Any], str]] = {
    Trait: lambda leaf: f"the trait {_quoted(leaf.name)} {_test(leaf.test)}",
    AccountTrait: lambda leaf: f"the account's {_quoted(leaf.name)} {_test(leaf.test)}",
    Identifier: _identifier,
    Did: _did,
    Sequence: _sequence,
    Channel: _channel,
}
