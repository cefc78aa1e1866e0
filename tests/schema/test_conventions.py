"""The conventions of the schema, held against every type there is."""

from enum import StrEnum
from pathlib import Path

import pytest
import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_introspection_type,
    is_list_type,
    is_non_null_type,
    is_specified_scalar_type,
)

from touchline.domain.access.errors import ApiKeyErrorCode
from touchline.domain.backlog import types as backlog
from touchline.domain.backlog.errors import BacklogErrorCode
from touchline.domain.channels.errors import ChannelErrorCode
from touchline.domain.conditions.errors import ConditionCode
from touchline.domain.content.types import Act, AssetKind, AssetRelation, AssetStatus, SlotRule
from touchline.domain.customers.errors import CustomerErrorCode
from touchline.domain.customers.provenance import TraitLevel
from touchline.domain.identity.errors import IdentityCode
from touchline.domain.kernel.actor import Role, Scope
from touchline.domain.kernel.errors import CommonCode
from touchline.domain.members.errors import MemberErrorCode
from touchline.domain.sources.errors import SourceErrorCode
from touchline.domain.sources.types import SourceKind
from touchline.domain.tags.errors import TagErrorCode
from touchline.domain.tags.standing import TagState
from touchline.domain.tags.tagging import Pin
from touchline.domain.timeline.types import ClockTrust, TouchpointType
from touchline.graphql.base.facts import PageFact
from touchline.graphql.base.fields import column
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.wiring import (
    SchemaError,
    fact_of,
    fact_of_type,
    node_targets,
    permissions_of,
    wire,
)
from touchline.graphql.schema import build_schema, schema_text

SCHEMA = build_schema()._schema
ROOTS = (SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type)
TYPES = [
    kind
    for kind in SCHEMA.type_map.values()
    if not is_introspection_type(kind) and not is_specified_scalar_type(kind)
]


def _named(kind: GraphQLNamedType) -> str:
    return kind.name


def fields(kind: GraphQLNamedType) -> dict[str, GraphQLField]:
    return kind.fields if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else {}


def leads_to(kind: GraphQLNamedType, field: str) -> GraphQLNamedType:
    return get_named_type(fields(kind)[field].type)


OUTPUTS = [
    (f"{kind.name}.{name}", kind, field) for kind in TYPES for name, field in fields(kind).items()
]
_GIVEN = (
    ["input"],
    ["id"],
    ["id", "input"],
    ["id", "expectedVersion"],
    ["condition"],
    ["id", "conversion", "horizon"],
)
MUTATIONS = [one for one in OUTPUTS if one[1] is SCHEMA.mutation_type]


@pytest.mark.parametrize("kind", TYPES, ids=_named)
def test_everything_says_what_it_is(kind: GraphQLNamedType) -> None:
    said = {kind.name: kind.description}
    for name, field in fields(kind).items():
        said[f"{kind.name}.{name}"] = field.description
        said |= {f"{kind.name}.{name}({a})": arg.description for a, arg in field.args.items()}
    if isinstance(kind, GraphQLEnumType):
        said |= {f"{kind.name}.{name}": value.description for name, value in kind.values.items()}
    if isinstance(kind, GraphQLInputObjectType):
        said |= {f"{kind.name}.{name}": field.description for name, field in kind.fields.items()}
    assert [name for name, text in said.items() if not text] == []


def test_the_committed_schema_is_the_schema() -> None:
    assert (Path(__file__).parents[2] / "schema.graphql").read_text() == schema_text()


def test_no_list_holds_nulls() -> None:
    lists = [(name, get_nullable_type(field.type)) for name, _, field in OUTPUTS]
    loose = [n for n, kind in lists if is_list_type(kind) and not is_non_null_type(kind.of_type)]
    assert loose == []


def test_objects_are_named_and_not_their_ids() -> None:
    """The sender's own name of a call is no id of an object of ours."""
    assert [name for name, _, _ in OUTPUTS if name.endswith("Id")] == ["Touchpoint.messageId"]


def test_enums_are_upper_case() -> None:
    values = [
        f"{kind.name}.{value}"
        for kind in TYPES
        if isinstance(kind, GraphQLEnumType)
        for value in kind.values
    ]
    assert [name for name in values if name.split(".")[1].upper() != name.split(".")[1]] == []


def test_every_field_has_a_permission() -> None:
    """Own or of its type; on the roots every field names its own."""
    nodes = node_targets(SCHEMA)
    for _, kind, field in OUTPUTS:
        if isinstance(kind, GraphQLObjectType):
            permissions_of(kind, field, nodes, is_root=kind in ROOTS)


def test_a_field_without_a_permission_fails_the_build() -> None:
    @strawberry.type(description="A root whose field names no permission.")
    class Careless:
        node: Node | None = column(description="Anything.")

    with pytest.raises(SchemaError, match=r"Careless: a field has no permission \(field node\)"):
        wire(strawberry.Schema(query=Careless))


def test_a_field_that_says_not_what_it_is_fails_the_build() -> None:
    @strawberry.type(description="A root with a plain field.")
    class Plain:
        node: Node | None

    with pytest.raises(SchemaError, match=r"Plain: a field is not declared .* \(field node\)"):
        wire(strawberry.Schema(query=Plain))


