"""A cycle: what was planned, what moved, what was shown, and what is done better since."""

import strawberry

from touchline.domain.backlog.cycle_relations import (
    CYCLE,
    HUDDLE,
    HUDDLE_NOTE,
    IMPROVEMENT,
    ITEM_OF_CYCLE,
    STEP_OF_HUDDLE,
    STEP_SINCE_HUDDLE,
)
from touchline.domain.backlog.flow import flow_between
from touchline.domain.backlog.types import CycleState as State
from touchline.domain.backlog.watching import burn_up_of
from touchline.domain.kernel.clock import DAY, as_of, now
from touchline.domain.kernel.db import Row
from touchline.graphql.backlog.burnups import CycleBurnUpDay, shown_day
from touchline.graphql.backlog.enums import BacklogItemState, CycleState
from touchline.graphql.backlog.items import BacklogItem
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import (
    attribute,
    column,
    expression,
    global_id,
    related,
    resolved,
    rows,
    same_row,
)
from touchline.graphql.base.made import MADE_ID, made_id
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import Date, DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.members.types import Member

_ID = "The global id; to be kept and compared, not taken apart."
_MOST = 200


def _state(row: Row) -> str:
    if row["closed_at"] is not None:
        return State.CLOSED
    return State.PLANNED if as_of() < row["first_day"] * DAY else State.ACTIVE


@entity(HUDDLE_NOTE, permission=READ, description="What a member said on a day of a cycle.")
class HuddleNote:
    """One for each member and day."""

    id: strawberry.ID = global_id(description=_ID)
    member: Member | None = related({"member_id": "id"}, description="Who said it.")
    text: str = column(description="What moved.")
    blocked: str | None = column(description="What is in the way; null when nothing is.")
    written_at: DateTime = column(description="When it was said.")


@entity(STEP_OF_HUDDLE, permission=READ, description="That an item came to another state.")
class HuddleMove:
    """From the log."""

    id: strawberry.ID = global_id(description=_ID)
    item: BacklogItem | None = related({"item_id": "id"}, description="The item, as it is now.")
    from_: BacklogItemState = column("from_value", shown_as="from", description="Where it stood.")
    to: BacklogItemState = column("to_value", description="Where it came to.")
    reason: str | None = column(description="Why.")
    actor_name: str = column(description="Who did it, as they were called then.")
    at: DateTime = column("logged_at", description="When it was done.")


@entity(HUDDLE, permission=READ, description="What was said on a day of a cycle.")
class Huddle:
    """A day without a word has none."""

    id: strawberry.ID = global_id(description=_ID)
    on: Date = column("day", description="The day, in UTC.")
    notes: list[HuddleNote] = rows(
        {"cycle_id": "cycle_id", "day": "day"},
        order=Order(("written_at",)),
        limit=_MOST,
        description="What was said, in the order it was.",
    )
    moves: list[HuddleMove] = rows(
        {"cycle_id": "cycle_id", "day": "day"},
        order=Order(("logged_at",)),
        limit=_MOST,
        description=(
            "What moved on the board since the huddle before it, or since the cycle was planned, "
            "until its last word; the first 200 steps."
        ),
    )


@entity(IMPROVEMENT, permission=READ, description="What the team does better from a cycle on.")
class CycleImprovement(Node):
    """A cycle is closed with at least one."""

    action: str = column(description="What it is.")
    done: bool = column("is_done", description="Whether the team does it by now.")
    done_at: DateTime | None = column(description="Since when.")


@entity(CYCLE, permission=READ, description="What came out in a cycle.")
class CycleShowcase:
    """Shown of the cycle."""

    id: strawberry.ID = global_id(description=_ID)
    notes: str | None = column("showcase_notes", description="What was said about it.")
    items: list[BacklogItem] = rows(
        {"id": "cycle_id"},
        relation=ITEM_OF_CYCLE,
        order=Order(("rank",)),
        where="{t}.launched_at IS NOT NULL"
        " AND ({t}.cycle_closed_at IS NULL OR {t}.launched_at <= {t}.cycle_closed_at)",
        limit=_MOST,
        description="What of it was launched by its end.",
    )


