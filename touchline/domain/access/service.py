"""Issuing, rotating and revoking API keys, and recognising who shows one."""

import asyncio
from collections.abc import Iterable
from functools import lru_cache

import structlog

from touchline.domain.access import sessions
from touchline.domain.access.errors import ApiKeyErrorCode
from touchline.domain.access.keys import (
    SECRET_PREFIX,
    IssuedKey,
    Key,
    KeyState,
    checked_expiry,
    checked_name,
    checked_scopes,
)
from touchline.domain.access.models import ApiKey
from touchline.domain.access.queries import as_key
from touchline.domain.kernel import clock, ids
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import after_commit, execute, in_transaction, transactional
from touchline.domain.kernel.errors import NotFound, Refused, TimedOut
from touchline.domain.kernel.minting import mint
from touchline.domain.members.queries import member_of

LAST_USED_STEP = clock.MINUTE
LOOK_UP_WITHIN_S = 5.0

_log = structlog.get_logger(__name__)
_noting: set[asyncio.Task[int]] = set()
_asked: dict[tuple[int, bytes], asyncio.Task[sessions.Session | None]] = {}


@transactional
async def create_key(
    actor: Actor,
    *,
    name: str,
    scopes: Iterable[Scope],
    expires_at: Moment | None = None,
    trusted_only: bool = False,
    member_id: int | None = None,
) -> IssuedKey:
    """Issue a key. Only a digest of the secret is kept, so it can be shown only now.

    With ``trusted_only`` it runs registered documents and no others. One for a member acts in that
    member's name until the member leaves.
    """
    actor.require(Scope.ADMIN)
    if member_id is not None:
        await _check_member(member_id)
    now = clock.now()
    minted = mint(SECRET_PREFIX)
    row = await ApiKey.create(
        name=checked_name(name),
        prefix=minted.prefix,
        digest=minted.digest,
        scopes=sorted(checked_scopes(scopes)),
        trusted_only=trusted_only,
        created_at=now,
        expires_at=checked_expiry(expires_at, now),
        member_id=member_id,
    )
    return IssuedKey(as_key(row), minted.secret)


@transactional
async def rotate_key(actor: Actor, key_id: int) -> IssuedKey:
    """Give a key a new secret. The old one stops working; name, scopes and expiry stay."""
    actor.require(Scope.ADMIN)
    row = await _open_key(key_id)
    minted = mint(SECRET_PREFIX)
    row.prefix, row.digest = minted.prefix, minted.digest
    await row.save(update_fields=["prefix", "digest"])
    after_commit(lambda: sessions.forget(key_id))
    return IssuedKey(as_key(row), minted.secret)


@transactional
async def revoke_key(actor: Actor, key_id: int) -> Key:
    """End a key for good: here at once, in other processes within two seconds."""
    actor.require(Scope.ADMIN)
    row = await _open_key(key_id)
    row.revoked_at = clock.now()
    await row.save(update_fields=["revoked_at"])
    after_commit(lambda: sessions.forget(key_id))
    return as_key(row)


async def authenticate(secret: str) -> Actor | None:
    """The holder of ``secret``; ``None`` when it is unknown, expired or revoked, or when the
    member it was issued to has left. Raises ``TimedOut`` when the database does not answer."""
    digest = _digest(secret)
    session = sessions.recall(digest) or await _looked_up(digest)
    if session is None or session.key.state(clock.now()) is not KeyState.ACTIVE:
        return None
    return session.actor


@lru_cache(maxsize=sessions.REMEMBERED_KEYS)
def _digest(secret: str) -> bytes:
    """What keys are found by; working it out took a tenth of what a small query does besides."""
    return ids.secret_digest(secret)


async def settled() -> None:
    """Return when every use that was seen so far is written down."""
    await asyncio.gather(*_noting, return_exceptions=True)


async def _check_member(member_id: int) -> None:
    member = await member_of(member_id)
    if member is None:
        message = "There is no such member."
        raise Refused(ApiKeyErrorCode.MEMBER_NOT_FOUND, message, ("memberId",))
    if not member.is_active:
        message = f"{member.name} has left the team."
        raise Refused(ApiKeyErrorCode.MEMBER_GONE, message, ("memberId",))


async def _open_key(key_id: int) -> ApiKey:
    row = await ApiKey.select_for_update().get_or_none(id=key_id)
    if row is None:
        raise NotFound("There is no such API key.", ["id"])
    if row.revoked_at is not None:
        message = f"The key {row.prefix} was revoked before."
        raise Refused(ApiKeyErrorCode.ALREADY_REVOKED, message, ["id"])
    return row


async def _looked_up(digest: bytes) -> sessions.Session | None:
    """What the database knows of a key; who asks meanwhile is told the same.

    Who asks after a key was forgotten has it read anew.
    """
    place = (sessions.epoch(), digest)
    asked = _asked.get(place)
    if asked is None:
        asked = _asked[place] = asyncio.ensure_future(_look_up(digest))
        asked.add_done_callback(lambda _: _asked.pop(place))
    return await asyncio.shield(asked)


async def _look_up(digest: bytes) -> sessions.Session | None:
    epoch = sessions.epoch()
    try:
        async with asyncio.timeout(LOOK_UP_WITHIN_S):
            row = await ApiKey.get_or_none(digest=digest)
            member_id = None if row is None else row.member_id
            member = None if member_id is None else await member_of(member_id)
    except TimeoutError:
        raise TimedOut(LOOK_UP_WITHIN_S) from None
    if row is None:
        return None
    key = as_key(row)
    if key.member_id is not None and (member is None or not member.is_active):
        return None
    session = sessions.remember(digest, key, key.actor(member), epoch)
    _note_use(session.key)
    return session


def _note_use(key: Key) -> None:
    """Write down that the key is in use, aside from the request and at most once a minute."""
    now = clock.now()
    recent = key.last_used_at is not None and now - key.last_used_at < LAST_USED_STEP
    if recent or key.state(now) is not KeyState.ACTIVE:
        return
    task = asyncio.create_task(in_transaction(lambda: _write_use(key.id, now)))
    _noting.add(task)
    task.add_done_callback(_noted)


def _noted(task: asyncio.Task[int]) -> None:
    """A use that could not be written down is noted the next time."""
    _noting.discard(task)
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _log.warning("the use of an API key was not written down", error=str(error))


async def _write_use(key_id: int, now: Moment) -> int:
    return await execute(
        "UPDATE api_key SET last_used_at = ? WHERE id = ? AND COALESCE(last_used_at, 0) <= ?",
        (now, key_id, now - LAST_USED_STEP),
    )
