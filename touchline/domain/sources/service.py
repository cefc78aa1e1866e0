"""Setting up sources, and issuing and revoking their write keys."""

from collections.abc import Sequence

from tortoise.exceptions import IntegrityError

from touchline.domain.kernel import clock
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.db import after_commit, execute_many, transactional
from touchline.domain.kernel.errors import NotFound, Refused
from touchline.domain.kernel.minting import mint
from touchline.domain.sources import recognition
from touchline.domain.sources.errors import SourceErrorCode
from touchline.domain.sources.models import Source, WriteKey
from touchline.domain.sources.queries import as_source, as_write_key
from touchline.domain.sources.types import (
    SECRET_PREFIX,
    IssuedWriteKey,
    SourceKind,
    SourceView,
    Traffic,
    WriteKeyView,
    checked_name,
)


@transactional
async def create_source(
    actor: Actor, *, name: str, kind: SourceKind = SourceKind.WEBSITE
) -> IssuedWriteKey:
    """Set up a source with its first write key. A name stands for one source."""
    actor.require(Scope.ADMIN)
    kept = checked_name(name)
    if await Source.exists(name=kept):
        raise _taken(kept)
    try:
        source = await Source.create(name=kept, kind=kind.value, created_at=clock.now())
    except IntegrityError:
        raise _taken(kept) from None
    return await _issue(source)


@transactional
async def ensure_source(actor: Actor, *, name: str, kind: SourceKind) -> SourceView:
    """The source of that name, set up without a write key when there is none yet."""
    actor.require(Scope.ADMIN)
    kept = checked_name(name)
    source = await Source.get_or_none(name=kept)
    if source is None:
        source = await Source.create(name=kept, kind=kind.value, created_at=clock.now())
    return as_source(source)


@transactional
async def rename_source(actor: Actor, source_id: int, *, name: str) -> SourceView:
    """Call a source by another name; its write keys and all that it sent stay with it.

    An import that names the old one sets up a source of that name anew.
    """
    actor.require(Scope.ADMIN)
    kept = checked_name(name)
    source = await _locked(source_id)
    if source.name != kept:
        if await Source.exists(name=kept):
            raise _taken(kept)
        source.name = kept
        try:
            await source.save(update_fields=["name"])
        except IntegrityError:
            raise _taken(kept) from None
    return as_source(source)


@transactional
async def issue_write_key(actor: Actor, source_id: int) -> IssuedWriteKey:
    """Give a source one more write key; those it has stay good."""
    actor.require(Scope.ADMIN)
    return await _issue(await _locked(source_id))


@transactional
async def rotate_write_key(actor: Actor, source_id: int) -> IssuedWriteKey:
    """Give a source a new write key and revoke all that it had."""
    actor.require(Scope.ADMIN)
    source = await _locked(source_id)
    await WriteKey.filter(source_id=source_id, revoked_at=None).update(revoked_at=clock.now())
    return await _issue(source)


@transactional
async def revoke_write_key(actor: Actor, key_id: int) -> WriteKeyView:
    """End a write key for good: here at once, in other processes within two seconds."""
    actor.require(Scope.ADMIN)
    row = await WriteKey.select_for_update().get_or_none(id=key_id)
    if row is None:
        raise NotFound("There is no such write key.", ["id"])
    if row.revoked_at is not None:
        message = f"The write key {row.prefix} was revoked before."
        raise Refused(SourceErrorCode.ALREADY_REVOKED, message, ["id"])
    row.revoked_at = clock.now()
    await row.save(update_fields=["revoked_at"])
    after_commit(recognition.forget_all)
    return as_write_key(row)


async def authenticate_write_key(write_key: str) -> int | None:
    """The id of the source that sends with this key; ``None`` when it is unknown or revoked."""
    return await recognition.recognise(write_key) if write_key else None


async def count_traffic(traffic: Sequence[Traffic]) -> None:
    """Add to the counters of sources; runs in the transaction that lands what is counted.

    Sources are updated in the order of their ids, so that two such commits never wait for each
    other in a circle.
    """
    await execute_many(
        """
        UPDATE source
        SET accepted_count = accepted_count + ?,
            rejected_count = rejected_count + ?,
            last_seen_at = CASE WHEN last_seen_at > ? THEN last_seen_at ELSE ? END
        WHERE id = ?
        """,
        [
            (one.accepted, one.rejected, one.seen_at, one.seen_at, one.source_id)
            for one in sorted(traffic, key=lambda one: one.source_id)
        ],
    )


async def _issue(source: Source) -> IssuedWriteKey:
    minted = mint(SECRET_PREFIX)
    row = await WriteKey.create(
        source_id=source.id,
        digest=minted.digest,
        prefix=minted.prefix,
        created_at=clock.now(),
    )
    after_commit(recognition.forget_all)
    return IssuedWriteKey(as_source(source), as_write_key(row), minted.secret)


async def _locked(source_id: int) -> Source:
    row = await Source.select_for_update().get_or_none(id=source_id)
    if row is None:
        raise NotFound("There is no such source.", ["id"])
    return row


def _taken(name: str) -> Refused:
    message = f"There is a source called {name} already."
    return Refused(SourceErrorCode.NAME_TAKEN, message, ["name"])
