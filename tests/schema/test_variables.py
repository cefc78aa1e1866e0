"""Variables are understood as GraphQL does it, without its working out their types each time."""

from typing import Any

import pytest
from graphql import OperationDefinitionNode, get_variable_values, parse
from graphql.execution.values import VariableValues

from touchline.graphql.engine.footprint import Footprint
from touchline.graphql.engine.variables import understood, variables_of
from touchline.graphql.schema import build_schema

SCHEMA = build_schema()._schema
DECLARED = """query ($id: ID!, $first: Int, $names: [String!], $filter: CustomerFilter,
  $order: CustomerOrderField, $at: DateTime, $size: Int = 5) { viewer { id } }"""
RIGHT: list[dict[str, Any]] = [
    {"id": "Customer_1", "size": 1},
    {"id": 7, "size": None, "first": None},
    {"id": "a", "size": 2, "names": ["x", "y"], "filter": {"search": "x", "not": {"and": []}}},
    {"id": "a", "size": 2, "names": "alone", "order": "LAST_SEEN", "unknown": 1},
    {"id": "a", "size": 2, "at": "2026-01-02T03:04:05.006Z"},
]
LEFT: list[dict[str, Any]] = [
    {},
    {"id": None, "size": 1},
    {"id": "a"},
    {"id": "a", "size": "1"},
    {"id": "a", "size": 1, "names": [None]},
    {"id": "a", "size": 1, "filter": {"nope": 1}},
    {"id": "a", "size": 1, "order": "NOPE"},
    {"id": "a", "size": 1, "at": "yesterday"},
]


def operation() -> OperationDefinitionNode:
    (node,) = parse(DECLARED).definitions
    assert isinstance(node, OperationDefinitionNode)
    return node


def values_of(variables: VariableValues) -> dict[str, Any]:
    return {name: source.value for name, source in variables.sources.items()}


@pytest.mark.parametrize("given", RIGHT, ids=range(len(RIGHT)))
def test_what_is_right_is_understood_as_graphql_understands_it(given: dict[str, Any]) -> None:
    node = operation()
    expected = get_variable_values(SCHEMA, node.variable_definitions or (), given)
    assert isinstance(expected, VariableValues)
    found = understood(variables_of(SCHEMA, node, Footprint()), given)
    assert found is not None
    assert found.coerced == expected.coerced
    assert values_of(found) == values_of(expected)


@pytest.mark.parametrize("given", LEFT, ids=range(len(LEFT)))
def test_all_else_is_left_to_graphql(given: dict[str, Any]) -> None:
    assert understood(variables_of(SCHEMA, operation(), Footprint()), given) is None
