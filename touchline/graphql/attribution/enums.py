"""The words of attribution."""

from enum import Enum

import strawberry

from touchline.domain.attribution import journeys, queries, weights
from touchline.domain.attribution.errors import AttributionErrorCode as Code
from touchline.domain.kernel.errors import CommonCode

_Model = weights.AttributionModel
_Transform = journeys.Transform
_Dimension = queries.Dimension


@strawberry.enum(description="By what the touches of a journey share the credit.")
class AttributionModel(Enum):
    """The models, described."""

    FIRST = strawberry.enum_value(_Model.FIRST.value, description="The first touch has it all.")
    LAST = strawberry.enum_value(_Model.LAST.value, description="The last touch has it all.")
    LAST_NON_DIRECT = strawberry.enum_value(
        _Model.LAST_NON_DIRECT.value,
        description="The last touch that is not direct; the last of all where every one is.",
    )
    LINEAR = strawberry.enum_value(_Model.LINEAR.value, description="All touches share alike.")
    POSITION = strawberry.enum_value(
        _Model.POSITION.value,
        description=(
            "The first and the last have 40 % each, those between share 20 %; two share alike."
        ),
    )
    TIME_DECAY = strawberry.enum_value(
        _Model.TIME_DECAY.value,
        description="A touch counts half as much as one that came seven days later.",
    )
    MARKOV = strawberry.enum_value(
        _Model.MARKOV.value,
        description=(
            "The channels of the journey share by their removal effects: the share of conversions "
            "that would be missing without them."
        ),
    )
    SHAPLEY = strawberry.enum_value(
        _Model.SHAPLEY.value,
        description="The channels of the journey share alike, which are their Shapley values.",
    )


@strawberry.enum(description="By what credits are summed.")
class AttributionDimension(Enum):
    """The dimensions, described."""

    CHANNEL = strawberry.enum_value(_Dimension.CHANNEL.value, description="By channel.")
    CAMPAIGN = strawberry.enum_value(
        _Dimension.CAMPAIGN.value, description="By campaign, as links and senders name it."
    )
    ASSET = strawberry.enum_value(
        _Dimension.ASSET.value, description="By the content that was read in the visit."
    )
    FAMILY = strawberry.enum_value(
        _Dimension.FAMILY.value, description="By all content that is made of each other."
    )


@strawberry.enum(description="What is done to the touches of a journey before they share.")
class AttributionTransform(Enum):
    """The transforms, described."""

    UNIQUE = strawberry.enum_value(_Transform.UNIQUE.value, description="Every touch counts.")
    EXPOSURE = strawberry.enum_value(
        _Transform.EXPOSURE.value,
        description="Of touches of one channel in a row the first counts.",
    )
    FIRST = strawberry.enum_value(
        _Transform.FIRST.value, description="Of each channel the first touch counts."
    )
    REMOVE_DIRECT = strawberry.enum_value(
        _Transform.REMOVE_DIRECT.value,
        description="Direct touches count only where there are no others.",
    )


@strawberry.enum(description="Why settings of attribution are refused.")
class AttributionErrorCode(Enum):
    """The codes of the capability, described."""

    LOOKBACK_INVALID = strawberry.enum_value(
        Code.LOOKBACK_INVALID, description="The look-back is below a day or above ten years."
    )
    STEPS_INVALID = strawberry.enum_value(
        Code.STEPS_INVALID, description="The steps are fewer than 1 or more than 1,000."
    )
    TRANSFORM_REPEATED = strawberry.enum_value(
        Code.TRANSFORM_REPEATED, description="A transform stands twice."
    )
    TOO_MANY_NAMES = strawberry.enum_value(
        Code.TOO_MANY_NAMES, description="A list holds too many names."
    )
    NAME_INVALID = strawberry.enum_value(
        Code.NAME_INVALID, description="A name is empty, too long, or cannot be one."
    )
    CHANNEL_UNKNOWN = strawberry.enum_value(
        Code.CHANNEL_UNKNOWN, description="There is no channel of this name."
    )
    CONFLICT = strawberry.enum_value(
        CommonCode.CONFLICT, description="Another version is in force by now."
    )
