"""Arguments are understood as GraphQL does it, with the values of variables put in their places."""

from typing import Any

import pytest
from graphql import (
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    get_argument_values,
    get_variable_values,
    parse,
)
from graphql.execution.values import VariableValues

from tests.support.operations import ask
from tests.support.rows import a_customer, a_touchpoint
from touchline.domain.kernel.clock import format_moment
from touchline.graphql.engine.arguments import Arguments
from touchline.graphql.schema import build_schema

SCHEMA = build_schema()._schema
FIELDS = [
    "customers(first: 5, filter: {hasTag: $tag, score: {atLeast: $least}})",
    "customers(first: $first, filter: {and: [{search: $tag}, {not: {search: $tag}}]})",
    "customers(first: $first, after: $tag, orderBy: {field: LAST_SEEN, direction: ASC})",
    'customers(first: 5, filter: {search: "$tag", score: {atLeast: 1}})',
    "customers(first: $first, filter: $filter)",
    "customers(first: 5, filter: {matches: {all: [{trait: {name: $tag, is: {equals: $any}}}]}})",
    'nodes(ids: [$id, "Customer_2", $id])',
]
GIVEN: list[dict[str, Any]] = [
    {"tag": "Tag_1", "least": 1.5, "first": 2, "id": "a", "any": 1, "filter": {"search": "x"}},
    {"tag": "Tag_2", "least": 2, "first": 3, "id": "b", "any": [True], "filter": {}},
    {"tag": None, "least": None, "first": None, "id": "c", "any": None, "filter": None},
    {"id": "d"},
    {"tag": "Tag_3", "least": 0, "first": 1, "id": "e", "any": {"x": None}, "filter": {}},
]


@pytest.mark.parametrize("field", FIELDS)
def test_arguments_are_those_of_graphql_whatever_came_before(field: str) -> None:
    node = parse(
        "query ($tag: String, $least: Float, $first: Int, $id: ID!, $any: JSON,"
        f" $filter: CustomerFilter) {{ {field} {{ __typename }} }}"
    ).definitions[0]
    assert isinstance(node, OperationDefinitionNode)
    (selected,) = node.selection_set.selections
    assert isinstance(selected, FieldNode)
    assert SCHEMA.query_type is not None
    definition = SCHEMA.query_type.fields[selected.name.value]
    arguments = Arguments(definition, selected)
    for given in [*GIVEN, *GIVEN[::-1]]:
        variables = get_variable_values(SCHEMA, node.variable_definitions or (), given)
        assert isinstance(variables, VariableValues)
        try:
            expected = get_argument_values(definition, selected, variables)
        except GraphQLError as error:
            with pytest.raises(GraphQLError, match=error.message.split("(")[0][:20]):
                arguments.of(variables)
        else:
            found = arguments.of(variables)
            assert (found, [*found]) == (expected, [*expected])


@pytest.mark.usefixtures("db")
async def test_a_document_is_asked_with_other_values_each_time() -> None:
    customer = await a_customer()
    for moment in range(4):
        await a_touchpoint(customer, name=f"t{moment}", occurred_at=moment)
    document = """query ($from: DateTime, $size: Int!) {
      touchpoints(first: $size, filter: {from: $from}) { nodes { name } } }"""
    shown = []
    for since, size in ((2, 9), (3, 9), (2, 1), (None, 9), (2, 9)):
        given: dict[str, Any] = {"from": since if since is None else format_moment(since)}
        data = await ask(document, **given, size=size)
        shown.append([node["name"] for node in data["touchpoints"]["nodes"]])
    assert shown == [["t3", "t2"], ["t3"], ["t3"], ["t3", "t2", "t1", "t0"], ["t3", "t2"]]
