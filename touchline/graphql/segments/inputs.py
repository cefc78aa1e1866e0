"""What mutations of segments are given."""

import strawberry

from touchline.graphql.conditions.inputs import ConditionInput


@strawberry.input(description="A new segment.")
class SegmentCreateInput:
    """What `segmentCreate` is given."""

    name: str = strawberry.field(description="What to call it, at most 100 characters.")
    description: str | None = strawberry.field(
        default=None, description="What it is for, at most 1,000 characters."
    )
    condition: ConditionInput = strawberry.field(description="Who is in it.")
    is_static: bool = strawberry.field(
        default=False,
        description="Whether it keeps those who meet the condition now, whatever they do later.",
    )


@strawberry.input(description="Other words or another condition; what is absent stays.")
class SegmentUpdateInput:
    """What `segmentUpdate` is given."""

    name: strawberry.Maybe[str] = strawberry.field(description="What to call it.")
    description: strawberry.Maybe[str | None] = strawberry.field(
        description="What it is for; null for nothing."
    )
    condition: strawberry.Maybe[ConditionInput] = strawberry.field(
        description="Who is in it; the one before stands until everybody was looked at."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="Refuse the change unless this is still the version."
    )
