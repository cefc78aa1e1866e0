"""Why a command on links and publications is refused."""

from enum import StrEnum


class LinkErrorCode(StrEnum):
    """What is wrong with a link, a destination or a publication."""

    LINK_NOT_FOUND = "LINK_NOT_FOUND"
    HOST_INVALID = "HOST_INVALID"
    HOST_KNOWN = "HOST_KNOWN"
    HOST_NOT_FOUND = "HOST_NOT_FOUND"
    DESTINATION_INVALID = "DESTINATION_INVALID"
    DESTINATION_UNKNOWN = "DESTINATION_UNKNOWN"
    UTM_INVALID = "UTM_INVALID"
    UTM_NOT_ALLOWED = "UTM_NOT_ALLOWED"
    UTM_INCOMPLETE = "UTM_INCOMPLETE"
    ASSET_NOT_PUBLISHED = "ASSET_NOT_PUBLISHED"
    CHANNEL_NOT_FOUND = "CHANNEL_NOT_FOUND"
