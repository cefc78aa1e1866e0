"""API keys: issuing, rotating, revoking, and recognising who shows one."""

import pytest

from tests.support.clock import SettableClock
from touchline.domain.access import queries, service
from touchline.domain.access.errors import ApiKeyErrorCode
from touchline.domain.access.keys import KeyState
from touchline.domain.kernel.actor import SYSTEM, Actor, ActorKind, Scope
from touchline.domain.kernel.clock import DAY, MINUTE
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Forbidden, NotFound, Refused
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("db")

READER = Actor(ActorKind.API_KEY, 1, "reader", frozenset({Scope.READ, Scope.WRITE}))


async def test_a_new_key_opens_what_its_scopes_say(clock: SettableClock) -> None:
    issued = await service.create_key(SYSTEM, name=" grafana ", scopes=[Scope.READ])

    assert issued.secret.startswith("tl_")
    assert issued.key.prefix == issued.secret[:10]
    assert (issued.key.name, issued.key.created_at) == ("grafana", clock())
    actor = await service.authenticate(issued.secret)
    assert actor == Actor(ActorKind.API_KEY, issued.key.id, "grafana", frozenset({Scope.READ}))


async def test_the_secret_itself_is_nowhere_in_the_database() -> None:
    issued = await service.create_key(SYSTEM, name="grafana", scopes=[Scope.READ])

    (row,) = await fetch("SELECT * FROM api_key")
    assert issued.secret not in [str(row[place]) for place in range(9)]
    assert len(row["digest"]) == 32


@pytest.mark.parametrize("secret", ["", "tl_", "tl_unknown", "\x00", "ü" * 10_000])
async def test_an_unknown_secret_opens_nothing(secret: str) -> None:
    assert await service.authenticate(secret) is None


async def test_a_revoked_key_opens_nothing_from_that_moment() -> None:
    issued = await service.create_key(SYSTEM, name="grafana", scopes=[Scope.READ])
    assert await service.authenticate(issued.secret) is not None

    revoked = await service.revoke_key(SYSTEM, issued.key.id)

    assert revoked.state(0) is KeyState.REVOKED
    assert await service.authenticate(issued.secret) is None


async def test_a_key_ends_with_its_last_millisecond(clock: SettableClock) -> None:
    issued = await service.create_key(
        SYSTEM, name="grafana", scopes=[Scope.READ], expires_at=clock() + DAY
    )

    clock.advance(DAY - 1)
    assert await service.authenticate(issued.secret) is not None
    clock.advance(1)
    assert await service.authenticate(issued.secret) is None


async def test_a_rotated_key_has_a_new_secret_and_the_same_rights() -> None:
    issued = await service.create_key(SYSTEM, name="grafana", scopes=[Scope.READ])
    await service.authenticate(issued.secret)

    rotated = await service.rotate_key(SYSTEM, issued.key.id)

    assert await service.authenticate(issued.secret) is None
    actor = await service.authenticate(rotated.secret)
    assert actor is not None
    assert (actor.id, actor.name) == (issued.key.id, "grafana")
    assert actor.scopes == frozenset({Scope.READ})


async def test_the_last_use_is_noted_once_a_minute(
    clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchline.domain.access.sessions.REMEMBERED_S", 0.0)
    issued = await service.create_key(SYSTEM, name="grafana", scopes=[Scope.READ])
    first = clock()

    await service.authenticate(issued.secret)
    await service.settled()
    clock.advance(MINUTE - 1)
    await service.authenticate(issued.secret)
    await service.settled()
    assert [key.last_used_at for key in await queries.list_keys(SYSTEM)] == [first]

    clock.advance(1)
    await service.authenticate(issued.secret)
    await service.settled()
    assert [key.last_used_at for key in await queries.list_keys(SYSTEM)] == [first + MINUTE]


@pytest.mark.parametrize(
    "name, scopes, code",
    [
        (" \x00", [Scope.READ], ApiKeyErrorCode.NAME_BLANK),
        ("x" * 101, [Scope.READ], ApiKeyErrorCode.NAME_TOO_LONG),
        ("x", [], ApiKeyErrorCode.SCOPES_EMPTY),
    ],
)
async def test_a_key_without_name_or_scope_is_refused(
    name: str, scopes: list[Scope], code: ApiKeyErrorCode
) -> None:
    with pytest.raises(Refused) as refusal:
        await service.create_key(SYSTEM, name=name, scopes=scopes)

    assert refusal.value.code is code
    assert await queries.list_keys(SYSTEM) == []


async def test_a_key_that_would_be_dead_at_birth_is_refused(clock: SettableClock) -> None:
    with pytest.raises(Refused) as refusal:
        await service.create_key(SYSTEM, name="x", scopes=[Scope.READ], expires_at=clock())

    assert refusal.value.code is ApiKeyErrorCode.EXPIRY_IN_THE_PAST
    assert refusal.value.path == ("expiresAt",)
    assert await queries.list_keys(SYSTEM) == []


async def test_a_key_is_revoked_once() -> None:
    issued = await service.create_key(SYSTEM, name="x", scopes=[Scope.READ])
    before = await service.revoke_key(SYSTEM, issued.key.id)

    for again in (service.revoke_key, service.rotate_key):
        with pytest.raises(Refused) as refusal:
            await again(SYSTEM, issued.key.id)
        assert refusal.value.code is ApiKeyErrorCode.ALREADY_REVOKED
    assert await queries.list_keys(SYSTEM) == [before]


async def test_a_key_that_does_not_exist_is_not_found() -> None:
    for act in (service.revoke_key, service.rotate_key):
        with pytest.raises(NotFound):
            await act(SYSTEM, 404)


async def test_only_an_admin_sees_or_changes_keys() -> None:
    issued = await service.create_key(SYSTEM, name="x", scopes=[Scope.READ])

    with pytest.raises(Forbidden):
        await service.create_key(READER, name="mine", scopes=[Scope.ADMIN])
    for act in (service.revoke_key, service.rotate_key):
        with pytest.raises(Forbidden):
            await act(READER, issued.key.id)
    with pytest.raises(Forbidden):
        await queries.list_keys(READER)
    assert await queries.list_keys(SYSTEM) == [issued.key]


async def test_keys_are_listed_from_the_newest_and_found_by_how_they_begin() -> None:
    old = await service.create_key(SYSTEM, name="old", scopes=[Scope.READ])
    new = await service.create_key(SYSTEM, name="new", scopes=[Scope.READ, Scope.INGEST])

    assert await queries.list_keys(SYSTEM) == [new.key, old.key]
    assert await queries.find_key(SYSTEM, new.key.prefix) == new.key
    for prefix in ("tl_", "", "tl_________"):
        with pytest.raises(NotFound):
            await queries.find_key(SYSTEM, prefix)


async def test_a_key_revoked_by_another_process_stops_within_two_seconds(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process cannot clear our memory, so what we remember must be short-lived."""
    passed = 0.0
    monkeypatch.setattr("touchline.domain.access.sessions.time.monotonic", lambda: passed)
    issued = await service.create_key(SYSTEM, name="x", scopes=[Scope.READ])
    assert await service.authenticate(issued.secret) is not None
    monkeypatch.setattr("touchline.domain.access.service.sessions.forget", lambda key_id: None)
    await service.revoke_key(SYSTEM, issued.key.id)

    passed = 1.99
    assert await service.authenticate(issued.secret) is None
