"""What mutations of campaigns are given."""

import strawberry

from touchline.graphql.base.scalars import Date

_NAMES = "What links (`utm_campaign`) and figures of spend call it; a name belongs to one campaign."


@strawberry.input(description="A new campaign.")
class CampaignCreateInput:
    """What `campaignCreate` is given."""

    name: str = strawberry.field(description="What it is called, up to 100 characters.")
    names: list[str] | None = strawberry.field(
        default=None,
        description=f"{_NAMES} Without any, its own name with hyphens for blanks.",
    )
    aim: str | None = strawberry.field(default=None, description="What it is for.")
    first_day: Date | None = strawberry.field(
        default=None, description="Its first day, in UTC; null where it is open."
    )
    last_day: Date | None = strawberry.field(
        default=None, description="Its last day; null where it is open."
    )
    asset_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="The assets that it uses, at most 200."
    )


@strawberry.input(description="A change of a campaign; what is absent stays, null clears.")
class CampaignUpdateInput:
    """What `campaignUpdate` is given."""

    name: strawberry.Maybe[str] = strawberry.field(description="What it is called.")
    names: strawberry.Maybe[list[str]] = strawberry.field(description=_NAMES)
    aim: strawberry.Maybe[str | None] = strawberry.field(description="What it is for.")
    first_day: strawberry.Maybe[Date | None] = strawberry.field(description="Its first day.")
    last_day: strawberry.Maybe[Date | None] = strawberry.field(description="Its last day.")
    asset_ids: strawberry.Maybe[list[strawberry.ID]] = strawberry.field(
        description="The assets that it uses, all of them."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="Refuse the change unless this is still the version."
    )
