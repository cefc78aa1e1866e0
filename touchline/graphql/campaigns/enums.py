"""The words of campaigns."""

from enum import Enum

import strawberry

from touchline.domain.campaigns.errors import CampaignErrorCode as Code
from touchline.domain.content.errors import ContentErrorCode
from touchline.domain.kernel.errors import CommonCode


@strawberry.enum(description="Why a change of a campaign is refused.")
class CampaignErrorCode(Enum):
    """The codes of the capability, described."""

    CAMPAIGN_NOT_FOUND = strawberry.enum_value(
        Code.CAMPAIGN_NOT_FOUND, description="There is no campaign with this id."
    )
    CAMPAIGN_NAME_INVALID = strawberry.enum_value(
        Code.CAMPAIGN_NAME_INVALID, description="A name is empty or too long."
    )
    CAMPAIGN_NAME_TAKEN = strawberry.enum_value(
        Code.CAMPAIGN_NAME_TAKEN, description="A name belongs to another campaign."
    )
    TOO_MANY_NAMES = strawberry.enum_value(
        Code.TOO_MANY_NAMES, description="There are too many names."
    )
    TOO_MANY_ASSETS = strawberry.enum_value(
        Code.TOO_MANY_ASSETS, description="There are too many assets."
    )
    PERIOD_EMPTY = strawberry.enum_value(
        Code.PERIOD_EMPTY, description="The campaign ends before it begins."
    )
    AIM_TOO_LONG = strawberry.enum_value(
        Code.AIM_TOO_LONG, description="What the campaign is for is said at too great length."
    )
    CAMPAIGN_ARCHIVED = strawberry.enum_value(
        Code.CAMPAIGN_ARCHIVED, description="The campaign is put away."
    )
    ASSET_NOT_FOUND = strawberry.enum_value(
        ContentErrorCode.ASSET_NOT_FOUND, description="There is no asset with this id."
    )
    CONFLICT = strawberry.enum_value(
        CommonCode.CONFLICT, description="The campaign was changed meanwhile."
    )
