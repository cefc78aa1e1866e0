"""Documents and variables that ask for too much are refused before anything runs."""

import time
from typing import Any

import pytest
from graphql import get_introspection_query

from tests.support.graphql import calling, only_error, resolved, run, small_app

INTROSPECTION = get_introspection_query()


def balls(depth: int) -> str:
    """A document ``depth`` levels deep."""
    return '{ ball(id: "1") ' + "{ twin " * (depth - 2) + "{ id }" + " }" * (depth - 1)


async def refused(document: str, **sent: Any) -> str:
    """The message of a document that must be refused, quickly, with nothing run."""
    resolved.clear()
    started = time.perf_counter()
    response = await run(document, **sent)
    assert time.perf_counter() - started < 60  # what they would do otherwise takes hours
    status, code, message = only_error(response)
    assert (status, code) == (200, "BAD_USER_INPUT")
    assert resolved == []
    return message


async def test_ten_levels_are_allowed_and_eleven_are_not() -> None:
    assert "errors" not in (await run(balls(10))).json()
    message = "The operation is 11 levels deep; at most 10 are allowed."
    assert await refused(balls(11)) == message


async def test_depth_is_counted_through_fragments() -> None:
    document = "{ ball(id: 1) { ...A } } fragment A on Ball { twin { twin { ...B } } } "
    document += (
        "fragment B on Ball { twin { twin { twin { twin { twin { twin { twin { id } } } } } } } }"
    )
    assert await refused(document) == "The operation is 11 levels deep; at most 10 are allowed."


async def test_braces_without_end_are_refused_without_being_followed() -> None:
    message = "The document is nested too deeply; at most 10 levels are allowed."
    assert await refused("{ ... " * 150 + "{ __typename }" + " }" * 150) == message


async def test_fifteen_aliases_are_allowed_and_sixteen_are_not() -> None:
    fifteen = " ".join(f"a{number}: __typename" for number in range(15))
    assert "errors" not in (await run("{ " + fifteen + " }")).json()
    message = "The operation has 16 aliases; at most 15 are allowed."
    assert await refused("{ " + fifteen + " b: __typename }") == message


async def test_aliases_in_a_fragment_count_each_time_it_is_spread() -> None:
    document = "{ a: balls(first: 1) { nodes { ...F } edges { node { ...F } } } } " + (
        "fragment F on Ball { " + " ".join(f"a{number}: id" for number in range(8)) + " }"
    )
    assert await refused(document) == "The operation has 17 aliases; at most 15 are allowed."


async def test_a_thousand_aliases_are_refused() -> None:
    document = "{" + " ".join(f'a{number}:echo(text:"x")' for number in range(1000)) + "}"
    assert await refused(document) in (
        "The document is longer than 15,000 characters.",
        "Syntax Error: Document contains more than 1000 tokens. Parsing aborted.",
    )


async def test_fifty_directives_are_allowed_and_fifty_one_are_not() -> None:
    field = "__typename @include(if: true) "
    assert "errors" not in (await run("{ " + field * 50 + "}")).json()
    message = "The operation has 51 directives; at most 50 are allowed."
    assert await refused("{ " + field * 51 + "}") == message


async def test_a_fragment_bomb_is_refused_by_its_expanded_size() -> None:
    levels = [
        f"fragment F{n} on Ball {{ id ...F{n + 1} ... {{ ...F{n + 1} }} }}" for n in range(40)
    ]
    document = "{ ball(id: 1) { ...F0 } } " + " ".join(levels) + " fragment F40 on Ball { id }"
    message = "The operation has more than a million selections; at most 1,000 are allowed."
    assert await refused(document) == message


async def test_fragments_that_spread_each_other_are_refused() -> None:
    document = (
        "{ ball(id: 1) { ...A } } fragment A on Ball { twin { ...B } } "
        "fragment B on Ball { twin { ...A } }"
    )
    assert await refused(document) == "Cannot spread fragment 'A' within itself."


async def test_the_text_is_bounded_in_characters_and_tokens() -> None:
    assert "errors" not in (await run("{ __typename }" + "#" * 14_986)).json()
    message = "The document is longer than 15,000 characters."
    assert await refused("{ __typename }" + "#" * 14_987) == message
    message = "Syntax Error: Document contains more than 1000 tokens. Parsing aborted."
    assert await refused("{ " + "__typename " * 1000 + "}") == message


