"""Trying again what was rejected."""

import strawberry

from touchline.domain.collect.service import replay_rejected
from touchline.domain.kernel.errors import NotFound
from touchline.graphql.base.errors import bad_input, read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.payload import user_error
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.collect.payloads import RejectedEventReplayPayload, RejectedEventUserError

_MOST_EVENTS = 100


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
