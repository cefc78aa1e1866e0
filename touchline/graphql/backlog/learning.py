"""Changes of what came of items, and of what follows from it."""

import strawberry

from touchline.domain.backlog import deciding, learned
from touchline.domain.backlog.types import Verdict
from touchline.graphql.backlog.payloads import (
    BacklogItemDismissSuggestionPayload,
    BacklogItemOverrulePayload,
    BacklogItemProposeSuggestedPayload,
)
from touchline.graphql.backlog.reading import item_id
from touchline.graphql.backlog.results_inputs import (
    BacklogItemDismissSuggestionInput,
    BacklogItemOverruleInput,
    BacklogItemProposeSuggestedInput,
)
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import TEAM


@strawberry.type(description="What came of items, and what follows from it.")
class BacklogResultMutation:
    """Part of the mutation root."""

    @resolved(
        permission=TEAM,
        description=(
            "Say that something else came of an item than was measured; the Owner's to do. The "
            "numbers stay, and its history shows both."
        ),
    )
    async def backlog_item_overrule(
        self, info: strawberry.Info, given: Given[BacklogItemOverruleInput]
    ) -> BacklogItemOverrulePayload | None:
        item, verdict = item_id(given.item_id), Verdict(str(given.verdict.value))
        await deciding.overrule_item(info.context.actor, item, verdict=verdict, reason=given.reason)
        return BacklogItemOverrulePayload(item_key=item)

    @resolved(
        permission=TEAM,
        description=(
            "Put a suggestion before the Owner; everybody may. The proposal begins with what was "
            "written of the item that it is based on, and names it."
        ),
    )
    async def backlog_item_propose_suggested(
        self, info: strawberry.Info, given: Given[BacklogItemProposeSuggestedInput]
    ) -> BacklogItemProposeSuggestedPayload | None:
        made = await learned.propose_suggested(
            info.context.actor, item_id(given.item_id), given.key, title=given.title
        )
        return BacklogItemProposeSuggestedPayload(item_key=made)

    @resolved(
        permission=TEAM,
        description=(
            "Turn a suggestion down, so that it does not come back in this backlog; the Owner's "
            "to do."
        ),
    )
    async def backlog_item_dismiss_suggestion(
        self, info: strawberry.Info, given: Given[BacklogItemDismissSuggestionInput]
    ) -> BacklogItemDismissSuggestionPayload | None:
        item = item_id(given.item_id)
        await learned.dismiss_suggestion(info.context.actor, item, given.key, reason=given.reason)
        return BacklogItemDismissSuggestionPayload(item_key=item)
