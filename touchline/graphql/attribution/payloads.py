"""Answers to changes of attribution."""

import strawberry

from touchline.graphql.attribution.enums import AttributionErrorCode
from touchline.graphql.attribution.types import AttributionSettings
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.payload import Answer


@mendable("a change of the settings of attribution")
class AttributionUserError(UserError):
    """The user error of the capability."""

    code: AttributionErrorCode = attribute(description="What is wrong.")


@answer_to("attributionSettingsSet")
class AttributionSettingsSetPayload(Answer):
    """The settings in force."""

    user_errors: list[AttributionUserError] = refusals()
    settings_key: strawberry.Private[int | None] = None
    attribution_settings: AttributionSettings | None = kept(
        "settings_key", description="The settings that hold; a worker shares all credit by them."
    )
