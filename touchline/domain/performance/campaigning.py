"""What came of a campaign: by the names that links, touchpoints and spend call it."""

from collections.abc import Mapping
from dataclasses import dataclass

from touchline.domain.attribution.queries import Dimension, earnings
from touchline.domain.attribution.weights import AttributionModel
from touchline.domain.campaigns.queries import names_of
from touchline.domain.campaigns.relations import LINK_OF_CAMPAIGN
from touchline.domain.channels.queries import touchpoints_of_campaigns
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch_one
from touchline.domain.spend.queries import spend_by_campaign

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class CampaignResults:
    """Credit is in parts of conversions, value (refunds taken off) and spend by currency."""

    clicks: int
    touchpoints: int
    credit: float
    values: Mapping[str, int]
    spend: Mapping[str, int]
    computed_at: Moment | None


async def campaign_results(
    campaign_id: int, model: AttributionModel, first: int, last: int
) -> CampaignResults:
    """What came of a campaign from one day to another, both included."""
    names = await names_of(campaign_id)
    earned = await earnings(Dimension.CAMPAIGN, model, first, last)
    own = [one for one in earned.rows if one.key in names]
    values: dict[str, int] = {}
    for one in own:
        for currency, minor in one.values.items():
            values[currency] = values.get(currency, 0) + minor
    clicked = await fetch_one(
        "SELECT COALESCE(sum(d.clicks), 0) AS clicks FROM asset_origin_day d WHERE d.day >= ?"
        f" AND d.day <= ? AND d.link_id IN (SELECT l.id FROM {LINK_OF_CAMPAIGN.table} l"
        " WHERE l.campaign_id = ?)",
        (first, last, campaign_id),
    )
    return CampaignResults(
        int(clicked["clicks"]) if clicked else 0,
        await touchpoints_of_campaigns(names, first, last),
        sum(one.weight_micro for one in own) / MILLION,
        values,
        await spend_by_campaign(names, first, last),
        earned.computed_at,
    )
