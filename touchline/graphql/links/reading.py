"""What a caller wrote of links, as the domain takes it."""

from touchline.domain.links.building import Utm
from touchline.domain.links.publishing import Place
from touchline.graphql.base.errors import read_id
from touchline.graphql.links.inputs import (
    PublicationCreateInput,
    PublicationPlaceInput,
    UtmInput,
)


def read_utm(given: UtmInput | None) -> Utm:
    """The names of a campaign."""
    if given is None:
        return Utm()
    return Utm(given.source, given.medium, given.campaign, given.term, given.content)


def read_place(
    given: PublicationPlaceInput | PublicationCreateInput, base: str, path: str
) -> Place:
    """Where an asset is published."""
    channel = read_id(given.channel_id, f"{path}.channelId", "Channel")
    return Place(channel, given.url, base, read_utm(given.utm))
