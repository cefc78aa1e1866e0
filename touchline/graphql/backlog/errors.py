"""Why a change of a backlog is refused."""

from enum import Enum

import strawberry

from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.kernel.errors import CommonCode


@strawberry.enum(description="Why a change of a backlog is refused.")
class BacklogErrorCode(Enum):
    """The codes of the capability, described."""

    BACKLOG_NOT_FOUND = strawberry.enum_value(
        Code.BACKLOG_NOT_FOUND, description="There is no backlog with this id."
    )
    ITEM_NOT_FOUND = strawberry.enum_value(
        Code.ITEM_NOT_FOUND, description="There is no item with this id."
    )
    GOAL_NOT_FOUND = strawberry.enum_value(
        Code.GOAL_NOT_FOUND, description="There is no goal with this id."
    )
    MEMBER_NOT_FOUND = strawberry.enum_value(
        Code.MEMBER_NOT_FOUND,
        description="There is no such member, or none who stands in for the Owner.",
    )
    MEMBER_GONE = strawberry.enum_value(
        Code.MEMBER_GONE, description="The member has left the team."
    )
    MEMBER_INVALID = strawberry.enum_value(
        Code.MEMBER_INVALID, description="The member has this right already, or cannot have it."
    )
    ASSET_NOT_FOUND = strawberry.enum_value(
        Code.ASSET_NOT_FOUND, description="There is no asset with this id."
    )
    CAMPAIGN_NOT_FOUND = strawberry.enum_value(
        Code.CAMPAIGN_NOT_FOUND, description="There is no campaign with this id in use."
    )
    SEGMENT_NOT_FOUND = strawberry.enum_value(
        Code.SEGMENT_NOT_FOUND, description="There is no segment with this id in use."
    )
    NAME_INVALID = strawberry.enum_value(
        Code.NAME_INVALID, description="The name is empty or too long."
    )
    NAME_TAKEN = strawberry.enum_value(
        Code.NAME_TAKEN, description="There is one of this name already."
    )
    TITLE_INVALID = strawberry.enum_value(
        Code.TITLE_INVALID, description="The title is empty or too long."
    )
    TEXT_INVALID = strawberry.enum_value(
        Code.TEXT_INVALID, description="The text is too long, or a comment is empty."
    )
    REASON_INVALID = strawberry.enum_value(
        Code.REASON_INVALID, description="A reason is needed, or it is too long."
    )
    EFFORT_INVALID = strawberry.enum_value(
        Code.EFFORT_INVALID, description="The effort is not on the scale of 1, 2, 3, 5, 8 and 13."
    )
    LEVEL_INVALID = strawberry.enum_value(
        Code.LEVEL_INVALID,
        description="The level is not from 1 to 5, or the confidence not from 0 to 100.",
    )
    TARGET_INVALID = strawberry.enum_value(
        Code.TARGET_INVALID, description="The target has no metric, or is out of bounds."
    )
    WINDOW_INVALID = strawberry.enum_value(
        Code.WINDOW_INVALID, description="The window is too short or too long."
    )
    LIMIT_INVALID = strawberry.enum_value(
        Code.LIMIT_INVALID, description="The limit is out of bounds."
    )
    TOO_MANY = strawberry.enum_value(Code.TOO_MANY, description="Too much is named at once.")
    NOT_A_MEMBER = strawberry.enum_value(
        Code.NOT_A_MEMBER, description="The key was issued to no member of the team."
    )
    NOT_THE_OWNER = strawberry.enum_value(
        Code.NOT_THE_OWNER,
        description="Only the Owner of the backlog may do this, whatever role others have.",
    )
    NOT_THE_PULLER = strawberry.enum_value(
        Code.NOT_THE_PULLER, description="Only who pulled the item, or the Owner, may do this."
    )
    NOT_AN_ADMIN = strawberry.enum_value(
        Code.NOT_AN_ADMIN, description="Only a member who is an admin may do this."
    )
    ROLE_TAKES_NO_WORK = strawberry.enum_value(
        Code.ROLE_TAKES_NO_WORK,
        description="Stakeholders propose, comment and vote, and take no work.",
    )
    END_INVALID = strawberry.enum_value(
        Code.END_INVALID, description="The end has passed, or is too far away."
    )
    VERDICT_INVALID = strawberry.enum_value(
        Code.VERDICT_INVALID, description="It is no verdict that a person gives."
    )
    SUGGESTION_NOT_FOUND = strawberry.enum_value(
        Code.SUGGESTION_NOT_FOUND, description="This is not suggested, or not any more."
    )
    PROPOSAL_NOT_FOUND = strawberry.enum_value(
        Code.PROPOSAL_NOT_FOUND, description="There is no proposal of an order with this id."
    )
    PROPOSAL_CLOSED = strawberry.enum_value(
        Code.PROPOSAL_CLOSED, description="The proposal was accepted or turned down already."
    )
    ITEM_NOT_PROPOSED = strawberry.enum_value(
        Code.ITEM_NOT_PROPOSED,
        description="The proposal would not move this item, or it was moved already.",
    )
    NOTHING_TO_MOVE = strawberry.enum_value(
        Code.NOTHING_TO_MOVE, description="The formula would move nothing in this list."
    )
    STEP_NOT_POSSIBLE = strawberry.enum_value(
        Code.STEP_NOT_POSSIBLE, description="This cannot be done where the item stands."
    )
    NOT_READY = strawberry.enum_value(
        Code.NOT_READY, description="Some question about the item is open."
    )
    ALREADY_PULLED = strawberry.enum_value(
        Code.ALREADY_PULLED, description="Somebody works on the item already."
    )
    ITEM_BLOCKED = strawberry.enum_value(
        Code.ITEM_BLOCKED, description="Something stands in the way of the item."
    )
    PERSON_LIMIT_REACHED = strawberry.enum_value(
        Code.PERSON_LIMIT_REACHED, description="The member works on as much as one person may."
    )
    COLUMN_LIMIT_REACHED = strawberry.enum_value(
        Code.COLUMN_LIMIT_REACHED, description="As much is under way as may be."
    )
    HIGHER_ITEM_READY = strawberry.enum_value(
        Code.HIGHER_ITEM_READY,
        description="Something that stands higher could be pulled; a reason is needed.",
    )
    NOTHING_PUBLISHED = strawberry.enum_value(
        Code.NOTHING_PUBLISHED, description="Readers see none of its assets; a reason is needed."
    )
    NEIGHBOUR_FOREIGN = strawberry.enum_value(
        Code.NEIGHBOUR_FOREIGN,
        description="The neighbour does not stand in the order of this backlog.",
    )
    DEPENDENCY_FOREIGN = strawberry.enum_value(
        Code.DEPENDENCY_FOREIGN, description="What it waits for is no item of its backlog."
    )
    DEPENDENCY_CYCLE = strawberry.enum_value(
        Code.DEPENDENCY_CYCLE, description="The item would wait for itself, by some way round."
    )
    DUPLICATE_FOREIGN = strawberry.enum_value(
        Code.DUPLICATE_FOREIGN, description="It is not the same as another item of its backlog."
    )
    CYCLE_NOT_FOUND = strawberry.enum_value(
        Code.CYCLE_NOT_FOUND, description="There is no cycle or improvement with this id."
    )
    CYCLE_OPEN = strawberry.enum_value(
        Code.CYCLE_OPEN, description="Another cycle of the backlog is open."
    )
    CYCLE_CLOSED = strawberry.enum_value(Code.CYCLE_CLOSED, description="The cycle is closed.")
    DAYS_INVALID = strawberry.enum_value(
        Code.DAYS_INVALID, description="A cycle has 5 or 10 working days."
    )
    CAPACITY_INVALID = strawberry.enum_value(
        Code.CAPACITY_INVALID,
        description="The capacity is out of bounds, or nothing was done yet to go by.",
    )
    IMPROVEMENT_MISSING = strawberry.enum_value(
        Code.IMPROVEMENT_MISSING, description="A cycle is closed with at least one improvement."
    )
    CONFLICT = strawberry.enum_value(
        CommonCode.CONFLICT, description="The order changed since the expected version."
    )
