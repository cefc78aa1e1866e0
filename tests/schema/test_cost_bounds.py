"""No way of writing a document makes it cheaper than what it reads; there is no database here."""

from typing import Any

import pytest

from tests.support.operations import answer_to, caller
from touchline.domain.kernel.ids import global_id

TWO_TYPES_ONE_KEY = """query ($id: ID!) { node(id: $id) {
  ... on Touchpoint { x: subject { __typename } }
  ... on Customer { x: timeline(first: 100) { nodes { y: subject {
    ... on Touchpoint { z: subject { __typename } }
    ... on Customer { z: timeline(first: 10) { nodes { id } } }
  } } } }
} }"""

MANY_IDS = """query ($ids: [ID!]!) { nodes(ids: $ids) {
  ... on Customer { timeline(first: 10) { nodes { id } } }
} }"""
IDS = [global_id("Customer", number) for number in range(1, 101)]
SPELLED_OUT = MANY_IDS.replace("query ($ids: [ID!]!) ", "").replace(
    "$ids", "[" + ", ".join(f'"{one}"' for one in IDS) + "]"
)


@pytest.mark.parametrize(
    ("document", "variables", "cost"),
    [
        (TWO_TYPES_ONE_KEY, {"id": global_id("Customer", 1)}, "1,201"),
        (MANY_IDS, {"ids": IDS}, "1,100"),
        (SPELLED_OUT, {}, "1,100"),
    ],
    ids=["two types share a key", "a list of ids", "a list of ids in the document"],
)
async def test_it_is_refused_for_what_it_could_read(
    document: str, variables: dict[str, Any], cost: str
) -> None:
    (error,) = (await answer_to(document, variables, caller()))["errors"]
    assert error["extensions"]["code"] == "COST_EXCEEDED"
    assert error["message"] == f"The operation could cost {cost}; at most 1,000 is allowed."


def siblings(deep: int) -> str:
    """The languages of an asset, of each of which the languages are asked for, and so on."""
    below = "".join("siblings { " for _ in range(deep))
    ask = f"{below} id {'}' * deep}"
    return "query ($id: ID!) { node(id: $id) { ... on ContentAsset { " + ask + " } } }"


async def test_lists_below_lists_count_for_more_the_deeper_they_stand() -> None:
    variables = {"id": global_id("ContentAsset", 1)}
    (error,) = (await answer_to(siblings(5), variables, caller()))["errors"]
    assert error["extensions"]["code"] == "COST_EXCEEDED"
    costs = 1 + 1 + 3 + 3 * 10 + 3 * 10 * 10 + 3 * 10 * 10 * 10
    assert error["message"] == f"The operation could cost {costs:,}; at most 1,000 is allowed."


LONG = "{ customers(first: 1) { nodes { nope } } } #" + "x" * 456


@pytest.mark.parametrize(
    ("document", "variables", "cost"),
    [
        ("{ nope }", {}, 1),
        (LONG, {}, 6),
        ("{ customers(", {}, 1),
        (MANY_IDS, {"ids": None}, 1),
        ("{ customers(first: 101) { nodes { id } } }", {}, 1),
        ('{ customers(first: 1, after: "%") { nodes { id } } }', {}, 1),
        (MANY_IDS, {"ids": ["x" * 200_000]}, 1),
    ],
)
async def test_a_refusal_tells_what_it_cost(
    document: str, variables: dict[str, Any], cost: int
) -> None:
    body = await answer_to(document, variables, caller())
    assert body["errors"]
    assert body["extensions"]["cost"] == {
        "requested": cost,
        "actual": cost,
        "throttle": {"maximum": 10_000, "available": 10_000 - cost, "restoreRate": 500},
    }
