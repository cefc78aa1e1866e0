"""Reading rows: what a page shows, how many statements it takes, and who may."""

import pytest

from tests.support.operations import FIELD_BY_FIELD, ask, caller, refusal, statements
from tests.support.rows import a_customer, a_source, a_touchpoint, a_trait
from touchline.domain.kernel.actor import Actor, ActorKind, Scope
from touchline.domain.kernel.db import execute
from touchline.domain.kernel.ids import global_id

pytestmark = pytest.mark.usefixtures("db")

NOBODY = Actor(ActorKind.API_KEY, None, "", frozenset())
PAGE = """query ($id: ID!) { customer(id: $id) {
  id displayName isIdentified firstSeenAt
  traits { name value observedAt provenance { kind source { name } actorName } history { value } }
  account { name }
  timeline(first: 20) { totalCount edges { cursor node {
    id type name clock occurredAt properties extra device { browser family }
    source { id name } subject { __typename id } } } pageInfo { hasNextPage endCursor } } } }"""


async def test_a_customer_page_shows_what_is_known() -> None:
    customer = await a_customer(display_name="Ada", is_identified=False, first_seen_at=0)
    shop = await a_source(name="Shop")
    await a_trait(customer, "plan", '"gold"', source_id=shop, observed_at=86_400_123)
    await a_trait(customer, "age", "36", level=30, actor_name="Bob")
    touchpoint = await a_touchpoint(
        customer,
        source_id=shop,
        properties='{"total": 12.5, "items": [1, null, "ü"]}',
        device='{"browser": "Firefox", "device": "iPhone"}',
    )
    data = await ask(PAGE, id=global_id("Customer", customer))
    found = data["customer"]
    entry = found["timeline"].pop("edges")[0]["node"]
    assert found == {
        "id": global_id("Customer", customer),
        "displayName": "Ada",
        "isIdentified": False,
        "firstSeenAt": "1970-01-01T00:00:00.000Z",
        "traits": [
            {
                "name": "age",
                "value": 36,
                "observedAt": "1970-01-01T00:00:01.000Z",
                "provenance": {"kind": "CORRECTED", "source": None, "actorName": "Bob"},
                "history": [],
            },
            {
                "name": "plan",
                "value": "gold",
                "observedAt": "1970-01-02T00:00:00.123Z",
                "provenance": {
                    "kind": "CONNECTED",
                    "source": {"name": "Shop"},
                    "actorName": None,
                },
                "history": [],
            },
        ],
        "account": None,
        "timeline": {
            "totalCount": 1,
            "pageInfo": {
                "hasNextPage": False,
                "endCursor": found["timeline"]["pageInfo"]["endCursor"],
            },
        },
    }
    assert entry == {
        "id": global_id("Touchpoint", touchpoint),
        "type": "TRACK",
        "name": "Signed Up",
        "clock": "ORIGINAL",
        "occurredAt": "1970-01-01T00:00:01.000Z",
        "properties": {"total": 12.5, "items": [1, None, "ü"]},
        "extra": None,
        "device": {"browser": "Firefox", "family": "iPhone"},
        "source": {"id": global_id("Source", shop), "name": "Shop"},
        "subject": {"__typename": "Customer", "id": global_id("Customer", customer)},
    }


