"""The words of scores."""

from enum import Enum

import strawberry

from touchline.domain.scoring import announcing, judging, mending, storing
from touchline.domain.scoring.errors import ScoreErrorCode as Code
from touchline.graphql.conditions import codes


@strawberry.enum(description="What a line of a score comes from.")
class ScoreLineKind(Enum):
    """A rule of the model, or a person."""

    RULE = strawberry.enum_value("RULE", description="A rule of the model.")
    ADJUSTMENT = strawberry.enum_value("ADJUSTMENT", description="A colleague gave or took points.")


@strawberry.enum(description="Why a score moved.")
class ScoreCause(Enum):
    """The causes, described."""

    EVENT = strawberry.enum_value(
        storing.EVENT, description="Something happened, or became known, about the customer."
    )
    TIME = strawberry.enum_value(
        judging.TIME, description="Points faded into another band, left a window, or expired."
    )
    IDENTITY = strawberry.enum_value(
        judging.IDENTITY, description="Customers turned out to be one, or to be two."
    )
    ADJUSTED = strawberry.enum_value(
        judging.ADJUSTED, description="A colleague gave or took points."
    )
    PUBLISHED = strawberry.enum_value(
        announcing.PUBLISHED, description="Another version of the model came into force."
    )
    RECOMPUTED = strawberry.enum_value(
        mending.RECOMPUTED, description="All scores of the version in force were made anew."
    )


@strawberry.enum(description="Why a change of scores is refused.")
class ScoreErrorCode(Enum):
    """The codes of the capability, and those of conditions."""

    MODEL_NOT_FOUND = strawberry.enum_value(
        Code.MODEL_NOT_FOUND, description="There is no scoring model with this id."
    )
    MODEL_RETIRED = strawberry.enum_value(
        Code.MODEL_RETIRED, description="The model is out of force for good."
    )
    MODEL_NOT_PUBLISHED = strawberry.enum_value(
        Code.MODEL_NOT_PUBLISHED, description="The model has no scores yet."
    )
    STALE_DRAFT = strawberry.enum_value(
        Code.STALE_DRAFT, description="The model is not at the expected version any more."
    )
    ALREADY_PUBLISHED = strawberry.enum_value(
        Code.ALREADY_PUBLISHED, description="This version is in force already."
    )
    ALREADY_PRIMARY = strawberry.enum_value(
        Code.ALREADY_PRIMARY, description="Lists are sorted by this model already."
    )
    NAME_TAKEN = strawberry.enum_value(
        Code.NAME_TAKEN, description="There is a model of this name already."
    )
    RULES_INVALID = strawberry.enum_value(
        Code.RULES_INVALID, description="The model has no rules, or too many."
    )
    POINTS_INVALID = strawberry.enum_value(
        Code.POINTS_INVALID, description="The points are 0 or too many."
    )
    CAP_INVALID = strawberry.enum_value(
        Code.CAP_INVALID, description="The cap is below one occurrence, or caps what cannot be."
    )
    GROUP_INVALID = strawberry.enum_value(
        Code.GROUP_INVALID, description="The group does not exist, or stands there twice."
    )
    DIMENSION_INVALID = strawberry.enum_value(
        Code.DIMENSION_INVALID, description="The name of the dimension is empty or too long."
    )
    HALF_LIFE_INVALID = strawberry.enum_value(
        Code.HALF_LIFE_INVALID, description="The half-life is below an hour or above ten years."
    )
    BANDS_INVALID = strawberry.enum_value(
        Code.BANDS_INVALID, description="The bands overlap, or their names do."
    )
    REASON_INVALID = strawberry.enum_value(
        Code.REASON_INVALID, description="The reason is empty or too long."
    )
    EXPIRY_INVALID = strawberry.enum_value(
        Code.EXPIRY_INVALID, description="The instant of expiry has passed."
    )
    CUSTOMER_NOT_FOUND = strawberry.enum_value(
        Code.CUSTOMER_NOT_FOUND, description="There is no customer with this id."
    )
    CONVERSION_INVALID = strawberry.enum_value(
        Code.CONVERSION_INVALID, description="The conversion cannot be tried so."
    )
    CONDITION_MALFORMED = codes.MALFORMED
    CONDITION_TOO_LARGE = codes.TOO_LARGE
    CONDITION_EMPTY = codes.EMPTY
    CONDITION_CYCLE = codes.CYCLE
    NAME_INVALID = strawberry.enum_value(
        Code.NAME_INVALID, description="A name is empty, too long, or cannot be one."
    )
    VALUE_INVALID = codes.VALUE_INVALID
    COUNT_INVALID = codes.COUNT_INVALID
    WINDOW_INVALID = codes.WINDOW_INVALID
    EVENT_UNNAMED = codes.EVENT_UNNAMED
    IDENTIFIER_INVALID = codes.IDENTIFIER_INVALID
    UNKNOWN_REFERENCE = codes.UNKNOWN_REFERENCE
