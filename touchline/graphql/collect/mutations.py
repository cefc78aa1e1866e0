"""Trying again what was rejected."""

from collections.abc import Sequence
from enum import Enum
from typing import ClassVar

import strawberry

from touchline.domain.collect.service import replay_rejected
from touchline.domain.kernel.errors import CommonCode, NotFound
from touchline.graphql.base.errors import UserError, bad_input, read_id
from touchline.graphql.base.fields import attribute, kept, resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.payload import user_error
from touchline.graphql.base.permissions import EVERYONE, WRITE
from touchline.graphql.base.types import entity
from touchline.graphql.collect.types import RejectedEvent
from touchline.graphql.payload import Answer

_MOST_EVENTS = 100


@strawberry.enum(description="Why a rejected event cannot be tried again.")
class RejectedEventErrorCode(Enum):
    """The codes of the capability, described."""

    NOT_FOUND = strawberry.enum_value(
        CommonCode.NOT_FOUND, description="There is no rejected event with this id."
    )


@entity(permission=EVERYONE, description="What a user can mend about a replay.")
class RejectedEventUserError(UserError):
    """The user error of the capability."""

    code: RejectedEventErrorCode = attribute(description="What is wrong.")


@entity(permission=EVERYONE, description="The answer to `rejectedEventReplay`.")
class RejectedEventReplayPayload(Answer):
    """What became of the events."""

    error_type: ClassVar[type[UserError]] = RejectedEventUserError

    event_keys: strawberry.Private[Sequence[int]] = ()
    accepted_count: int = attribute(default=0, description="How many events were accepted now.")
    rejected_count: int = attribute(default=0, description="How many were rejected once more.")
    rejected_events: list[RejectedEvent] = kept(
        "event_keys", many=True, description="The events that were tried, as they stand now."
    )
    user_errors: list[RejectedEventUserError] = attribute(
        default=[], description="The events that could not be tried; empty when all could."
    )


@strawberry.input(description="Which rejected events to try again.")
class RejectedEventReplayInput:
    """What `rejectedEventReplay` is given."""

    ids: list[strawberry.ID] = strawberry.field(
        description="The ids of the events, at most 100. One that was replayed lands only once."
    )


@strawberry.type(description="Changes of the quarantine.")
class CollectMutation:
    """Part of the mutation root."""

    @resolved(
        permission=WRITE,
        cost=10,
        description="Judge rejected events anew; those that pass now come to the timeline.",
    )
    async def rejected_event_replay(
        self, info: strawberry.Info, given: Given[RejectedEventReplayInput]
    ) -> RejectedEventReplayPayload | None:
        if len(given.ids) > _MOST_EVENTS:
            raise bad_input(f"`ids` takes at most {_MOST_EVENTS} ids.", "input.ids")
        keys = [read_id(one, "input.ids", "RejectedEvent") for one in given.ids]
        limits = info.context.limits
        tried = await replay_rejected(info.context.actor, keys, limits=limits)
        return RejectedEventReplayPayload(
            event_keys=[one.id for one in tried],
            accepted_count=sum(one.accepted for one in tried),
            rejected_count=sum(one.fault is not None for one in tried),
            user_errors=_unknown(keys, {one.id for one in tried}),
        )


def _unknown(keys: list[int], tried: set[int]) -> list[RejectedEventUserError]:
    missing = [at for at, key in enumerate(keys) if key not in tried]
    return [
        user_error(
            RejectedEventUserError, NotFound("There is no such rejected event.", ("ids", at))
        )
        for at in missing
    ]
