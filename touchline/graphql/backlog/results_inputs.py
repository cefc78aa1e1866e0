"""What mutations are given that are about what came of items."""

import strawberry

from touchline.graphql.backlog.result_enums import BacklogVerdict


@strawberry.input(description="That something else came of an item than was measured.")
class BacklogItemOverruleInput:
    """What `backlogItemOverrule` is given."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    verdict: BacklogVerdict = strawberry.field(
        description="What came of it: `WORKED`, `DID_NOT` or `INCONCLUSIVE`."
    )
    reason: str = strawberry.field(description="Why, at most 1,000 characters.")


@strawberry.input(description="A suggestion that is put before the Owner.")
class BacklogItemProposeSuggestedInput:
    """What `backlogItemProposeSuggested` is given."""

    item_id: strawberry.ID = strawberry.field(description="The item from which it follows.")
    key: str = strawberry.field(description="The key of the suggestion.")
    title: str | None = strawberry.field(
        default=None, description="What to call it instead, at most 200 characters."
    )


@strawberry.input(description="A suggestion that is turned down.")
class BacklogItemDismissSuggestionInput:
    """What `backlogItemDismissSuggestion` is given."""

    item_id: strawberry.ID = strawberry.field(description="The item from which it follows.")
    key: str = strawberry.field(description="The key of the suggestion.")
    reason: str = strawberry.field(description="Why, at most 1,000 characters.")
