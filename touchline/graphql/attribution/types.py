"""Credits: of single conversions, and summed."""

from collections.abc import Sequence

import strawberry

from touchline.domain.attribution.queries import removal_effects, shared
from touchline.domain.attribution.relations import (
    ATTRIBUTION_CREDIT,
    ATTRIBUTION_FIT,
    ATTRIBUTION_SETTINGS,
)
from touchline.domain.attribution.weights import AttributionModel as Model
from touchline.domain.kernel.money import amount_text
from touchline.graphql.attribution.enums import AttributionModel, AttributionTransform
from touchline.graphql.base.answering import answered
from touchline.graphql.base.fields import attribute, column, expression, kept, related
from touchline.graphql.base.made import MADE_ID, made_id
from touchline.graphql.base.money import Money, money
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime, Decimal, Duration
from touchline.graphql.base.types import entity
from touchline.graphql.channels.types import Channel
from touchline.graphql.content.types import ContentAsset, ContentFamily
from touchline.graphql.timeline.types import Touchpoint

_MILLION = 1_000_000


@entity(
    ATTRIBUTION_CREDIT,
    permission=READ,
    description="What a touch earned of a conversion. Content of one visit shares its credit.",
)
class AttributionCredit(Node):
    """A part of the journey."""

    touchpoint: Touchpoint = related(
        {"touchpoint_id": "id"},
        description="The touchpoint that tells of the content, or by which the visit began.",
    )
    channel: Channel = related({"channel_id": "id"}, description="By which channel it came.")
    content_asset: ContentAsset | None = related(
        {"asset_id": "id"}, description="The content that was read; null for none."
    )
    campaign: str | None = column("named_campaign", description="The campaign, as it names itself.")
    weight: float = expression(
        lambda row: row["weight_micro"] / _MILLION,
        needs=("weight_micro",),
        description="Its share of the conversion; those of one conversion sum to exactly 1.",
    )
    value: Money | None = money(
        "value",
        nullable=True,
        description=(
            "Its share of what the conversion is worth less refunds, to which the shares sum "
            "exactly; null where nothing says its worth."
        ),
    )


@entity(permission=READ, description="What led to a conversion, by a model.")
class ConversionAttribution:
    """It follows touchpoints, conversions, channels and settings."""

    id: strawberry.ID = attribute(description=MADE_ID)
    credit_keys: strawberry.Private[list[int]]
    credits: list[AttributionCredit] = kept(
        "credit_keys",
        many=True,
        description="Those who earned something, along the journey; empty where no touch counts.",
    )
    total: Decimal | None = attribute(
        description="What the values of the credits sum to; null where there are none."
    )
    computed_at: DateTime | None = attribute(description="When it was worked out last.")


async def attributed(
    conversion_ids: Sequence[int], model: AttributionModel
) -> list[ConversionAttribution]:
    """What led to each of some conversions."""
    chosen = Model(model.name)
    return [
        ConversionAttribution(
            id=made_id("attribution", conversion, chosen.value),
            credit_keys=one.credit_ids,
            total=_amount(one.value, one.currency),
            computed_at=None if one.computed_at is None else DateTime(one.computed_at),
        )
        for conversion, one in zip(
            conversion_ids, await shared(conversion_ids, chosen), strict=True
        )
    ]


def _amount(value: int | None, currency: str | None) -> Decimal | None:
    return None if value is None or currency is None else Decimal(amount_text(value, currency))


@entity(permission=READ, description="What a channel is worth to a goal, by the Markov chain.")
class AttributionEffect:
    """Solved exactly."""

    id: strawberry.ID = attribute(description=MADE_ID)
    channel_key: strawberry.Private[int | None] = None
    channel: Channel | None = kept("channel_key", description="The channel.")
    removal_effect: float = attribute(
        description="The share of conversions that would be missing without it, from 0 to 1."
    )


async def _effects(goal_ids: Sequence[int]) -> list[list[AttributionEffect]]:
    return [
        [
            AttributionEffect(
                id=made_id("effect", goal, channel), channel_key=channel, removal_effect=effect
            )
            for channel, effect in found
        ]
        for goal, found in zip(goal_ids, await removal_effects(goal_ids), strict=True)
    ]


@entity(ATTRIBUTION_FIT, permission=READ, description="The Markov chain of journeys to a goal.")
class AttributionFit(Node):
    """Worked out anew every hour in which something happened."""

    paths: int = column(description="How many journeys it is made of, won and not won.")
    conversions: int = column(description="How many of them led to a conversion.")
    effects: list[AttributionEffect] = answered(
        _effects,
        {},
        by="goal_id",
        description="The removal effects of channels, the greatest first.",
    )
    computed_at: DateTime = column(description="When it was worked out.")


@entity(permission=READ, description="What one channel, campaign, asset or family is credited.")
class AttributionRow:
    """Of what it was not asked by is null, as is what no touch has."""

    id: strawberry.ID = attribute(description=MADE_ID)
    channel_key: strawberry.Private[int | None] = None
    asset_key: strawberry.Private[int | None] = None
    family_key: strawberry.Private[int | None] = None
    channel: Channel | None = kept("channel_key", description="The channel.")
    campaign: str | None = attribute(default=None, description="The campaign.")
    content_asset: ContentAsset | None = kept("asset_key", description="The content.")
    family: ContentFamily | None = kept("family_key", description="The family of content.")
    credit: float = attribute(description="How many conversions, to the millionth.")
    values: list[Money] = attribute(description="What they are worth, by currency.")


@entity(permission=READ, description="Credits for the conversions of some days, by a model.")
class AttributionReport:
    """From sums by day."""

    id: strawberry.ID = attribute(description=MADE_ID)
    rows: list[AttributionRow] = attribute(description="Those with most credit first.")
    has_more: bool = attribute(description="Whether there are more rows than were asked for.")
    conversions: int = attribute(description="How many conversions there were.")
    values: list[Money] = attribute(description="What they are worth less refunds, by currency.")
    credit: float = attribute(description="How many of them are credited to touches.")
    uncredited: float = attribute(description="How many no touch led to that counts.")
    computed_at: DateTime | None = attribute(description="When a day of it was summed last.")
    is_behind: bool = attribute(description="Whether a day of it waits to be summed anew.")


@entity(
    ATTRIBUTION_SETTINGS,
    permission=READ,
    description="What is a touch, and which touches of a journey count.",
)
class AttributionSettings(Node):
    """A version. The newest holds, for the past too."""

    version: int = column(description="Which version it is, counted from 1.")
    look_back: Duration | None = column(
        description="How long before a conversion touches count; null for ever."
    )
    steps: int | None = column(description="How many of the last touches count; null for all.")
    is_split: bool = column(
        description="Whether a journey begins after the conversion before, by the same goal."
    )
    transforms: list[AttributionTransform] = column(
        description="What is done to journeys, in this order."
    )
    direct_channels: list[str] = column(description="The channels that count as direct.")
    ignored_channels: list[str] = column(description="The channels that are no arrival.")
    ignored_events: list[str] = column(
        description="The names of events that are no touch, in any case of letters."
    )
    actor_name: str = column(description="Who wrote it.")
    created_at: DateTime = column(description="When it was written.")
