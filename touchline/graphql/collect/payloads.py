"""Answers to changes of the quarantine."""

from collections.abc import Sequence
from enum import Enum

import strawberry

from touchline.domain.kernel.errors import CommonCode
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.collect.types import RejectedEvent
from touchline.graphql.payload import Answer


@strawberry.enum(description="Why a rejected event cannot be tried again.")
class RejectedEventErrorCode(Enum):
    """The codes of the capability, described."""

    NOT_FOUND = strawberry.enum_value(
        CommonCode.NOT_FOUND, description="There is no rejected event with this id."
    )


@mendable("a replay")
class RejectedEventUserError(UserError):
    """The user error of the capability."""

    code: RejectedEventErrorCode = attribute(description="What is wrong.")


@answer_to("rejectedEventReplay")
class RejectedEventReplayPayload(Answer):
    """What became of the events."""

    event_keys: strawberry.Private[Sequence[int]] = ()
    accepted_count: int = attribute(default=0, description="How many events were accepted now.")
    rejected_count: int = attribute(default=0, description="How many were rejected once more.")
    rejected_events: list[RejectedEvent] = kept(
        "event_keys", many=True, description="The events that were tried, as they stand now."
    )
    user_errors: list[RejectedEventUserError] = refusals(
        "The events that could not be tried; empty when all could."
    )
