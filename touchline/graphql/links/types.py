"""A tracked link, a host that links may lead to, and a publication."""

import io

import segno
import strawberry

from touchline.domain.kernel.db import Row
from touchline.domain.links.relations import LINK_HOST, PUBLICATION, TRACKED_LINK, UTM_NAME_RULE
from touchline.graphql.base.fields import column, expression, global_id, related, same_row
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.ranges import ranged
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.channels.types import Channel
from touchline.graphql.links.enums import UtmPart
from touchline.graphql.performance.types import PublicationPerformance


def _patterns(row: Row) -> list[str]:
    names: str = row["patterns"]
    return names.split()


def _qr_svg(row: Row) -> str:
    drawn = io.BytesIO()
    segno.make(row["url"], error="m", micro=False).save(
        drawn, kind="svg", scale=4, xmldecl=False, svgns=True, nl=False
    )
    return drawn.getvalue().decode()


@entity(LINK_HOST, permission=READ, description="A host to which tracked links may lead.")
class LinkHost(Node):
    """Links to other hosts are refused."""

    host: str = column(description="Its name, such as `www.example.com`.")
    actor_name: str = column(description="Who registered it.")
    created_at: DateTime = column(description="When it was registered.")


@entity(UTM_NAME_RULE, permission=READ, description="What names a part of campaigns may have.")
class UtmNameRule(Node):
    """Links with other names are refused."""

    part: UtmPart = column(description="Which part.")
    patterns: list[str] = expression(
        _patterns, needs=("patterns",), description="Names; `*` stands for any text."
    )
    actor_name: str = column(description="Who said so.")
    changed_at: DateTime = column(description="When it was said.")


@entity(TRACKED_LINK, permission=READ, description="The names of a campaign.")
class Utm:
    """Shown of the link that keeps them."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    source: str | None = column("utm_source", description="Who sends people, such as `linkedin`.")
    medium: str | None = column("utm_medium", description="By which means, such as `email`.")
    campaign: str | None = column("utm_campaign", description="What the campaign is called.")
    term: str | None = column("utm_term", description="The word that was paid for.")
    content: str | None = column("utm_content", description="Which of several links it is.")


@entity(TRACKED_LINK, permission=READ, description="A short link that tells of its clicks.")
class TrackedLink(Node):
    """It leads to a destination on a registered host."""

    code: str = column(description="What tells it from other links.")
    url: str = column(description="The short address, to be shown to people.")
    pixel_url: str = column(
        description="A picture of one dot for e-mails that hold the link: it tells that they were "
        "opened, by whom if `?u=` with a user id is appended."
    )
    destination: str = column(description="Where it leads, as it was given.")
    target: str = column(description="Where it leads, with the campaign in the address.")
    utm: Utm = same_row(description="The names of the campaign.")
    channel: Channel | None = related(
        {"channel_id": "id"}, description="By which channel those come who click."
    )
    qr_svg: str = expression(
        _qr_svg, needs=("url",), description="The short address as a QR code, an SVG image."
    )
    actor_name: str = column(description="Who made it.")
    created_at: DateTime = column(description="When it was made.")
    disabled_at: DateTime | None = column(description="Since when it leads nowhere.")


@entity(PUBLICATION, permission=READ, description="An asset on a channel.")
class Publication(Node):
    """People get there by its tracked link."""

    channel: Channel = related({"channel_id": "id"}, description="Where it is published.")
    url: str = column("destination", description="The address at which it is published.")
    tracked_url: str = column("url", description="The short address that leads there.")
    link: TrackedLink = related({"link_id": "id"}, description="The tracked link.")
    performance: PublicationPerformance = ranged(
        {"publication": "id", "link": "link_id", "asset": "asset_id", "channel": "channel_id"},
        description="What came of it in a range of days.",
    )
    version: int = column(description="The number of the version that was published.")
    actor_name: str = column(description="Who published it.")
    published_at: DateTime = column(description="When it was published, or is to be.")
    ended_at: DateTime | None = column(
        description="When the asset was taken from its readers; null while they see it. The link "
        "leads on, for it may stand on paper; disable it to have it lead nowhere."
    )