@entity(permission=READ, description="How work flowed through a cycle.")
class CycleFlow:
    """Of what was launched in it, from the log; times are in days."""

    id: strawberry.ID = attribute(description=MADE_ID)
    cycle_time_p50: float | None = attribute(
        description="From the first pull to the launch, half of the items in no more."
    )
    cycle_time_p85: float | None = attribute(
        description="From the first pull to the launch, 85 of 100 items in no more."
    )
    lead_time_p85: float | None = attribute(
        description="From the proposal to the launch, 85 of 100 items in no more."
    )
    throughput: int = attribute(description="How many items were launched.")


@entity(CYCLE, permission=READ, description="A stretch of work towards a goal.")
class Cycle(Node):
    """A backlog has one open cycle at a time."""

    goal: str = column(description="What the team is after in it.")
    state: CycleState = expression(
        _state, needs=("first_day", "closed_at"), description="Where it stands."
    )
    starts_on: Date = column("first_day", description="Its first day.")
    ends_on: Date = column("last_day", description="Its last working day.")
    capacity: int = column(description="How many points fit into it.")
    committed_points: int = column(description="How many points were planned for it.")
    planned_points: int = column(
        "committed_points", description="The same: how many points were planned for it."
    )
    done_points: int = column(description="How many points of it were launched by its end.")
    items: list[BacklogItem] = rows(
        {"id": "cycle_id"},
        relation=ITEM_OF_CYCLE,
        order=Order(("rank",)),
        limit=_MOST,
        description="What was planned for it or pulled while it was open, the first 200.",
    )
    carried_over: list[BacklogItem] = rows(
        {"id": "cycle_id"},
        relation=ITEM_OF_CYCLE,
        order=Order(("rank",)),
        where="{t}.is_carried",
        limit=_MOST,
        description="What the cycle before it had left over.",
    )
    left_over: list[BacklogItem] = rows(
        {"id": "cycle_id"},
        relation=ITEM_OF_CYCLE,
        order=Order(("rank",)),
        where="{t}.cycle_closed_at IS NOT NULL"
        " AND ({t}.closed_at IS NULL OR {t}.closed_at > {t}.cycle_closed_at)",
        limit=_MOST,
        description="What was neither out nor given up when it was closed; empty before that.",
    )
    huddles: list[Huddle] = rows(
        {"id": "cycle_id"},
        order=Order(("day",)),
        limit=_MOST,
        description="What was said day by day.",
    )
    moves_since_huddle: list[HuddleMove] = rows(
        {"id": "cycle_id"},
        relation=STEP_SINCE_HUDDLE,
        order=Order(("logged_at",)),
        limit=_MOST,
        description="What moved on the board since the last huddle, the first 200 steps.",
    )
    blocked: list[BacklogItem] = rows(
        {"id": "cycle_id"},
        relation=ITEM_OF_CYCLE,
        order=Order(("blocked_since",)),
        where="{t}.blocked_since IS NOT NULL AND {t}.closed_at IS NULL",
        limit=_MOST,
        description="Those of its items that are blocked now.",
    )
    showcase: CycleShowcase = same_row(description="What came out.")
    improvement: list[CycleImprovement] = rows(
        {"id": "cycle_id"},
        order=Order(("id",)),
        limit=_MOST,
        description="What the team does better since; empty before it is closed.",
    )
    closed_at: DateTime | None = column(description="When it was closed.")

    @resolved(
        permission=READ,
        cost=20,
        description="Points in it and done day by day until it was closed or today, at most 366.",
    )
    async def burn_up(self) -> list[CycleBurnUpDay]:
        row: Row = self  # type: ignore[assignment]
        days = await burn_up_of(
            row["id"],
            first_day=row["first_day"],
            created_at=row["created_at"],
            closed_at=row["closed_at"],
        )
        return [shown_day(day) for day in days]

    @resolved(permission=READ, cost=5, description="How work flowed through it.")
    async def flow(self) -> CycleFlow:
        row: Row = self  # type: ignore[assignment]
        until = now() if row["closed_at"] is None else row["closed_at"] + 1
        found = await flow_between(row["backlog_id"], row["first_day"] * DAY, until)
        return CycleFlow(
            id=made_id("flow", row["id"]),
            cycle_time_p50=found.cycle_time_p50,
            cycle_time_p85=found.cycle_time_p85,
            lead_time_p85=found.lead_time_p85,
            throughput=found.throughput,
        )
