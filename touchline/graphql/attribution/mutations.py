"""Changes of attribution."""

from dataclasses import replace
from typing import Any

import strawberry

from touchline.domain.attribution.configuration import in_force
from touchline.domain.attribution.journeys import Transform
from touchline.domain.attribution.service import set_settings
from touchline.graphql.attribution.inputs import AttributionSettingsSetInput
from touchline.graphql.attribution.payloads import AttributionSettingsSetPayload
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE


@strawberry.type(description="Changes of attribution.")
class AttributionMutation:
    """Part of the mutation root."""

    @resolved(
        permission=WRITE,
        cost=50,
        description=(
            "Say what is a touch, and which touches of a journey count. A worker shares the credit "
            "for all conversions anew."
        ),
    )
    async def attribution_settings_set(
        self, info: strawberry.Info, given: Given[AttributionSettingsSetInput]
    ) -> AttributionSettingsSetPayload | None:
        before = await in_force()
        settings = replace(before.settings, **_said(given))
        version = given.expected_version or before.version
        written = await set_settings(info.context.actor, settings, expected_version=version)
        return AttributionSettingsSetPayload(settings_key=written)


def _said(given: AttributionSettingsSetInput) -> dict[str, Any]:
    """The parts of the settings that are given."""
    said: dict[str, Any] = {}
    for name in ("look_back", "steps", "is_split"):
        if (part := getattr(given, name)) is not None:
            said[name] = part.value
    for name in ("direct_channels", "ignored_channels", "ignored_events"):
        if (part := getattr(given, name)) is not None:
            said[name] = tuple(part.value)
    if given.transforms is not None:
        said["transforms"] = tuple(Transform(one.name) for one in given.transforms.value)
    return said
