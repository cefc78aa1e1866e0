"""Write keys: what a source sends with."""

import pytest

from tests.support.clock import SettableClock
from touchline.domain.kernel.actor import SYSTEM, Actor, ActorKind, Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Forbidden, NotFound, Refused
from touchline.domain.sources.errors import SourceErrorCode
from touchline.domain.sources.service import (
    authenticate_write_key,
    create_source,
    issue_write_key,
    revoke_write_key,
    rotate_write_key,
)

pytestmark = pytest.mark.usefixtures("db")

READER = Actor(ActorKind.API_KEY, 1, "reader", frozenset({Scope.READ}))


async def test_a_write_key_names_its_source() -> None:
    shop = await create_source(SYSTEM, name="Shop")
    app = await create_source(SYSTEM, name="App")
    assert await authenticate_write_key(shop.secret) == shop.source.id
    assert await authenticate_write_key(app.secret) == app.source.id


@pytest.mark.parametrize("text", ["", "wk_", "nonsense", "wk_" + "a" * 5_000, "\x00", "ключ"])
async def test_anything_else_names_none(text: str) -> None:
    await create_source(SYSTEM, name="Shop")
    assert await authenticate_write_key(text) is None
    assert await authenticate_write_key(text) is None


async def test_only_the_beginning_of_a_write_key_is_kept() -> None:
    shop = await create_source(SYSTEM, name="Shop")
    assert shop.secret.startswith(shop.key.prefix)
    assert len(shop.key.prefix) == 10
    (row,) = await fetch("SELECT * FROM write_key")
    assert (row["id"], row["prefix"]) == (shop.key.id, shop.key.prefix)
    assert shop.secret not in [str(row[place]) for place in range(6)]


async def test_an_added_key_works_beside_the_first() -> None:
    shop = await create_source(SYSTEM, name="Shop")
    second = await issue_write_key(SYSTEM, shop.source.id)
    assert await authenticate_write_key(shop.secret) == shop.source.id
    assert await authenticate_write_key(second.secret) == shop.source.id


async def test_a_rotated_key_replaces_all_that_were(clock: SettableClock) -> None:
    shop = await create_source(SYSTEM, name="Shop")
    assert await authenticate_write_key(shop.secret) == shop.source.id
    fresh = await rotate_write_key(SYSTEM, shop.source.id)
    assert await authenticate_write_key(shop.secret) is None
    assert await authenticate_write_key(fresh.secret) == shop.source.id
    rows = await fetch("SELECT id, revoked_at FROM write_key ORDER BY id")
    assert [(row["id"], row["revoked_at"]) for row in rows] == [
        (shop.key.id, clock()),
        (fresh.key.id, None),
    ]


async def test_a_revoked_key_opens_nothing_and_is_revoked_once() -> None:
    shop = await create_source(SYSTEM, name="Shop")
    assert await authenticate_write_key(shop.secret) == shop.source.id
    await revoke_write_key(SYSTEM, shop.key.id)
    assert await authenticate_write_key(shop.secret) is None
    with pytest.raises(Refused) as refusal:
        await revoke_write_key(SYSTEM, shop.key.id)
    assert refusal.value.code is SourceErrorCode.ALREADY_REVOKED


async def test_a_key_works_at_once_though_it_was_tried_before_it_was_made() -> None:
    shop = await create_source(SYSTEM, name="Shop")
    assert await authenticate_write_key("wk_unknown") is None
    again = await issue_write_key(SYSTEM, shop.source.id)
    assert await authenticate_write_key(again.secret) == shop.source.id


async def test_a_reader_neither_issues_nor_revokes() -> None:
    shop = await create_source(SYSTEM, name="Shop")
    for attempt in (
        issue_write_key(READER, shop.source.id),
        rotate_write_key(READER, shop.source.id),
        revoke_write_key(READER, shop.key.id),
    ):
        with pytest.raises(Forbidden):
            await attempt
    assert await authenticate_write_key(shop.secret) == shop.source.id


async def test_a_source_or_key_that_is_not_there_is_not_found() -> None:
    for attempt in (
        issue_write_key(SYSTEM, 99),
        rotate_write_key(SYSTEM, 99),
        revoke_write_key(SYSTEM, 99),
    ):
        with pytest.raises(NotFound):
            await attempt
