"""Changes of campaigns."""

from dataclasses import replace
from typing import Annotated, Any

import strawberry

from touchline.domain.campaigns import service
from touchline.domain.campaigns.service import CampaignText
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.campaigns.inputs import CampaignCreateInput, CampaignUpdateInput
from touchline.graphql.campaigns.payloads import (
    CampaignArchivePayload,
    CampaignCreatePayload,
    CampaignUpdatePayload,
)

CampaignId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the campaign.")
]
_KEPT_AS_GIVEN = ("name", "names", "aim", "first_day", "last_day")


@strawberry.type(description="Changes of campaigns.")
class CampaignMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, description="Begin a campaign.")
    async def campaign_create(
        self, info: strawberry.Info, given: Given[CampaignCreateInput]
    ) -> CampaignCreatePayload | None:
        text = CampaignText(
            given.name,
            given.names,
            given.aim,
            given.first_day,
            given.last_day,
            _assets(given.asset_ids or []),
        )
        campaign = await service.create_campaign(info.context.actor, text)
        return CampaignCreatePayload(campaign_key=campaign)

    @resolved(permission=WRITE, description="Change what is said of a campaign.")
    async def campaign_update(
        self, info: strawberry.Info, campaign_id: CampaignId, given: Given[CampaignUpdateInput]
    ) -> CampaignUpdatePayload | None:
        campaign = read_id(campaign_id, "id", "Campaign")
        text = _changed(await service.text_of(campaign), given)
        await service.update_campaign(
            info.context.actor, campaign, text, expected_version=given.expected_version
        )
        return CampaignUpdatePayload(campaign_key=campaign)

    @resolved(permission=WRITE, description="Put a campaign away; what it was stays.")
    async def campaign_archive(
        self, info: strawberry.Info, campaign_id: CampaignId
    ) -> CampaignArchivePayload | None:
        campaign = read_id(campaign_id, "id", "Campaign")
        await service.archive_campaign(info.context.actor, campaign)
        return CampaignArchivePayload(campaign_key=campaign)


def _changed(known: CampaignText, given: CampaignUpdateInput) -> CampaignText:
    told = ((name, getattr(given, name)) for name in _KEPT_AS_GIVEN)
    news: dict[str, Any] = {name: one.value for name, one in told if one is not None}
    if given.asset_ids is not None:
        news["asset_ids"] = _assets(given.asset_ids.value)
    return replace(known, **news)


def _assets(given: list[strawberry.ID]) -> list[int]:
    return [read_id(one, f"input.assetIds.{at}", "ContentAsset") for at, one in enumerate(given)]
