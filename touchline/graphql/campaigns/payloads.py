"""Answers to changes of campaigns."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.campaigns.enums import CampaignErrorCode
from touchline.graphql.campaigns.types import Campaign
from touchline.graphql.payload import Answer


@mendable("a change of a campaign")
class CampaignUserError(UserError):
    """The user error of the capability."""

    code: CampaignErrorCode = attribute(description="What is wrong.")


@answer_to("campaignCreate")
class CampaignCreatePayload(Answer):
    """The new campaign."""

    user_errors: list[CampaignUserError] = refusals()
    campaign_key: strawberry.Private[int | None] = None
    campaign: Campaign | None = kept("campaign_key", description="The new campaign.")


@answer_to("campaignUpdate")
class CampaignUpdatePayload(Answer):
    """The campaign."""

    user_errors: list[CampaignUserError] = refusals()
    campaign_key: strawberry.Private[int | None] = None
    campaign: Campaign | None = kept("campaign_key", description="The campaign as it is now.")


@answer_to("campaignArchive")
class CampaignArchivePayload(Answer):
    """The campaign, put away."""

    user_errors: list[CampaignUserError] = refusals()
    campaign_key: strawberry.Private[int | None] = None
    campaign: Campaign | None = kept("campaign_key", description="The campaign as it is now.")