@pytest.mark.parametrize("touchpoints", [1, 20])
async def test_field_by_field_a_customer_page_takes_eight_statements_however_much_there_is(
    touchpoints: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Customer, traits, their sources and history, page, count, sources, subjects; no account."""
    customer = await a_customer()
    sources = [await a_source() for _ in range(3)]
    for number in range(touchpoints):
        await a_touchpoint(customer, source_id=sources[number % 3])
        await a_trait(customer, f"t{number}", "1", source_id=sources[number % 3])
    with statements(monkeypatch) as sent:
        await ask(PAGE, engine=FIELD_BY_FIELD, id=global_id("Customer", customer))
    assert len(sent) == 8, "\n".join(sent)


@pytest.mark.parametrize("customers", [1, 50])
async def test_field_by_field_a_list_takes_as_many_statements_for_many_as_for_one(
    customers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(customers):
        customer = await a_customer()
        for moment in range(4):
            await a_touchpoint(customer, name=f"T{moment}", occurred_at=moment)
    with statements(monkeypatch) as sent:
        data = await ask(
            "{ customers(first: 50) { nodes { traits { name }"
            " timeline(first: 3) { totalCount nodes { name } } } } }",
            engine=FIELD_BY_FIELD,
        )
    assert len(sent) == 4, "\n".join(sent)
    assert [node["timeline"] for node in data["customers"]["nodes"]] == [
        {"totalCount": 4, "nodes": [{"name": "T3"}, {"name": "T2"}, {"name": "T1"}]}
    ] * customers


async def test_an_absorbed_customer_is_found_as_the_one_it_became() -> None:
    first, second, third = [await a_customer() for _ in range(3)]
    merged = "UPDATE customer SET merged_into_id = ? WHERE id = ?"
    await execute(merged, (second, first))
    await execute(merged, (third, second))
    found = await ask(
        "query ($id: ID!) { customer(id: $id) { id } node(id: $id) { __typename id }"
        " customers(first: 5) { totalCount nodes { id } } }",
        id=global_id("Customer", first),
    )
    survivor = global_id("Customer", third)
    assert found == {
        "customer": {"id": survivor},
        "node": {"__typename": "Customer", "id": survivor},
        "customers": {"totalCount": 1, "nodes": [{"id": survivor}]},
    }


async def test_objects_of_any_type_are_found_by_their_ids() -> None:
    customer = await a_customer(display_name="Ada")
    touchpoint = await a_touchpoint(customer)
    source = await a_source()
    ids = [
        global_id("Touchpoint", touchpoint),
        global_id("Customer", 10**9),
        global_id("Source", source),
        global_id("Customer", customer),
    ]
    data = await ask(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id"
        " ... on Customer { displayName } ... on Touchpoint { name } } }",
        ids=ids,
    )
    assert data["nodes"] == [
        {"__typename": "Touchpoint", "id": ids[0], "name": "Signed Up"},
        {"__typename": "Source", "id": ids[2]},
        {"__typename": "Customer", "id": ids[3], "displayName": "Ada"},
    ]


async def test_what_is_not_there_is_null() -> None:
    key = global_id("Customer", 7)
    assert await ask(
        "query ($id: ID!) { customer(id: $id) { id } node(id: $id) { id } }", id=key
    ) == {"customer": None, "node": None}


@pytest.mark.parametrize(
    "field, argument, message",
    [
        ('customer(id: "nonsense") { id }', "id", "`id` is not an id of this API."),
        ('customer(id: "") { id }', "id", "`id` is not an id of this API."),
        (
            f'customer(id: "{global_id("Source", 1)}") {{ id }}',
            "id",
            "`id` is not an id of Customer.",
        ),
        ('node(id: "ü") { id }', "id", "`id` is not an id of this API."),
        (f'node(id: "{global_id("Trait", 1)}") {{ id }}', "id", "`id` is not an id of an object."),
        ('nodes(ids: ["x"]) { id }', "ids", "`ids` is not an id of this API."),
        (
            'touchpoints(first: 1, filter: {sources: ["x"]}) { nodes { id } }',
            "filter.sources",
            "`filter.sources` is not an id of this API.",
        ),
    ],
)
async def test_a_bad_id_is_refused_with_the_argument_named(
    field: str, argument: str, message: str
) -> None:
    assert await refusal(f"{{ {field} }}") == {
        "code": "BAD_USER_INPUT",
        "argument": argument,
        "message": message,
    }


async def test_a_filter_that_nests_too_deep_is_refused() -> None:
    nested = "{isIdentified: true}"
    for _ in range(5):
        nested = f"{{not: {nested}}}"
    refused = await refusal(f"{{ customers(first: 1, filter: {nested}) {{ nodes {{ id }} }} }}")
    assert refused["argument"] == "filter"


@pytest.mark.parametrize(
    "field, scope, code",
    [
        ("customers(first: 1) { nodes { id } }", Scope.INGEST, "FORBIDDEN"),
        ("touchpoints(first: 1) { nodes { id } }", None, "UNAUTHENTICATED"),
        ("apiKeys { id }", Scope.WRITE, "FORBIDDEN"),
        ("sources { writeKeys { prefix } }", Scope.READ, "FORBIDDEN"),
        (f'node(id: "{global_id("ApiKey", 1)}") {{ id }}', Scope.READ, "FORBIDDEN"),
    ],
)
async def test_a_caller_sees_only_what_the_scope_opens(
    field: str, scope: Scope | None, code: str
) -> None:
    await a_source()
    actor = caller(scope) if scope else NOBODY
    assert (await refusal(f"{{ {field} }}", actor))["code"] == code


async def test_what_a_caller_may_not_see_leaves_the_rest_of_a_node_list() -> None:
    customer = await a_customer()
    ids = [global_id("Customer", customer), global_id("ApiKey", 1)]
    refused = await refusal(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", caller(Scope.READ), ids=ids
    )
    assert refused["code"] == "FORBIDDEN"


async def test_the_viewer_is_whoever_calls() -> None:
    document = "{ viewer { name kind scopes } }"
    assert await ask(document) == {
        "viewer": {"name": "Ada", "kind": "API_KEY", "scopes": ["ADMIN"]}
    }
