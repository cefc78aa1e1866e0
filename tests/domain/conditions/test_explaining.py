"""A condition is told in words that a marketer would use."""

import pytest

from touchline.domain.conditions.explaining import duration, explain
from touchline.domain.conditions.tree import (
    All,
    Any,
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
    Where,
)
from touchline.domain.kernel.clock import DAY, MINUTE

PRO = Comparison(Operator.EQUALS, "Pro")


@pytest.mark.parametrize(
    "condition, words",
    [
        (Trait("plan", PRO), "the trait “plan” is “Pro”"),
        (
            Trait("plan", Comparison(Operator.ONE_OF, values=("Pro", 5.0, True))),
            "the trait “plan” is “Pro”, 5 or true",
        ),
        (
            Identifier("wechat_openid"),
            "is known by an identifier of the kind wechat openid",
        ),
        (Did(event="Ordered"), "did “Ordered”"),
        (
            Did(event="Ordered", at_least=3, within=30 * DAY),
            "did “Ordered” at least 3 times in the last 30 days",
        ),
        (
            Did(event="Ordered", at_least=2, at_most=2, within=14 * DAY),
            "did “Ordered” exactly 2 times in the last 2 weeks",
        ),
        (Did(type="PAGE", at_most=0), "never viewed a page"),
        (
            Did(event="Ordered", where=(Where("total", Comparison(Operator.AT_LEAST, 1500.5)),)),
            "did “Ordered” where total is at least 1,500.5",
        ),
        (
            Did(event="Ordered", since=0, until=1),
            "did “Ordered” from 1970-01-01T00:00:00.000Z on before 1970-01-01T00:00:00.001Z",
        ),
        (
            Sequence((Step(event="Signed Up"), Step(event="Ordered")), span=90 * MINUTE),
            "(did “Signed Up”, then did “Ordered”, all in less than 90 minutes)",
        ),
        (
            Channel(source=Comparison(Operator.EQUALS, "linkedin"), within=DAY),
            "came by a campaign whose source is “linkedin” in the last 1 day",
        ),
        (
            All((Trait("plan", PRO), Any((Did(event="A"), Not(Did(event="B")))))),
            "the trait “plan” is “Pro” and (did “A” or not did “B”)",
        ),
    ],
)
async def test_a_condition_is_told_in_words(condition: Condition, words: str) -> None:
    assert await explain(condition) == words


@pytest.mark.parametrize(
    "length, words",
    [(1, "1 millisecond"), (DAY, "1 day"), (1_500, "1,500 milliseconds"), (7 * DAY, "1 week")],
)
def test_a_duration_is_told_in_its_largest_whole_unit(length: int, words: str) -> None:
    assert duration(length) == words
