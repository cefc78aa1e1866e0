"""Documents are kept with all that is made of them, and forgotten before that is too much."""

import gc
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.operations import ask, fresh_engine
from touchline.domain.kernel.ids import global_id
from touchline.graphql.engine import documents
from touchline.graphql.engine.execution import Engine

pytestmark = pytest.mark.usefixtures("db")

NOBODY = global_id("Customer", 99_999_999)
VARIED = """query ($id: ID!, $first: Int, $a: Boolean!, $b: Boolean!, $filter: TouchpointFilter) {
  customer(id: $id) { id displayName
    identifiers @include(if: $a) { kind value firstSeenAt }
    account @include(if: $b) { id name domain }
    timeline(first: $first, filter: $filter) { nodes { id type summary source { name } } } } }"""
PLAIN = "{ customers(first: 1) { nodes { id } } }"


def ways(sizes: int) -> Iterator[dict[str, Any]]:
    """Variables of which each needs another statement, half of them of another plan."""
    for first in range(1, sizes + 1):
        for flag in (True, False):
            named = {"names": [f"name {first}"]}
            yield {"id": NOBODY, "first": first, "a": flag, "b": True, "filter": named}


async def vary(engine: Engine, document: str, sizes: int = 8) -> None:
    for given in ways(sizes):
        assert await ask(document, engine=engine, **given) == {"customer": None}


def size_of(engine: Engine, *texts: str) -> int:
    known = [engine.documents.known(text) for text in texts]
    return sum(one.footprint.size for one in known if one is not None)


async def test_what_is_made_of_a_document_counts_as_much_as_it_takes() -> None:
    engine, texts = fresh_engine(), [f"{VARIED} # {number}" for number in range(3)]
    await vary(engine, VARIED)
    gc.collect()
    tracemalloc.start()
    try:
        for text in texts:
            await vary(engine, text)
        gc.collect()
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken / 2 < size_of(engine, *texts) < taken * 3


async def test_what_is_found_again_takes_no_more() -> None:
    engine = fresh_engine()
    await vary(engine, VARIED)
    before = size_of(engine, VARIED)
    await vary(engine, VARIED)
    assert size_of(engine, VARIED) == before


async def test_a_document_that_is_varied_without_end_makes_no_other_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(documents, "_LARGEST", 200_000)
    engine = fresh_engine()
    await ask(PLAIN, engine=engine)
    plain = engine.documents.known(PLAIN)
    await vary(engine, VARIED, 32)
    assert engine.documents.known(PLAIN) is plain is not None
    assert size_of(engine, VARIED) <= 200_000


async def test_the_oldest_documents_make_room_for_what_is_made_of_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(documents, "_KEPT_BYTES", 500_000)
    engine, texts = fresh_engine(), [f"{VARIED} # {number}" for number in range(6)]
    for text in texts:
        await vary(engine, text)
        await ask(PLAIN, engine=engine)
    assert engine.documents.known(texts[0]) is None
    assert engine.documents.known(PLAIN) is not None
    assert engine.documents.known(texts[-1]) is not None
    assert size_of(engine, PLAIN, *texts) <= 500_000


NOTE = """mutation ($id: ID!, $a: Boolean!, $b: Boolean!) {
  customerAddNote(input: {customerId: $id, text: "x"}) { userErrors { code }
    touchpoint { id type @include(if: $a) subject @include(if: $b) { id } } } }"""


async def test_what_stands_below_payloads_counts_too() -> None:
    engine, sizes = fresh_engine(), []
    for a, b in ((True, True), (True, False), (False, True), (False, False), (True, True)):
        await ask(NOTE, engine=engine, id=NOBODY, a=a, b=b)
        sizes.append(size_of(engine, NOTE))
    assert sizes[0] < sizes[1] < sizes[2] < sizes[3] == sizes[4]
