"""Answers to changes of segments."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.payload import Answer
from touchline.graphql.segments.enums import SegmentErrorCode
from touchline.graphql.segments.types import Segment
from touchline.graphql.tasks.types import Task


@mendable("a change of a segment")
class SegmentUserError(UserError):
    """The user error of the capability."""

    code: SegmentErrorCode = attribute(description="What is wrong.")


@answer_to("segmentCreate")
class SegmentCreatePayload(Answer):
    """The new segment."""

    user_errors: list[SegmentUserError] = refusals()
    segment_key: strawberry.Private[int | None] = None
    task_key: strawberry.Private[int | None] = None
    segment: Segment | None = kept("segment_key", description="The new segment.")
    recompute: Task | None = kept(
        "task_key",
        description="The work that finds who is in it; done already where customers are few.",
    )


@answer_to("segmentUpdate")
class SegmentUpdatePayload(Answer):
    """The segment as it is now."""

    user_errors: list[SegmentUserError] = refusals()
    segment_key: strawberry.Private[int | None] = None
    task_key: strawberry.Private[int | None] = None
    segment: Segment | None = kept("segment_key", description="The segment as it is now.")
    recompute: Task | None = kept(
        "task_key",
        description="The work that finds who is in it; null without a new condition.",
    )


@answer_to("segmentRetry")
class SegmentRetryPayload(Answer):
    """The segment, and the work on the version that had failed."""

    user_errors: list[SegmentUserError] = refusals()
    segment_key: strawberry.Private[int | None] = None
    task_key: strawberry.Private[int | None] = None
    segment: Segment | None = kept("segment_key", description="The segment.")
    recompute: Task | None = kept(
        "task_key",
        description="The work that finds who is in it; done already where customers are few.",
    )


@answer_to("segmentArchive")
class SegmentArchivePayload(Answer):
    """The segment, out of use."""

    user_errors: list[SegmentUserError] = refusals()
    segment_key: strawberry.Private[int | None] = None
    segment: Segment | None = kept("segment_key", description="The segment, now out of use.")