def test_a_connection_is_paged_both_ways() -> None:
    for name, _, field in OUTPUTS:
        target = get_named_type(field.type)
        assert isinstance(fact_of(field), PageFact) == target.name.endswith("Connection"), name
        if target.name.endswith("Connection"):
            assert list(field.args)[:4] == ["first", "after", "last", "before"], name
            assert list(fields(target)) == ["edges", "nodes", "pageInfo", "totalCount"], name


def test_cursors_of_no_two_connections_are_alike() -> None:
    names = [fact.name for _, _, field in OUTPUTS if isinstance(fact := fact_of(field), PageFact)]
    assert len(names) == len(set(names))


def test_what_a_connection_sorts_by_is_never_null() -> None:
    nodes = node_targets(SCHEMA)
    for _, _, field in OUTPUTS:
        fact = fact_of(field)
        if isinstance(fact, PageFact):
            page = get_named_type(field.type)
            relation = nodes[leads_to(page, "nodes").name].relation
            assert relation is not None
            assert [c for c in fact.order.columns if relation.column(c).nullable] == []


def _previews(field: GraphQLField) -> bool:
    """Whether a mutation only tells what would be."""
    fact = fact_of(field)
    return fact is not None and fact.permission == READ


def test_a_mutation_takes_an_input_or_an_id_and_a_key_and_answers_with_a_payload() -> None:
    for name, _, field in MUTATIONS:
        act = name.removeprefix("Mutation.")
        capital = act[0].upper() + act[1:]
        payload = get_named_type(field.type)
        given = [each for each in field.args if each != "idempotencyKey"]
        assert given in _GIVEN, name
        if "input" in field.args:
            taken = get_named_type(field.args["input"].type)
            assert isinstance(taken, GraphQLInputObjectType), name
            assert taken.name == f"{capital}Input"
            keyed = "idempotencyKey" in taken.fields
        else:
            keyed = "idempotencyKey" in field.args
        assert keyed is not _previews(field), name
        assert payload.name == f"{capital}Payload"
        assert str(fields(payload)["query"].type) == "Query!"
        errors = leads_to(payload, "userErrors")
        assert isinstance(errors, GraphQLObjectType), name
        assert [one.name for one in errors.interfaces] == ["UserError"]
        assert isinstance(leads_to(errors, "code"), GraphQLEnumType)


@pytest.mark.parametrize(
    "name, domain",
    [
        ("TouchpointType", TouchpointType),
        ("TouchpointClock", ClockTrust),
        ("SourceKind", SourceKind),
        ("Scope", Scope),
        ("CustomerErrorCode", CustomerErrorCode),
        ("IdentityErrorCode", IdentityCode),
        ("SourceErrorCode", SourceErrorCode),
        ("ApiKeyErrorCode", ApiKeyErrorCode),
        ("ConditionErrorCode", ConditionCode),
        ("TagErrorCode", TagErrorCode),
        ("TagState", TagState),
        ("TagPin", Pin),
        ("ContentKind", AssetKind),
        ("ContentStatus", AssetStatus),
        ("ContentAct", Act),
        ("ChannelErrorCode", ChannelErrorCode),
        ("MemberRole", Role),
        ("BacklogErrorCode", BacklogErrorCode),
        ("BacklogChange", backlog.Change),
        ("BacklogItemKind", backlog.ItemKind),
        ("BacklogItemState", backlog.ItemState),
        ("BacklogQuestion", backlog.Question),
        ("BacklogMetric", backlog.Metric),
        ("BacklogVerdict", backlog.Verdict),
        ("BacklogLogKind", backlog.LogKind),
        ("BacklogFormula", backlog.Formula),
        ("BacklogMandateKind", backlog.MandateKind),
        ("CycleState", backlog.CycleState),
        ("BusinessGoalKind", backlog.GoalKind),
        ("CustomerValueKind", backlog.CustomerValueKind),
        ("WipLimitScope", backlog.WipScope),
        ("MemberErrorCode", MemberErrorCode),
        ("ContentRelation", AssetRelation),
        ("ContentSlotRule", SlotRule),
    ],
)
def test_an_enum_says_all_that_the_domain_says(name: str, domain: type[StrEnum]) -> None:
    kind = SCHEMA.type_map[name]
    assert isinstance(kind, GraphQLEnumType)
    said = {str(value.value) for value in kind.values.values()} - {
        CommonCode.NOT_FOUND,
        CommonCode.CONFLICT,
    }
    assert said == {member.value for member in domain}


def test_every_level_of_a_trait_has_a_name() -> None:
    kind = SCHEMA.type_map["ProvenanceKind"]
    assert isinstance(kind, GraphQLEnumType)
    assert set(kind.values) == {level.name for level in TraitLevel}


def test_the_customer_is_the_roof() -> None:
    """What belongs to a customer does not name it back."""
    roofs = {"Customer", "CustomerEdge", "CustomerConnection", "Query"}
    back = [
        name
        for name, kind, field in OUTPUTS
        if get_named_type(field.type).name in roofs
        and kind.name not in roofs
        and not kind.name.endswith("Payload")
    ]
    assert back == []


def test_every_node_reads_from_a_relation_with_an_id() -> None:
    for target in node_targets(SCHEMA).values():
        assert target.relation is not None
        assert "id" in target.relation.columns


def test_every_declared_type_says_who_may() -> None:
    missing = [
        kind.name
        for kind in TYPES
        if isinstance(kind, GraphQLObjectType) and kind not in ROOTS and fact_of_type(kind) is None
    ]
    assert missing == []
