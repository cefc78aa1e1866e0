"""Compiled answers are, byte for byte, those of normal execution."""

from collections import Counter

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
