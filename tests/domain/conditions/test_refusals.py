"""What cannot be answered is refused, with a code and the place in the tree."""

import pytest

from touchline.domain.conditions.errors import ConditionCode as Code
from touchline.domain.conditions.storage import from_json
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
    Score,
    Sequence,
    Step,
    Trait,
    Where,
)
from touchline.domain.conditions.validation import check
from touchline.domain.kernel.errors import Refused

KNOWN = Comparison(Operator.EXISTS)
SIGNED_UP = Did(event="Signed Up")


def _deep(levels: int) -> Condition:
    condition: Condition = SIGNED_UP
    for _ in range(levels - 1):
        condition = Not(condition)
    return condition


async def _refusal(condition: Condition) -> tuple[str, tuple[str | int, ...]]:
    with pytest.raises(Refused) as refused:
        await check(condition)
    return str(refused.value.code), refused.value.path


@pytest.mark.parametrize(
    "condition, code, path",
    [
        (All(()), Code.CONDITION_EMPTY, ("all",)),
        (Not(Any(())), Code.CONDITION_EMPTY, ("not", "any")),
        (All((SIGNED_UP,) * 500), Code.CONDITION_TOO_LARGE, ()),
        (All((SIGNED_UP, Did())), Code.EVENT_UNNAMED, ("all", 1, "did")),
        (Did(event=" "), Code.NAME_INVALID, ("did", "event")),
        (Did(event="a\x00"), Code.NAME_INVALID, ("did", "event")),
        (Did(type="WAVED"), Code.EVENT_UNNAMED, ("did", "type")),
        (Did(event="a", within=0), Code.WINDOW_INVALID, ("did", "within")),
        (Did(event="a", within=-5), Code.WINDOW_INVALID, ("did", "within")),
        (Did(event="a", within=2**60), Code.WINDOW_INVALID, ("did", "within")),
        (Did(event="a", within=5, since=5), Code.WINDOW_INVALID, ("did", "within")),
        (Did(event="a", since=5, until=5), Code.WINDOW_INVALID, ("did", "to")),
        (Did(event="a", at_least=0), Code.COUNT_INVALID, ("did", "at_least")),
        (Did(event="a", at_least=-1), Code.COUNT_INVALID, ("did", "at_least")),
        (Did(event="a", at_least=3, at_most=2), Code.COUNT_INVALID, ("did", "at_most")),
        (
            Did(event="a", where=(Where('x"y', KNOWN),)),
            Code.NAME_INVALID,
            ("did", "where", 0, "property"),
        ),
        (
            Did(event="a", where=(Where("x..y", KNOWN),)),
            Code.NAME_INVALID,
            ("did", "where", 0, "property"),
        ),
        (Trait("", KNOWN), Code.NAME_INVALID, ("trait", "name")),
        (Trait("a", Comparison(Operator.EQUALS)), Code.VALUE_INVALID, ("trait", "is")),
        (Trait("a", Comparison(Operator.ONE_OF)), Code.VALUE_INVALID, ("trait", "is")),
        (Trait("a", Comparison(Operator.EXISTS, 5)), Code.VALUE_INVALID, ("trait", "is")),
        (Trait("a", Comparison(Operator.CONTAINS, 5)), Code.VALUE_INVALID, ("trait", "is")),
        (Trait("a", Comparison(Operator.CONTAINS, "")), Code.VALUE_INVALID, ("trait", "is")),
        (Trait("a", Comparison(Operator.LESS_THAN, True)), Code.VALUE_INVALID, ("trait", "is")),
        (
            Trait("a", Comparison(Operator.EQUALS, float("inf"))),
            Code.VALUE_INVALID,
            ("trait", "is"),
        ),
        (Trait("a", Comparison(Operator.EQUALS, "\ud800")), Code.VALUE_INVALID, ("trait", "is")),
        (Identifier("E Mail!"), Code.IDENTIFIER_INVALID, ("identifier", "kind")),
        (Sequence((Step(event="a"),)), Code.CONDITION_EMPTY, ("sequence", "steps")),
        (
            Sequence((Step(event="a"), Step())),
            Code.EVENT_UNNAMED,
            ("sequence", "steps", 1),
        ),
        (Channel(), Code.CONDITION_EMPTY, ("channel",)),
        (Score(1), Code.VALUE_INVALID, ("score",)),
        (Score(1, at_least=2, band="Hot"), Code.VALUE_INVALID, ("score",)),
    ],
)
async def test_a_condition_that_cannot_be_answered_is_refused(
    condition: Condition, code: Code, path: tuple[str | int, ...]
) -> None:
    assert await _refusal(condition) == (str(code), ("condition", *path))


async def test_a_tree_is_at_most_ten_levels_deep() -> None:
    await check(_deep(10))
    code, path = await _refusal(_deep(11))
    assert (code, path[:3]) == (Code.CONDITION_TOO_LARGE, ("condition", "not", "not"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"is":"regex","of":"(a+)+"}',
        '{"is":"trait","name":"a","test":{"operator":"MATCHES","value":"(a+)+$"}}',
        '{"is":"not","of":' * 5_000,
    ],
)
def test_text_that_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        from_json(text)
    assert refused.value.code is Code.CONDITION_MALFORMED
