"""What can change the answer of a condition, so that only this is looked at when it happens."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Generic, TypeVar

from touchline.domain.conditions.registry import kind_of
from touchline.domain.conditions.tree import (
    AccountTrait,
    All,
    Channel,
    Condition,
    Did,
    Identifier,
    Not,
    Operator,
    Sequence,
    Step,
    Trait,
    parts,
)
from touchline.domain.conditions.tree import Any as AnyOf
from touchline.domain.staleness import facts

K = TypeVar("K", bound=Hashable)


@lru_cache(maxsize=4_096)
def affected_by(condition: Condition) -> frozenset[str]:
    """The facts that can change the answer; time (see ``wakes``) is not among them."""
    created = {facts.CREATED} if _holds_of_the_unknown(condition) else set()
    return _affected_by(condition) | created


def _affected_by(condition: Condition) -> frozenset[str]:
    below = parts(condition)
    if below:
        return frozenset().union(*map(_affected_by, below))
    own = _OWN.get(type(condition))
    if own is not None:
        return frozenset(own(condition))
    kind = kind_of(condition)
    if kind is None:
        raise LookupError(f"no capability has contributed {type(condition).__name__}")
    return frozenset(kind.facts(condition))


class Index(Generic[K]):
    """Rules by the facts that can change them: finding those of a change looks at no others."""

    def __init__(self, rules: Mapping[K, Iterable[str]]) -> None:
        self._all = frozenset(rules)
        self._by_fact: dict[str, set[K]] = {}
        for rule, touching in rules.items():
            for fact in touching:
                self._by_fact.setdefault(fact, set()).add(rule)

    def touched(self, changed: Collection[str]) -> set[K]:
        """The rules whose answer the facts may have changed."""
        if facts.EVERYTHING in changed:
            return set(self._all)
        found: set[K] = set()
        for fact in changed:
            found |= self._by_fact.get(fact, set())
        return found


def _holds_of_the_unknown(condition: Condition) -> bool:
    """Whether it holds of customers of whom nothing is known: so of new ones, at once."""
    if isinstance(condition, Not):
        return not _holds_of_the_unknown(condition.of)
    if isinstance(condition, All):
        return all(map(_holds_of_the_unknown, condition.of))
    if isinstance(condition, AnyOf):
        return any(map(_holds_of_the_unknown, condition.of))
    if isinstance(condition, Trait | AccountTrait | Identifier):
        test = condition.test
        return test is not None and test.operator is Operator.MISSING
    if isinstance(condition, Did):
        return condition.at_most is not None and not condition.at_least
    return False


def _step(step: Step) -> str:
    if step.event is not None:
        return facts.event(step.event)
    return facts.event_type(step.type) if step.type is not None else facts.EVENT


_OWN: Mapping[type[Any], Callable[[Any], Iterable[str]]] = {
    Trait: lambda leaf: [facts.trait(leaf.name)],
    AccountTrait: lambda leaf: [facts.ACCOUNT, facts.account_trait(leaf.name)],
    Identifier: lambda leaf: [facts.identifier(leaf.kind)],
    Did: lambda leaf: [_step(Step(leaf.event, leaf.type))],
    Sequence: lambda leaf: [_step(step) for step in leaf.steps],
    Channel: lambda _leaf: [facts.EVENT],
}
