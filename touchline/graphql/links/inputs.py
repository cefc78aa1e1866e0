"""What mutations of links are given."""

import strawberry

from touchline.graphql.links.enums import UtmPart


@strawberry.input(
    description=(
        "The names of a campaign. They are written in lower case, hyphens for blanks; source and "
        "medium go together."
    )
)
class UtmInput:
    """Part of a link."""

    source: str | None = strawberry.field(
        default=None, description="Who sends people, such as `linkedin`."
    )
    medium: str | None = strawberry.field(
        default=None, description="By which means, such as `email`."
    )
    campaign: str | None = strawberry.field(
        default=None, description="What the campaign is called."
    )
    term: str | None = strawberry.field(default=None, description="The word that was paid for.")
    content: str | None = strawberry.field(
        default=None, description="Which of several links it is."
    )


@strawberry.input(description="A new tracked link.")
class TrackedLinkCreateInput:
    """What `trackedLinkCreate` is given."""

    destination: str = strawberry.field(
        description="Where it leads: an address by http or https on a registered host."
    )
    utm: UtmInput | None = strawberry.field(default=None, description="The campaign.")
    channel_id: strawberry.ID | None = strawberry.field(
        default=None, description="By which channel those come who click."
    )
    asset_id: strawberry.ID | None = strawberry.field(
        default=None, description="The asset that is there."
    )


@strawberry.input(description="Where an asset is published.")
class PublicationPlaceInput:
    """Part of a publication."""

    channel_id: strawberry.ID = strawberry.field(description="On which channel.")
    url: str = strawberry.field(description="At which address, on a registered host.")
    utm: UtmInput | None = strawberry.field(default=None, description="The campaign.")


@strawberry.input(description="An asset on one more channel.")
class PublicationCreateInput:
    """What `publicationCreate` is given."""

    asset_id: strawberry.ID = strawberry.field(description="The asset, seen by readers already.")
    channel_id: strawberry.ID = strawberry.field(description="On which channel.")
    url: str = strawberry.field(description="At which address, on a registered host.")
    utm: UtmInput | None = strawberry.field(default=None, description="The campaign.")


@strawberry.input(description="A host to which tracked links may lead.")
class LinkHostAllowInput:
    """What `linkHostAllow` is given."""

    host: str = strawberry.field(description="Its name, such as `www.example.com`.")


@strawberry.input(description="What names a part of campaigns may have.")
class UtmNameRuleSetInput:
    """What `utmNameRuleSet` is given."""

    part: UtmPart = strawberry.field(description="Which part.")
    patterns: list[str] = strawberry.field(
        description="Names, at most 200; `*` stands for any text. With none, any will do."
    )
