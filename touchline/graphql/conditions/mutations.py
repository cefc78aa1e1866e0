"""Trying a condition out."""

from typing import Annotated

import strawberry

from touchline.domain.conditions.previewing import preview
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.permissions import READ
from touchline.graphql.conditions.inputs import ConditionInput
from touchline.graphql.conditions.payloads import ConditionPreviewPayload
from touchline.graphql.conditions.reading import read_condition

Tried = Annotated[
    ConditionInput, strawberry.argument(name="condition", description="The condition to try.")
]


@strawberry.type(description="Trying conditions out.")
class ConditionMutation:
    """Part of the mutation root."""

    @resolved(
        permission=READ,
        cost=50,
        description="See of whom a condition holds now, and read it in words; nothing is changed.",
    )
    async def condition_preview(
        self, info: strawberry.Info, given: Tried
    ) -> ConditionPreviewPayload | None:
        found = await preview(info.context.actor, read_condition(given))
        return ConditionPreviewPayload(
            match_count=found.count,
            sample_keys=found.sample,
            explain=found.words,
            sql=found.sql,
        )
