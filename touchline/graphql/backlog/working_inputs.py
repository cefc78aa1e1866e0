"""What mutations of work under way are given. No input names who is to do it: members pull."""

import strawberry

_ITEM = "The item."
_REASON = "Why, at most 1,000 characters."


@strawberry.input(description="An item that the caller takes to work on it.")
class BacklogItemPullInput:
    """What `backlogItemPull` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    reason: str | None = strawberry.field(
        default=None, description="Why not what stands higher and is ready as well."
    )


@strawberry.input(description="An item that goes back on top of the list.")
class BacklogItemPutBackInput:
    """What `backlogItemPutBack` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    reason: str = strawberry.field(description=_REASON)


@strawberry.input(description="An item that is sent from review back to who works on it.")
class BacklogItemReturnInput:
    """What `backlogItemReturn` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    reason: str = strawberry.field(description="What is to be mended.")


@strawberry.input(description="An item that is out.")
class BacklogItemLaunchInput:
    """What `backlogItemLaunch` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    content_asset_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Assets that belong to it besides those it has."
    )
    reason: str | None = strawberry.field(
        default=None, description="Why readers see nothing of it, where they do not."
    )


@strawberry.input(description="That something stands in an item's way.")
class BacklogItemBlockInput:
    """What `backlogItemBlock` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    reason: str = strawberry.field(description="What it is.")
