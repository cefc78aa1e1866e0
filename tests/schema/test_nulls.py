"""A null where an update may be given something is taken, or refused as the caller's mistake."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_nullable_type,
    is_required_input_field,
)

from tests.support.clock import SettableClock
from tests.support.operations import ENGINE, answer_to, ask, caller
from tests.support.small_world import small_world
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

MOST_DEEP = 3
TABLES = {
    "Tag": "tag",
    "TagRule": "tag_rule",
    "ScoringModel": "scoring_model",
    "Stage": "stage",
    "Segment": "segment",
    "ContentAsset": "content_asset",
    "Campaign": "campaign",
    "ConversionGoal": "conversion_goal",
    "BacklogItem": "backlog_item",
    "Member": "team_member",
}
CAMPAIGN = 'mutation { campaignCreate(input: {name: "Spring"}) { userErrors { message } } }'
GOAL = """mutation { conversionGoalCreate(input: {name: "Orders", event: "Order Completed"}) {
  userErrors { message } } }"""
LITERAL = 'mutation { backlogItemUpdate(id: "%s", input: {title: null}) { backlogItem { id } } }'
SCALARS: dict[str, Any] = {
    "String": "x",
    "ID": "x",
    "Boolean": False,
    "Int": 1,
    "Float": 1.0,
    "JSON": "x",
    "Date": "2026-03-02",
    "DateTime": "2026-03-02T09:00:00.000Z",
    "Duration": "P1D",
}


async def test_no_null_in_an_update_is_a_fault_of_ours(db: Settings, clock: SettableClock) -> None:
    """Each field that may be left out, as deep as inputs hold others."""
    await small_world(db)
    for document in (CAMPAIGN, GOAL):
        (made,) = (await ask(document)).values()
        assert made["userErrors"] == []
    tried: dict[str, int] = {}
    for name, field in _updates():
        (row,) = await fetch(f"SELECT id FROM {TABLES[name]} ORDER BY id LIMIT 1")
        kind = get_nullable_type(field)
        assert isinstance(kind, GraphQLInputObjectType)
        mutation = f"{name[0].lower()}{name[1:]}Update"
        document = (
            f"mutation ($id: ID!, $input: {name}UpdateInput!) {{"
            f" act: {mutation}(id: $id, input: $input) {{ userErrors {{ message }} }} }}"
        )
        for given in _nulls(kind, MOST_DEEP):
            said = {"id": global_id(name, row["id"]), "input": given}
            answer = await answer_to(document, said, caller(Scope.ADMIN))
            codes = [one["extensions"]["code"] for one in answer.get("errors", [])]
            assert codes in ([], ["BAD_USER_INPUT"]), (mutation, given, answer)
            tried[name] = tried.get(name, 0) + 1
    assert tried.keys() == TABLES.keys()


async def test_a_null_in_the_document_itself_is_refused_in_the_same_words(db: Settings) -> None:
    answer = await answer_to(LITERAL % global_id("BacklogItem", 1), {}, caller())
    (error,) = answer["errors"]
    assert error["message"] == "`title` may be left out, but it cannot be null."
    assert (error["extensions"]["code"], error["extensions"]["argument"]) == (
        *("BAD_USER_INPUT", "title"),
    )


def _updates() -> Iterator[tuple[str, GraphQLInputType]]:
    mutations = ENGINE.documents.schema.mutation_type
    assert mutations is not None
    for name, field in mutations.fields.items():
        if name.endswith("Update") and "id" in field.args:
            stem = name.removesuffix("Update")
            yield stem[0].upper() + stem[1:], field.args["input"].type


def _nulls(kind: GraphQLInputObjectType, deep: int) -> Iterator[dict[str, Any]]:
    """Inputs that are complete but for one null each."""
    whole = _needed(kind)
    for name, field in kind.fields.items():
        if not isinstance(field.type, GraphQLNonNull):
            yield {**whole, name: None}
        inner: Any = get_nullable_type(field.type)
        is_list = isinstance(inner, GraphQLList)
        held = get_nullable_type(inner.of_type) if is_list else inner
        if deep > 1 and isinstance(held, GraphQLInputObjectType):
            for one in _nulls(held, deep - 1):
                yield {**whole, name: [one] if is_list else one}


def _needed(kind: GraphQLInputObjectType) -> dict[str, Any]:
    needed = {name: one for name, one in kind.fields.items() if is_required_input_field(one)}
    return {name: _some(one.type) for name, one in needed.items()}


def _some(kind: Any) -> Any:
    inner = get_nullable_type(kind)
    if isinstance(inner, GraphQLList):
        return []
    if isinstance(inner, GraphQLInputObjectType):
        return _needed(inner)
    if isinstance(inner, GraphQLEnumType):
        return next(iter(inner.values))
    return SCALARS.get(inner.name, "1")