async def test_variables_are_bounded_in_size_and_depth() -> None:
    document = "query ($t: String!) { echo(text: $t) }"
    deep: list[Any] = []
    for _ in range(60):
        deep = [deep]
    large = {"t": "x" * 100_000}
    assert await refused(document, variables=large) == (
        "The variables are larger than 100,000 bytes."
    )
    assert await refused(document, variables={"t": "x", "deep": deep}) == (
        "The variables nest deeper than 50 levels."
    )


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        ("query ($t: String!) { echo(text: $t) }", {"t": "a\0b"}),
        ("query ($t: String!) { echo(text: $t) }", {"t": "x", "more": [{"a\0": 1}]}),
        (r'{ echo(text: "a\u0000b") }', {}),
        (r'{ echo(text: "a\u{00}b") }', {}),
    ],
)
async def test_the_character_nul_is_refused(document: str, variables: dict[str, Any]) -> None:
    assert "NUL" in await refused(document, variables=variables)


async def test_what_only_looks_like_nul_is_allowed() -> None:
    response = await run(r'{ echo(text: "\\u0000") }')
    assert response.json()["data"] == {"echo": r"\u0000"}


@pytest.mark.parametrize("deep", [{}, {"input_value_deprecation": True, "specified_by_url": True}])
async def test_the_standard_introspection_is_allowed(deep: dict[str, bool]) -> None:
    response = await run(get_introspection_query(**deep))
    assert "errors" not in response.json()
    assert response.json()["data"]["__schema"]["queryType"]["name"] == "Query"
    assert response.json()["extensions"]["cost"]["actual"] == 10


async def test_introspection_in_a_loop_is_refused() -> None:
    document = "{ __schema { types " + "{ fields { type " * 4 + "{ name }" + " } }" * 4 + " } }"
    assert await refused(document) == "Maximum introspection depth exceeded"


async def test_a_field_may_be_selected_again_but_not_over_and_over() -> None:
    """Validation compares every pair of equal fields, which grows with the square."""
    few, many = "colour " * 40, "colour " * 900
    assert "errors" not in (await run('{ ball(id: "1") { ' + few + "} }")).json()
    message = "The operation selects the same fields over and over; select each once."
    assert await refused('{ ball(id: "1") { ' + many + "} }") == message
    twins = "twin { id } " * 200
    assert await refused('{ ball(id: "1") { ' + twins + "} }") == message


async def test_fragments_that_hold_nothing_but_spreads_are_counted_too() -> None:
    levels = [f"fragment F{n} on Ball {{ ...F{n + 1} ...F{n + 1} }}" for n in range(30)]
    document = "{ ball(id: 1) { ...F0 } } " + " ".join(levels) + " fragment F30 on Ball { }"
    message = "The operation has more than a million selections; at most 1,000 are allowed."
    assert await refused(document) == message


async def test_the_schema_asked_for_again_is_the_same_answer() -> None:
    """It is kept; what else stands in the document, or depends on variables, is not."""
    mixed = "query ($n: String!) { __type(name: $n) { name } ball(id: 1) { id } }"
    async with calling(small_app()) as client:
        plain = [await client.post("/graphql", json={"query": INTROSPECTION}) for _ in range(3)]
        named = [
            await client.post("/graphql", json={"query": mixed, "variables": {"n": name}})
            for name in ("Ball", "Query")
        ]
    assert plain[0].json()["data"] == plain[1].json()["data"] == plain[2].json()["data"]
    assert [each.json()["data"]["__type"]["name"] for each in named] == ["Ball", "Query"]


@pytest.mark.parametrize("fields", ["twin { id } " * 190, "colour " * 900])
async def test_a_fragment_that_is_never_spread_is_refused_before_its_fields_are_compared(
    fields: str,
) -> None:
    document = "{ __typename } fragment Idle on Ball { " + fields + "}"
    assert await refused(document) == "Fragment 'Idle' is never used."


async def test_twenty_operations_are_allowed_and_twenty_one_are_not() -> None:
    document = " ".join(f"query Q{number} {{ __typename }}" for number in range(20))
    assert "errors" not in (await run(document, operationName="Q7")).json()
    message = "The document holds 21 operations; at most 20 are allowed."
    assert await refused(document + " query Q20 { __typename }", operationName="Q7") == message
