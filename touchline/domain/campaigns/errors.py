"""Why a command on campaigns is refused."""

from enum import StrEnum


class CampaignErrorCode(StrEnum):
    """What is wrong with a campaign."""

    CAMPAIGN_NOT_FOUND = "CAMPAIGN_NOT_FOUND"
    CAMPAIGN_NAME_INVALID = "CAMPAIGN_NAME_INVALID"
    CAMPAIGN_NAME_TAKEN = "CAMPAIGN_NAME_TAKEN"
    TOO_MANY_NAMES = "TOO_MANY_NAMES"
    TOO_MANY_ASSETS = "TOO_MANY_ASSETS"
    PERIOD_EMPTY = "PERIOD_EMPTY"
    AIM_TOO_LONG = "AIM_TOO_LONG"
    CAMPAIGN_ARCHIVED = "CAMPAIGN_ARCHIVED"
