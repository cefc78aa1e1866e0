"""Changes of segments."""

from typing import Annotated

import strawberry

from touchline.domain.segments import service
from touchline.domain.segments.queries import text_of
from touchline.domain.segments.service import SegmentText
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.conditions.reading import read_condition
from touchline.graphql.segments.inputs import SegmentCreateInput, SegmentUpdateInput
from touchline.graphql.segments.payloads import (
    SegmentArchivePayload,
    SegmentCreatePayload,
    SegmentRetryPayload,
    SegmentUpdatePayload,
)

SegmentId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the segment.")
]


@strawberry.type(description="Changes of segments.")
class SegmentMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, cost=50, description="Make a segment of all who meet a condition.")
    async def segment_create(
        self, info: strawberry.Info, given: Given[SegmentCreateInput]
    ) -> SegmentCreatePayload | None:
        made = await service.create_segment(
            info.context.actor,
            SegmentText(given.name, given.description),
            read_condition(given.condition),
            is_static=given.is_static,
        )
        return SegmentCreatePayload(segment_key=made.id, task_key=made.task_id)

    @resolved(
        permission=WRITE,
        cost=50,
        description="Give a segment other words, or another condition as its next version.",
    )
    async def segment_update(
        self, info: strawberry.Info, segment_id: SegmentId, given: Given[SegmentUpdateInput]
    ) -> SegmentUpdatePayload | None:
        segment = read_id(segment_id, "id", "Segment")
        text = await text_of(segment)
        name = text.name if given.name is None else given.name.value
        told = text.description if given.description is None else given.description.value
        written = await service.update_segment(
            info.context.actor,
            segment,
            SegmentText(name, told),
            None if given.condition is None else read_condition(given.condition.value),
            expected_version=given.expected_version,
        )
        return SegmentUpdatePayload(segment_key=segment, task_key=written.task_id)

    @resolved(
        permission=WRITE,
        cost=50,
        description="Work the version out anew whose working out failed.",
    )
    async def segment_retry(
        self, info: strawberry.Info, segment_id: SegmentId
    ) -> SegmentRetryPayload | None:
        segment = read_id(segment_id, "id", "Segment")
        begun = await service.retry_segment(info.context.actor, segment)
        return SegmentRetryPayload(segment_key=segment, task_key=begun.task_id)

    @resolved(
        permission=WRITE,
        description="Take a segment out of use; refused while something else names it.",
    )
    async def segment_archive(
        self, info: strawberry.Info, segment_id: SegmentId
    ) -> SegmentArchivePayload | None:
        segment = read_id(segment_id, "id", "Segment")
        await service.archive_segment(info.context.actor, segment)
        return SegmentArchivePayload(segment_key=segment)
