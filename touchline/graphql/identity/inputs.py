"""What decisions about who is who are given."""

import strawberry

_REASON = "Why, for colleagues."
_DRY_RUN = "Only rehearse: tell what it would do and change nothing."


@strawberry.input(description="Two customers who are one person.")
class CustomerMergeInput:
    """What `customerMerge` is given."""

    survivor_id: strawberry.ID = strawberry.field(description="Who keeps the id.")
    absorbed_id: strawberry.ID = strawberry.field(description="Who becomes part of the survivor.")
    reason: str | None = strawberry.field(default=None, description=_REASON)
    dry_run: bool = strawberry.field(default=False, description=_DRY_RUN)


@strawberry.input(description="A merge that was wrong.")
class CustomerUnmergeInput:
    """What `customerUnmerge` is given."""

    merge_id: strawberry.ID = strawberry.field(description="Which merge, of `mergedFrom`.")
    reason: str | None = strawberry.field(default=None, description=_REASON)
    dry_run: bool = strawberry.field(default=False, description=_DRY_RUN)


@strawberry.input(description="Something a customer is known by.")
class IdentifierInput:
    """Of `customerSplit`."""

    kind: str = strawberry.field(description="What sort of identifier it is, such as `email`.")
    value: str = strawberry.field(description="The identifier, however it is spelt.")


@strawberry.input(description="Identifiers that are somebody else's.")
class CustomerSplitInput:
    """What `customerSplit` is given."""

    customer_id: strawberry.ID = strawberry.field(description="Who keeps the id and the rest.")
    identifiers: list[IdentifierInput] = strawberry.field(
        description="What the other person is known by: some, but not all."
    )
    reason: str | None = strawberry.field(default=None, description=_REASON)
    dry_run: bool = strawberry.field(default=False, description=_DRY_RUN)


@strawberry.input(description="Two customers who are different people.")
class CustomerForbidMergeInput:
    """What `customerForbidMerge` is given."""

    customer_id: strawberry.ID = strawberry.field(description="The one.")
    other_id: strawberry.ID = strawberry.field(description="The other.")
    reason: str | None = strawberry.field(default=None, description=_REASON)


@strawberry.input(description="Two customers who may be one person after all.")
class CustomerAllowMergeInput:
    """What `customerAllowMerge` is given."""

    customer_id: strawberry.ID = strawberry.field(description="The one.")
    other_id: strawberry.ID = strawberry.field(description="The other.")
