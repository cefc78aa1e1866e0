"""Commands on tracked links and on the hosts that they may lead to."""

from dataclasses import dataclass

from touchline.domain.channels.queries import channel_name
from touchline.domain.content.assets import found_asset
from touchline.domain.kernel.actor import SYSTEM, Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import short_code
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.links.building import (
    NO_CAMPAIGN,
    Utm,
    checked_destination,
    checked_host,
    checked_utm,
    host_of,
    with_utm,
)
from touchline.domain.links.errors import LinkErrorCode as Code
from touchline.domain.links.locating import note_address
from touchline.domain.links.naming import check_names
from touchline.domain.sources.service import ensure_source
from touchline.domain.sources.types import SourceKind

SOURCE = "Tracked links"
CODE_LENGTH = 10
"""More than 57 bits: a code cannot be guessed, and one that was altered leads nowhere."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that is to be. ``base`` is the address of this deployment."""

    destination: str
    base: str
    utm: Utm = NO_CAMPAIGN
    asset_id: int | None = None
    channel_id: int | None = None


@transactional
async def allow_host(actor: Actor, host: str) -> int:
    """Let tracked links lead to a host; returns its id."""
    actor.require(Scope.ADMIN)
    spelt = checked_host(host)
    rows = await insert_rows(
        "link_host",
        ["host", "actor_name", "created_at"],
        [(spelt, actor.name, now())],
        on_conflict="ON CONFLICT (host) DO NOTHING",
        returning="id",
    )
    if not rows:
        raise Refused(Code.HOST_KNOWN, f"Links may lead to {spelt} already.", ("host",))
    return int(rows[0]["id"])


@transactional
async def disallow_host(actor: Actor, host_id: int) -> str:
    """Let no link lead to a host any more, those that exist included; returns the host."""
    actor.require(Scope.ADMIN)
    rows = await fetch("DELETE FROM link_host WHERE id = ? RETURNING host", (host_id,))
    if not rows:
        raise Refused(Code.HOST_NOT_FOUND, "There is no such host.", ("id",))
    return str(rows[0]["host"])


@transactional
async def create_link(actor: Actor, new: NewLink) -> int:
    """Make a short link to a destination on a registered host; returns its id."""
    actor.require(Scope.WRITE)
    destination, utm = checked_destination(new.destination), checked_utm(new.utm)
    await check_names(utm)
    if not await is_registered(host_of(destination)):
        message = f"Links may not lead to {host_of(destination)}; an admin can register it."
        raise Refused(Code.DESTINATION_UNKNOWN, message, ("destination",))
    if new.asset_id is not None:
        await found_asset(new.asset_id, field="assetId")
    if new.channel_id is not None and await channel_name(new.channel_id) is None:
        raise Refused(Code.CHANNEL_NOT_FOUND, "There is no such channel.", ("channelId",))
    source = await ensure_source(SYSTEM, name=SOURCE, kind=SourceKind.WEBSITE)
    code = short_code(CODE_LENGTH)
    rows = await insert_rows(
        "tracked_link",
        [
            *("code", "url", "destination", "target", "utm_source", "utm_medium", "utm_campaign"),
            *("utm_term", "utm_content", "source_id", "asset_id", "channel_id", "actor_name"),
            "created_at",
        ],
        [
            (
                *(code, f"{new.base.rstrip('/')}/l/{code}", destination),
                *(with_utm(destination, utm), utm.source, utm.medium, utm.campaign, utm.term),
                *(utm.content, source.id, new.asset_id, new.channel_id, actor.name, now()),
            )
        ],
        returning="id",
    )
    if new.asset_id is not None:
        await note_address(new.asset_id, destination)
    return int(rows[0]["id"])


@transactional
async def disable_link(actor: Actor, link_id: int) -> None:
    """Have a link lead nowhere from now on; its clicks stay."""
    actor.require(Scope.WRITE)
    found = await execute(
        "UPDATE tracked_link SET disabled_at = COALESCE(disabled_at, ?) WHERE id = ?",
        (now(), link_id),
    )
    if not found:
        raise Refused(Code.LINK_NOT_FOUND, "There is no such link.", ("id",))


async def is_registered(host: str) -> bool:
    """Whether links may lead to a host."""
    return bool(await fetch("SELECT 1 FROM link_host WHERE host = ?", (host,)))
