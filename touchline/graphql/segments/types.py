"""A segment."""

import strawberry

from touchline.domain.segments.relations import SEGMENT
from touchline.graphql.base.fields import column, global_id, related, same_row
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.conditions.types import Condition
from touchline.graphql.segments.enums import SegmentStatus
from touchline.graphql.tasks.types import Task


@entity(SEGMENT, permission=READ, description="A group of customers that keeps itself.")
class Segment(Node):
    """Its members are `customers(filter: {inSegment: …})`."""

    id: strawberry.ID = global_id(
        "segment_id", description="The global id; to be kept and compared, not taken apart."
    )
    name: str = column(description="What people call it.")
    description: str | None = column(description="What it is for.")
    is_static: bool = column(
        description="Whether it keeps those who met its condition once, whatever they do since."
    )
    status: SegmentStatus = column(
        description="Whether those are in it who meet the condition that was written last."
    )
    condition: Condition = same_row(description="Who is in it.")
    version: int = column(description="Which of its conditions this is, counted from 1.")
    building_version: int | None = column(
        description="Which version is being worked out; until it is done this one stands whole."
    )
    recompute: Task | None = related(
        {"task_id": "id"}, description="The work on that version, or the last there was."
    )
    member_count: int = column(description="How many customers are in it.")
    computed_at: DateTime = column(description="When last a customer came or went.")
    created_at: DateTime = column(description="When it was made.")
    archived_at: DateTime | None = column(description="When it was taken out of use.")
