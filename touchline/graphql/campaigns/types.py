"""A campaign and what it ties together."""

import strawberry

from touchline.domain.campaigns.relations import (
    ASSET_OF_CAMPAIGN,
    CAMPAIGN,
    CAMPAIGN_NAME,
    LINK_OF_CAMPAIGN,
)
from touchline.graphql.attribution.enums import AttributionModel
from touchline.graphql.base.answering import answered
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import column, global_id, rows
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.ranges import DateRangeInput
from touchline.graphql.base.scalars import Date, DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.campaigns.results import CampaignResults, results_of
from touchline.graphql.content.types import ContentAsset
from touchline.graphql.links.types import TrackedLink


@entity(CAMPAIGN_NAME, permission=READ, description="A name that speaks of a campaign.")
class CampaignName:
    """What links and figures of spend say."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    name: str = column(description="The name, in one case.")


@entity(CAMPAIGN, permission=READ, description="An undertaking of marketing.")
class Campaign(Node):
    """Links, assets, spend and results have it in common."""

    name: str = column(description="What it is called.")
    aim: str | None = column(description="What it is for.")
    first_day: Date | None = column(description="Its first day, in UTC; null where it is open.")
    last_day: Date | None = column(description="Its last day; null where it is open.")
    names: list[CampaignName] = rows(
        {"id": "campaign_id"},
        order=Order(("name",)),
        limit=50,
        description="What links (`utm_campaign`) and figures of spend call it.",
    )
    assets: list[ContentAsset] = rows(
        {"id": "campaign_id"},
        order=Order(("title_key",)),
        limit=200,
        relation=ASSET_OF_CAMPAIGN,
        description="The assets that it uses, by title.",
    )
    links: list[TrackedLink] = rows(
        {"id": "campaign_id"},
        order=Order(("created_at",)),
        limit=200,
        relation=LINK_OF_CAMPAIGN,
        description="The tracked links that name it, the first 200.",
    )
    results: CampaignResults = answered(
        results_of,
        {
            "range": (DateRangeInput, "Which days, at most 1,100."),
            "model": (AttributionModel, "By what credit is shared."),
        },
        description="What came of it in a range of days.",
    )
    version: int = column(description="How often it was written, counted from 1.")
    actor_name: str = column(description="Who began it.")
    created_at: DateTime = column(description="When it was begun.")
    updated_at: DateTime = column(description="When last something was changed of it.")
    archived_at: DateTime | None = column(description="When it was put away.")
