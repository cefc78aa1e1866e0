"""Compiled answers are, byte for byte, those of normal execution."""

from collections import Counter

import pytest

from tests.support.clock import SettableClock
from tests.support.operations import PLANNED, STEPPED, answer_bytes, caller
from tests.support.random_documents import a_document
from tests.support.small_world import small_world
from touchline.domain.kernel.actor import Scope
from touchline.settings import Settings

DOCUMENTS = 100


async def test_random_documents_have_the_same_answer_either_way(
    db: Settings, clock: SettableClock
) -> None:
    """Data, order of keys, errors and cost, for callers of several scopes."""
    known = await small_world(db)
    told: Counter[str] = Counter()
    for seed in range(DOCUMENTS):
        made = a_document(PLANNED.documents.schema, seed, known)
        actor = caller(Scope.READ if seed % 10 == 0 else Scope.ADMIN)
        planned = await answer_bytes(made.text, made.variables, actor, PLANNED)
        stepped = await answer_bytes(made.text, made.variables, actor, STEPPED)
        assert planned == stepped, (seed, made)
        told["refused" if b'"errors":' in stepped else "answered"] += 1
    assert told["answered"] > told["refused"] > 0


EDGES = [f"{side}: {size}" for side in ("first", "last") for size in (0, 1, 2, 100)]
SHOWN = [
    "pageInfo { startCursor endCursor }",
    "pageInfo { hasNextPage endCursor } totalCount",
    "pageInfo { hasPreviousPage startCursor } nodes { id }",
    "edges { cursor node { id } } pageInfo { endCursor }",
    "edges { cursor }",
    "nodes { id }",
]


@pytest.mark.parametrize("page", EDGES)
async def test_pages_of_every_size_show_the_same_ends_either_way(db: Settings, page: str) -> None:
    known = await small_world(db)
    below = " ".join(f"p{at}: timeline({page}) {{ {shown} }}" for at, shown in enumerate(SHOWN))
    customers = f"customers({page}) {{ nodes {{ id {below} }} pageInfo {{ endCursor }} }}"
    document = f"query ($id: ID!) {{ customer(id: $id) {{ {below} }} {customers} }}"
    if "100" in page:
        document = document.replace(f" {customers}", "")
    for customer in known.ids["Customer"]:
        actor, given = caller(), {"id": customer}
        planned = await answer_bytes(document, given, actor, PLANNED)
        assert planned == await answer_bytes(document, given, actor, STEPPED)
        assert b'"errors"' not in planned
