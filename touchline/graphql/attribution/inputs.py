"""What changes of attribution are given."""

import strawberry

from touchline.graphql.attribution.enums import AttributionTransform
from touchline.graphql.base.scalars import Duration


@strawberry.input(description="Other settings of attribution; what is absent stays.")
class AttributionSettingsSetInput:
    """What `attributionSettingsSet` is given."""

    look_back: strawberry.Maybe[Duration | None] = strawberry.field(
        description="How long before a conversion touches count; null for ever."
    )
    steps: strawberry.Maybe[int | None] = strawberry.field(
        description="How many of the last touches count; null for all."
    )
    is_split: strawberry.Maybe[bool] = strawberry.field(
        description="Whether a journey begins after the conversion before, by the same goal."
    )
    transforms: strawberry.Maybe[list[AttributionTransform]] = strawberry.field(
        description="What is done to journeys, in this order."
    )
    direct_channels: strawberry.Maybe[list[str]] = strawberry.field(
        description="The names of channels that count as direct."
    )
    ignored_channels: strawberry.Maybe[list[str]] = strawberry.field(
        description="The names of channels that are no arrival."
    )
    ignored_events: strawberry.Maybe[list[str]] = strawberry.field(
        description="The names of events that are no touch."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="Refuse it unless this version is still in force."
    )
