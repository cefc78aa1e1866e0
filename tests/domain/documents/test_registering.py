"""Registering documents: all or none, once and for ever, and forgotten when removed."""

from collections.abc import Iterator

import pytest

from tests.support.clock import SettableClock
from touchline.domain.documents import recognition
from touchline.domain.documents.errors import DocumentCode
from touchline.domain.documents.manifest import sha256
from touchline.domain.documents.queries import list_documents
from touchline.domain.documents.service import register, remove
from touchline.domain.documents.types import DocumentView, Vetted
from touchline.domain.kernel.actor import SYSTEM, Actor, ActorKind, Scope
from touchline.domain.kernel.errors import Forbidden, NotFound, Refused

WRITER = Actor(ActorKind.API_KEY, 1, "writer", frozenset({Scope.WRITE}))
ONE = Vetted("one", "One", "query", "query One { viewer { id } }")
TWO = Vetted("two", None, "mutation", "mutation { x }")


@pytest.fixture(autouse=True)
def _nothing_remembered(db: object) -> Iterator[None]:
    recognition.forget_all()
    yield
    recognition.forget_all()


async def listed() -> list[str]:
    return [one.id for one in await list_documents(SYSTEM)]


async def test_registered_documents_are_found_by_id_and_by_hash(clock: SettableClock) -> None:
    assert (await register(SYSTEM, [ONE, TWO])).added == {"one", "two"}
    assert await recognition.text_of("one") == ONE.body
    assert await recognition.text_of(sha256(TWO.body)) == TWO.body
    assert await recognition.text_of(f"sha256:{sha256(TWO.body)}") == TWO.body
    assert await recognition.text_of("sha256:one") is None
    assert await list_documents(SYSTEM) == [
        DocumentView("two", None, "mutation", len(TWO.body), clock()),
        DocumentView("one", "One", "query", len(ONE.body), clock()),
    ]


async def test_registering_once_more_adds_only_what_is_new() -> None:
    await register(SYSTEM, [ONE])
    assert (await register(SYSTEM, [ONE, TWO])).added == {"two"}
    again = await register(SYSTEM, [TWO, ONE])
    assert (again.added, len(set(again.keys))) == (frozenset(), 2)
    assert await listed() == ["two", "one"]


async def test_an_id_never_comes_to_mean_another_document() -> None:
    await register(SYSTEM, [ONE])
    with pytest.raises(Refused) as refusal:
        await register(
            SYSTEM, [TWO, Vetted("one", "One", "query", "query One { viewer { name } }")]
        )
    assert (refusal.value.code, refusal.value.path) == (
        DocumentCode.ID_TAKEN,
        ("documents", 1, "key"),
    )
    assert await listed() == ["one"]
    assert await recognition.text_of("one") == ONE.body


async def test_documents_are_removed_all_or_none() -> None:
    await register(SYSTEM, [ONE, TWO])
    assert await recognition.text_of("one") == ONE.body
    with pytest.raises(NotFound):
        await remove(SYSTEM, ["one", "three"])
    assert await listed() == ["two", "one"]
    await remove(SYSTEM, ["one"])
    assert await listed() == ["two"]
    assert await recognition.text_of("one") is None


async def test_a_document_is_known_as_soon_as_it_is_registered() -> None:
    assert await recognition.text_of("one") is None
    await register(SYSTEM, [ONE])
    assert await recognition.text_of("one") == ONE.body


async def test_a_document_removed_by_another_process_is_gone_within_two_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passed = 0.0
    monkeypatch.setattr("touchline.domain.documents.recognition.time.monotonic", lambda: passed)
    await register(SYSTEM, [ONE])
    assert await recognition.text_of("one") == ONE.body
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("touchline.domain.documents.recognition.forget_all", lambda: None)
        await remove(SYSTEM, ["one"])
    passed = 2.01
    assert await recognition.text_of("one") is None


async def test_only_an_admin_registers_lists_and_removes() -> None:
    await register(SYSTEM, [ONE])
    with pytest.raises(Forbidden):
        await register(WRITER, [TWO])
    with pytest.raises(Forbidden):
        await remove(WRITER, ["one"])
    with pytest.raises(Forbidden):
        await list_documents(WRITER)
    assert await listed() == ["one"]
