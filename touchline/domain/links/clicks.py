"""A click on a tracked link: where it leads, and what is told of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import orjson

from touchline.domain.channels.queries import channel_name
from touchline.domain.content.relations import CONTENT_ASSET
from touchline.domain.kernel.clock import format_moment, now
from touchline.domain.kernel.db import fetch_one
from touchline.domain.kernel.ids import global_id, new_message_id
from touchline.domain.links.building import Utm, host_of
from touchline.domain.links.service import CODE_LENGTH, is_registered

CLICKED = "Link Clicked"
ROBOTS = "tracked-link-robots"
"""The one visitor that robots and prefetches are, so that they make no customers."""
UNKNOWN = "tracked-link-unknown-visitors"
"""The one visitor that all are who may not be known again: a customer for each of their clicks
would be nobody's, and inflate every figure."""
OPENS = "tracked-link-opens"
"""The one visitor that all recipients of e-mails are who are not named."""
NOBODIES = (ROBOTS, UNKNOWN, OPENS)
"""Anonymous ids behind which many stand, so that no figure of customers may count them."""
_CODE = re.compile(rf"[0-9A-Za-z]{{{CODE_LENGTH}}}", re.ASCII)
_ROBOT = re.compile(
    r"bot\b|bot[/ ;]|crawl|spider|slurp|preview|headless|phantom|monitor|scan|fetch|archiver"
    r"|facebookexternalhit|whatsapp/|telegram|curl/|wget/|python|java/|go-http|libwww|okhttp|axios",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that leads somewhere. ``source_id`` is who tells of its clicks."""

    code: str
    target: str
    source_id: int
    utm: Mapping[str, str]
    channel: str | None
    asset_id: int | None


async def find_link(code: str) -> Link | None:
    """The link of a code; ``None`` for unknown, altered and disabled ones, for those of a
    publication that is to come, and where the host of the destination is not registered any more.
    """
    if not _CODE.fullmatch(code):
        return None
    row = await fetch_one(
        "SELECT l.* FROM tracked_link l WHERE l.code = ? AND l.disabled_at IS NULL"
        f" AND NOT EXISTS (SELECT 1 FROM publication p JOIN {CONTENT_ASSET.table} a"
        " ON a.id = p.asset_id WHERE p.asset_id = l.asset_id AND p.link_id = l.id"
        " AND p.version = a.version AND p.published_at = a.publish_at)",
        (code,),
    )
    if row is None or not await is_registered(host_of(row["destination"])):
        return None
    told = {one.name: row[f"utm_{one.name}"] for one in fields(Utm)}
    utm = {name: text for name, text in told.items() if text}
    channel = None if row["channel_id"] is None else await channel_name(row["channel_id"])
    return Link(code, row["target"], row["source_id"], utm, channel, row["asset_id"])


def is_robot(user_agent: str | None) -> bool:
    """Whether a user agent says that nobody looks; one that says nothing counts as such."""
    return not user_agent or _ROBOT.search(user_agent) is not None


def call_of(
    link: Link, visitor: str | None, *, robot: bool, prefetch: bool, referrer: str | None
) -> bytes:
    """The track call that tells of a click, as a sender would write it.

    ``visitor`` is ``None`` for those who may not be known again.
    """
    return track_call(
        link,
        CLICKED,
        {"anonymousId": ROBOTS if robot or prefetch else visitor or UNKNOWN},
        {"url": link.target, "isRobot": robot, "isPrefetch": prefetch},
        {"page": {"referrer": referrer[:2_000]}} if referrer else {},
    )


def track_call(
    link: Link,
    event: str,
    who: Mapping[str, str],
    properties: Mapping[str, Any],
    context: Mapping[str, Any],
) -> bytes:
    """A track call with what the link says of itself: its code, channel, content and campaign."""
    said: dict[str, Any] = {"code": link.code, **properties}
    if link.channel is not None:
        said["channel"] = link.channel
    if link.asset_id is not None:
        said["assetId"] = global_id("ContentAsset", link.asset_id)
    campaign = {("name" if name == "campaign" else name): text for name, text in link.utm.items()}
    call = {
        "type": "track",
        "event": event,
        **who,
        "messageId": new_message_id(),
        "timestamp": format_moment(now()),
        "properties": said,
        "context": {"campaign": campaign, **context} if campaign else context,
    }
    return orjson.dumps(call)
