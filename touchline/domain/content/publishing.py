"""Commands that lead a version to its readers, and take it from them again."""

from functools import partial

from touchline.domain.content.assets import Asset, found_asset
from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.content.events import CONTENT_PUBLISHED, CONTENT_UNPUBLISHED
from touchline.domain.content.steps import note_step
from touchline.domain.content.types import Act, AssetStatus
from touchline.domain.content.workflow import after, still_published
from touchline.domain.content.writing import checked_comment
from touchline.domain.kernel.actor import SYSTEM, Actor, Scope
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch_one, in_transaction, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.jobs import enqueue
from touchline.domain.kernel.outbox import emit

PUBLISH_SCHEDULED = "publish_scheduled"


@transactional
async def step(
    actor: Actor,
    asset_id: int,
    act: Act,
    *,
    comment: str | None = None,
    expected_version: int | None = None,
    field: str = "id",
) -> None:
    """Submit, approve, reject, take from the schedule or archive what was written last.

    ``field`` is where the asset stands in what the caller gave.
    """
    actor.require(Scope.WRITE)
    asset = await found_asset(asset_id, expected_version, field=field)
    status = after(act, asset.status, field=field)
    if act is Act.ARCHIVE and asset.published_version_id is not None:
        raise still_published()
    said = checked_comment(comment)
    await execute(
        "UPDATE content_asset SET status = ?, publish_at = NULL, updated_at = ? WHERE id = ?",
        (status, now(), asset_id),
    )
    await note_step(actor, asset, act, status, said)


@transactional
async def publish_asset(
    actor: Actor,
    asset_id: int,
    *,
    at: Moment | None = None,
    expected_version: int | None = None,
    field: str = "id",
) -> None:
    """Show the approved version to readers, now or at an instant to come.

    Scheduling it again moves the instant. ``field`` is where the asset stands in what the caller
    gave.
    """
    actor.require(Scope.WRITE)
    asset = await found_asset(asset_id, expected_version, field=field)
    if at is None:
        await _show(actor, asset, field)
        return
    status = after(Act.SCHEDULE, asset.status, field=field)
    if at <= now():
        message = "The instant of publication has passed."
        raise Refused(Code.TIME_PASSED, message, ("publishAt",))
    await execute(
        "UPDATE content_asset SET status = ?, publish_at = ?, updated_at = ? WHERE id = ?",
        (status, at, now(), asset_id),
    )
    await note_step(actor, asset, Act.SCHEDULE, status)
    await enqueue(PUBLISH_SCHEDULED, {"asset": asset_id}, run_at=at)


@transactional
async def unpublish_asset(actor: Actor, asset_id: int) -> None:
    """Take what readers see from them. A newer draft stays the draft that it is."""
    actor.require(Scope.WRITE)
    asset = await found_asset(asset_id)
    if asset.published_version_id is None:
        raise Refused(Code.NOT_PUBLISHED, "Readers do not see it.", ("id",))
    row = await fetch_one(
        "SELECT number FROM content_version WHERE id = ?", (asset.published_version_id,)
    )
    seen = int(row["number"]) if row else asset.version
    was_newest = asset.status is AssetStatus.PUBLISHED
    status = AssetStatus.UNPUBLISHED if was_newest else asset.status
    await execute(
        "UPDATE content_asset SET status = ?, published_version_id = NULL, updated_at = ?"
        " WHERE id = ?",
        (status, now(), asset_id),
    )
    await note_step(actor, asset, Act.UNPUBLISH, status)
    await emit(CONTENT_UNPUBLISHED, {"asset": asset_id, "version": seen})


async def publish_due(asset_id: int) -> None:
    """Publish an asset whose instant has come; harmless when it was done, moved or called off.

    Looking, publishing and telling are one transaction, so however often a job is killed and run
    again, readers are told once.
    """
    await in_transaction(partial(_publish_due, asset_id))
    crashpoint("content.published")


async def _publish_due(asset_id: int) -> None:
    asset = await found_asset(asset_id)
    is_due = asset.publish_at is not None and asset.publish_at <= now()
    if asset.status is AssetStatus.SCHEDULED and is_due:
        await _show(SYSTEM, asset)
        crashpoint("content.publishing")


async def _show(actor: Actor, asset: Asset, field: str = "id") -> None:
    status, moment = after(Act.PUBLISH, asset.status, field=field), now()
    version = await fetch_one(
        "SELECT id, published_at FROM content_version WHERE asset_id = ? AND number = ?",
        (asset.id, asset.version),
    )
    assert version is not None
    await execute(
        "UPDATE content_version SET published_at = ? WHERE id = ? AND published_at IS NULL",
        (moment, version["id"]),
    )
    await execute(
        "UPDATE content_asset SET status = ?, published_version_id = ?, publish_at = NULL,"
        " updated_at = ? WHERE id = ?",
        (status, version["id"], moment, asset.id),
    )
    await note_step(actor, asset, Act.PUBLISH, status)
    news = {"asset": asset.id, "version": asset.version, "first": version["published_at"] is None}
    await emit(CONTENT_PUBLISHED, news)
