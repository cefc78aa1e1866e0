"""What came of a campaign."""

from collections.abc import Sequence
from typing import Any

import strawberry

from touchline.domain.attribution.weights import AttributionModel as Model
from touchline.domain.performance.campaigning import campaign_results
from touchline.graphql.base.fields import attribute
from touchline.graphql.base.made import MADE_ID, made_id
from touchline.graphql.base.money import Money, made_money
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.ranges import read_range
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity


@entity(permission=READ, description="What came of a campaign in some days.")
class CampaignResults:
    """Found by the names of the campaign; money by currency, for nothing is converted."""

    id: strawberry.ID = attribute(description=MADE_ID)
    clicks: int = attribute(description="Clicks on its tracked links, by people.")
    touchpoints: int = attribute(description="How many touchpoints named it.")
    credit: float = attribute(description="Its credit for conversions: parts of them, summed.")
    values: list[Money] = attribute(
        description="Its credit in money, refunds taken off; one for each currency."
    )
    spend: list[Money] = attribute(description="What was spent on it; one for each currency.")
    computed_at: DateTime | None = attribute(
        default=None, description="When last a day of its credit was summed."
    )


async def results_of(campaign_ids: Sequence[int], **given: Any) -> list[CampaignResults]:
    """What came of some campaigns, in their order, in a ``range`` and by a ``model``."""
    first, last = read_range(given["range"])
    chosen = Model(given["model"].name)
    return [await _one(campaign, chosen, first, last) for campaign in campaign_ids]


async def _one(campaign: int, model: Model, first: int, last: int) -> CampaignResults:
    told = await campaign_results(campaign, model, first, last)
    return CampaignResults(
        id=made_id("campaign results", campaign, model.value, first, last),
        clicks=told.clicks,
        touchpoints=told.touchpoints,
        credit=told.credit,
        values=[made_money(minor, each) for each, minor in sorted(told.values.items())],
        spend=[made_money(minor, each) for each, minor in sorted(told.spend.items())],
        computed_at=None if told.computed_at is None else DateTime(told.computed_at),
    )
