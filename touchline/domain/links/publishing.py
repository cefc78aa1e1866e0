"""Publishing assets on channels."""

from dataclasses import dataclass

from touchline.domain.content.assets import Asset, found_asset
from touchline.domain.content.publishing import publish_asset, step
from touchline.domain.content.types import Act
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import execute_many, fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.links.building import (
    NO_CAMPAIGN,
    Utm,
    checked_destination,
    checked_utm,
    with_utm,
)
from touchline.domain.links.errors import LinkErrorCode as Code
from touchline.domain.links.service import NewLink, create_link, disable_link


@dataclass(frozen=True, slots=True)
class Place:
    """Where an asset is published: on which channel, at which address, by which campaign."""

    channel_id: int
    destination: str
    base: str
    utm: Utm = NO_CAMPAIGN


@transactional
async def publish_on(
    actor: Actor,
    asset_id: int,
    place: Place | None,
    *,
    at: Moment | None = None,
    expected_version: int | None = None,
) -> int | None:
    """Show what was approved to readers, and on a channel; returns the publication, if any.

    Publications that are to come are moved along, also those whose instant has passed while nobody
    showed the asset yet. An asset that readers see already can be
    published on one more channel by ``add_publication``.
    """
    actor.require(Scope.WRITE)
    asset, moment = await found_asset(asset_id, expected_version, field="assetId"), at or now()
    await publish_asset(actor, asset_id, at=at, field="assetId")
    planned = await _move_planned(asset, moment)
    if place is None:
        return None
    known = planned.get((place.channel_id, _target(place)))
    return known or await _add(actor, asset, place, moment, "place")


@transactional
async def unschedule(actor: Actor, asset_id: int) -> None:
    """Take an asset from the schedule, and what it was to be published on with it."""
    actor.require(Scope.WRITE)
    asset = await found_asset(asset_id)
    await step(actor, asset_id, Act.UNSCHEDULE)
    rows = await fetch(
        "DELETE FROM publication WHERE asset_id = ? AND version = ? AND published_at = ?"
        " RETURNING link_id",
        (asset_id, asset.version, asset.publish_at),
    )
    for row in rows:
        await disable_link(actor, row["link_id"])


@transactional
async def add_publication(actor: Actor, asset_id: int, place: Place) -> int:
    """Say that an asset which readers see is published on a channel, too; returns its id."""
    actor.require(Scope.WRITE)
    asset = await found_asset(asset_id, field="assetId")
    if asset.published_version_id is None:
        message = "Readers do not see the asset; publish it first."
        raise Refused(Code.ASSET_NOT_PUBLISHED, message, ("assetId",))
    return await _add(actor, asset, place, now())


async def _add(actor: Actor, asset: Asset, place: Place, moment: Moment, *within: str) -> int:
    """``within`` is where the place stands in what the caller gave."""
    new = NewLink(place.destination, place.base, place.utm, asset.id, place.channel_id)
    try:
        link = await create_link(actor, new)
    except Refused as refusal:
        path = ("url" if step == "destination" else step for step in refusal.path)
        raise Refused(refusal.code, refusal.message, (*within, *path)) from None
    rows = await insert_rows(
        "publication",
        ["asset_id", "version", "channel_id", "link_id", "actor_name", "published_at"],
        [(asset.id, asset.version, place.channel_id, link, actor.name, moment)],
        returning="id",
    )
    return int(rows[0]["id"])


async def _move_planned(asset: Asset, moment: Moment) -> dict[tuple[int, str], int]:
    """Give another instant to publications that are to come; their ids by channel and target.

    ``asset`` is as it was before: those are to come whose instant is that of its schedule.
    """
    rows = await fetch(
        "SELECT p.id, p.channel_id, l.target FROM publication p"
        " JOIN tracked_link l ON l.id = p.link_id WHERE p.asset_id = ?"
        " AND p.version = ? AND p.published_at = ?",
        (asset.id, asset.version, asset.publish_at),
    )
    await execute_many(
        "UPDATE publication SET published_at = ? WHERE id = ?",
        [(moment, row["id"]) for row in rows],
    )
    return {(row["channel_id"], row["target"]): row["id"] for row in rows}


def _target(place: Place) -> str:
    """Where its link would lead; what is wrong with it is said when the link is made."""
    try:
        return with_utm(checked_destination(place.destination), checked_utm(place.utm))
    except Refused:
        return ""
