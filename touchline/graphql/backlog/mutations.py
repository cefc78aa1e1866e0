"""Changes of backlogs: their Owner, limits and goals."""

import strawberry

from touchline.domain.backlog import service
from touchline.domain.backlog.types import GoalKind, WipScope
from touchline.graphql.backlog.inputs import (
    BacklogBreakGlassInput,
    BacklogCreateInput,
    BacklogDelegateInput,
    BacklogEndMandateInput,
    BacklogHandOverInput,
    BacklogSetWipLimitInput,
    BusinessGoalCreateInput,
)
from touchline.graphql.backlog.payloads import (
    BacklogBreakGlassPayload,
    BacklogCreatePayload,
    BacklogDelegatePayload,
    BacklogEndMandatePayload,
    BacklogHandOverPayload,
    BacklogSetWipLimitPayload,
    BusinessGoalCreatePayload,
)
from touchline.graphql.backlog.reading import backlog_id, member_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import ADMIN, TEAM, WRITE


@strawberry.type(description="Changes of backlogs.")
class BacklogMutation:
    """Part of the mutation root."""

    @resolved(permission=ADMIN, description="Begin a backlog for its one Owner.")
    async def backlog_create(
        self, info: strawberry.Info, given: Given[BacklogCreateInput]
    ) -> BacklogCreatePayload | None:
        owner = member_id(given.owner_id, "input.ownerId")
        made = await service.create_backlog(info.context.actor, name=given.name, owner_id=owner)
        return BacklogCreatePayload(backlog_key=made)

    @resolved(permission=TEAM, description="Make another member the Owner; the Owner's to do.")
    async def backlog_hand_over(
        self, info: strawberry.Info, given: Given[BacklogHandOverInput]
    ) -> BacklogHandOverPayload | None:
        backlog, owner = backlog_id(given.backlog_id), member_id(given.owner_id, "input.ownerId")
        await service.hand_over(info.context.actor, backlog, owner_id=owner, reason=given.reason)
        return BacklogHandOverPayload(backlog_key=backlog)

    @resolved(
        permission=TEAM, description="Let a member act in the Owner's place; the Owner's to do."
    )
    async def backlog_delegate(
        self, info: strawberry.Info, given: Given[BacklogDelegateInput]
    ) -> BacklogDelegatePayload | None:
        backlog = backlog_id(given.backlog_id)
        await service.delegate(
            info.context.actor,
            backlog,
            member_id=member_id(given.member_id, "input.memberId"),
            until=given.until,
            reason=given.reason,
        )
        return BacklogDelegatePayload(backlog_key=backlog)

    @resolved(
        permission=TEAM,
        description="As an admin, act in the Owner's place for a day; the backlog shows it.",
    )
    async def backlog_break_glass(
        self, info: strawberry.Info, given: Given[BacklogBreakGlassInput]
    ) -> BacklogBreakGlassPayload | None:
        backlog = backlog_id(given.backlog_id)
        await service.break_glass(info.context.actor, backlog, reason=given.reason)
        return BacklogBreakGlassPayload(backlog_key=backlog)

    @resolved(permission=TEAM, description="End what a member may do in the Owner's place.")
    async def backlog_end_mandate(
        self, info: strawberry.Info, given: Given[BacklogEndMandateInput]
    ) -> BacklogEndMandatePayload | None:
        backlog = backlog_id(given.backlog_id)
        member = member_id(given.member_id, "input.memberId")
        await service.end_mandate(info.context.actor, backlog, member_id=member)
        return BacklogEndMandatePayload(backlog_key=backlog)

    @resolved(
        permission=TEAM, description="Say how much may be under way at once; the Owner's to do."
    )
    async def backlog_set_wip_limit(
        self, info: strawberry.Info, given: Given[BacklogSetWipLimitInput]
    ) -> BacklogSetWipLimitPayload | None:
        backlog, scope = backlog_id(given.backlog_id), WipScope(str(given.scope.value))
        await service.set_wip_limit(info.context.actor, backlog, scope=scope, most=given.limit)
        return BacklogSetWipLimitPayload(backlog_key=backlog)

    @resolved(permission=WRITE, description="Name something that the team is after.")
    async def business_goal_create(
        self, info: strawberry.Info, given: Given[BusinessGoalCreateInput]
    ) -> BusinessGoalCreatePayload | None:
        kind = GoalKind(str(given.kind.value))
        goal = await service.create_goal(info.context.actor, name=given.name, kind=kind)
        return BusinessGoalCreatePayload(goal_key=goal)
