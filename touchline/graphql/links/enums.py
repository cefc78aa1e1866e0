"""The words of links."""

from enum import Enum

import strawberry

from touchline.domain.content.errors import ContentErrorCode
from touchline.domain.links.errors import LinkErrorCode as Code


@strawberry.enum(description="A part of the names of a campaign.")
class UtmPart(Enum):
    """The five parameters, described."""

    SOURCE = strawberry.enum_value("source", description="Who sends people, such as `linkedin`.")
    MEDIUM = strawberry.enum_value("medium", description="By which means, such as `email`.")
    CAMPAIGN = strawberry.enum_value("campaign", description="What the campaign is called.")
    TERM = strawberry.enum_value("term", description="The word that was paid for.")
    CONTENT = strawberry.enum_value("content", description="Which of several links it is.")


@strawberry.enum(description="Why a change of links is refused.")
class LinkErrorCode(Enum):
    """The codes of the capability, described."""

    LINK_NOT_FOUND = strawberry.enum_value(
        Code.LINK_NOT_FOUND, description="There is no link with this id."
    )
    HOST_INVALID = strawberry.enum_value(
        Code.HOST_INVALID, description="The host is no name such as `www.example.com`."
    )
    HOST_KNOWN = strawberry.enum_value(
        Code.HOST_KNOWN, description="Links may lead to this host already."
    )
    HOST_NOT_FOUND = strawberry.enum_value(
        Code.HOST_NOT_FOUND, description="There is no host with this id."
    )
    DESTINATION_INVALID = strawberry.enum_value(
        Code.DESTINATION_INVALID,
        description="The destination is not an absolute address by http or https.",
    )
    DESTINATION_UNKNOWN = strawberry.enum_value(
        Code.DESTINATION_UNKNOWN, description="The destination's host is not registered."
    )
    UTM_INVALID = strawberry.enum_value(
        Code.UTM_INVALID, description="A name of the campaign breaks the rules for names."
    )
    UTM_NOT_ALLOWED = strawberry.enum_value(
        Code.UTM_NOT_ALLOWED, description="An admin's list of names does not hold this one."
    )
    UTM_INCOMPLETE = strawberry.enum_value(
        Code.UTM_INCOMPLETE, description="The campaign lacks its source or its medium."
    )
    ASSET_NOT_PUBLISHED = strawberry.enum_value(
        Code.ASSET_NOT_PUBLISHED, description="Readers do not see the asset."
    )
    CHANNEL_NOT_FOUND = strawberry.enum_value(
        Code.CHANNEL_NOT_FOUND, description="There is no channel with this id."
    )
    ASSET_NOT_FOUND = strawberry.enum_value(
        ContentErrorCode.ASSET_NOT_FOUND, description="There is no asset with this id."
    )
