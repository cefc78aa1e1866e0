"""A condition says what can change its answer, and nothing else is looked at."""

import pytest
from hypothesis import given, settings

from tests.support.oracle import Person, holds
from tests.support.random_conditions import conditions
from touchline.domain.conditions.influence import Index, affected_by
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
    Step,
    Trait,
)

KNOWN = Comparison(Operator.EXISTS)


@pytest.mark.parametrize(
    "condition, facts",
    [
        (Did(event="Ordered", type="TRACK"), {"event:Ordered"}),
        (Did(type="PAGE"), {"type:PAGE"}),
        (Channel(source=KNOWN), {"event"}),
        (
            Sequence((Step(event="Signed Up"), Step(type="PAGE"))),
            {"event:Signed Up", "type:PAGE"},
        ),
        (All((Trait("plan", KNOWN), Identifier("email"))), {"trait:plan", "identifier:email"}),
        (AccountTrait("industry", KNOWN), {"account", "account_trait:industry"}),
        (Not(Trait("plan", KNOWN)), {"trait:plan", "created"}),
    ],
)
def test_a_condition_names_the_facts_that_can_change_it(
    condition: Condition, facts: set[str]
) -> None:
    assert affected_by(condition) == facts


@settings(max_examples=200, deadline=None)
@given(conditions)
def test_who_is_new_concerns_the_conditions_that_hold_of_a_stranger(condition: Condition) -> None:
    assert ("created" in affected_by(condition)) is holds(condition, Person(), 10)


def test_an_index_finds_the_rules_of_a_fact_and_all_of_them_for_everything() -> None:
    index = Index({1: {"event:a"}, 2: {"event:b", "trait:c"}, 3: ()})
    assert index.touched({"event:b", "event:z"}) == {2}
    assert index.touched({"trait:x"}) == set()
    assert index.touched({"all"}) == {1, 2, 3}
