"""Why a command on a backlog is refused."""

from enum import StrEnum

from touchline.domain.kernel.errors import Conflict


class BacklogErrorCode(StrEnum):
    """What is wrong with a command on a backlog or an item of it."""

    BACKLOG_NOT_FOUND = "BACKLOG_NOT_FOUND"
    ITEM_NOT_FOUND = "ITEM_NOT_FOUND"
    GOAL_NOT_FOUND = "GOAL_NOT_FOUND"
    MEMBER_NOT_FOUND = "MEMBER_NOT_FOUND"
    MEMBER_GONE = "MEMBER_GONE"
    ASSET_NOT_FOUND = "ASSET_NOT_FOUND"
    CAMPAIGN_NOT_FOUND = "CAMPAIGN_NOT_FOUND"
    SEGMENT_NOT_FOUND = "SEGMENT_NOT_FOUND"
    NAME_INVALID = "NAME_INVALID"
    NAME_TAKEN = "NAME_TAKEN"
    TITLE_INVALID = "TITLE_INVALID"
    TEXT_INVALID = "TEXT_INVALID"
    REASON_INVALID = "REASON_INVALID"
    EFFORT_INVALID = "EFFORT_INVALID"
    LEVEL_INVALID = "LEVEL_INVALID"
    TARGET_INVALID = "TARGET_INVALID"
    WINDOW_INVALID = "WINDOW_INVALID"
    LIMIT_INVALID = "LIMIT_INVALID"
    TOO_MANY = "TOO_MANY"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    NOT_THE_OWNER = "NOT_THE_OWNER"
    NOT_THE_PULLER = "NOT_THE_PULLER"
    NOT_AN_ADMIN = "NOT_AN_ADMIN"
    ROLE_TAKES_NO_WORK = "ROLE_TAKES_NO_WORK"
    END_INVALID = "END_INVALID"
    STEP_NOT_POSSIBLE = "STEP_NOT_POSSIBLE"
    NOT_READY = "NOT_READY"
    ALREADY_PULLED = "ALREADY_PULLED"
    ITEM_BLOCKED = "ITEM_BLOCKED"
    PERSON_LIMIT_REACHED = "PERSON_LIMIT_REACHED"
    COLUMN_LIMIT_REACHED = "COLUMN_LIMIT_REACHED"
    HIGHER_ITEM_READY = "HIGHER_ITEM_READY"
    NOTHING_PUBLISHED = "NOTHING_PUBLISHED"
    NEIGHBOUR_FOREIGN = "NEIGHBOUR_FOREIGN"
    DEPENDENCY_FOREIGN = "DEPENDENCY_FOREIGN"
    DEPENDENCY_CYCLE = "DEPENDENCY_CYCLE"
    DUPLICATE_FOREIGN = "DUPLICATE_FOREIGN"
    CYCLE_NOT_FOUND = "CYCLE_NOT_FOUND"
    CYCLE_OPEN = "CYCLE_OPEN"
    CYCLE_CLOSED = "CYCLE_CLOSED"
    DAYS_INVALID = "DAYS_INVALID"
    CAPACITY_INVALID = "CAPACITY_INVALID"
    IMPROVEMENT_MISSING = "IMPROVEMENT_MISSING"


class StaleOrder(Conflict):
    """The order of a backlog changed since the caller saw it; ``current`` is its version now."""

    def __init__(self, backlog_id: int, current: int) -> None:
        message = f"The order of the backlog is at version {current} by now."
        super().__init__(message, current, ("expectedOrderVersion",))
        self.backlog_id = backlog_id
