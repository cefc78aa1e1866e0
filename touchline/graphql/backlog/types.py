"""A backlog: its list, its Owner and those who stand in for one."""

from typing import Annotated

import strawberry

from touchline.domain.backlog.calibration import calibration_of
from touchline.domain.backlog.exporting import exported
from touchline.domain.backlog.queries import disagreements_of, forecast_of
from touchline.domain.backlog.relations import (
    BACKLOG,
    BACKLOG_MANDATE,
    BACKLOG_WIP_LIMIT,
)
from touchline.domain.backlog.types import Formula, MandateKind
from touchline.domain.kernel.clock import as_of
from touchline.domain.kernel.db import Row
from touchline.graphql.backlog.calibrations import BacklogCalibration
from touchline.graphql.backlog.calibrations import shown as calibrated
from touchline.graphql.backlog.cycles import Cycle
from touchline.graphql.backlog.enums import (
    BacklogFormula,
    BacklogMandateKind,
    WipLimitScope,
)
from touchline.graphql.backlog.filters import STATES
from touchline.graphql.backlog.flows import BacklogFlow, flow_of
from touchline.graphql.backlog.forecasts import BacklogForecast, shown
from touchline.graphql.backlog.items import BacklogItem
from touchline.graphql.backlog.orders import BacklogOrderProposal
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import (
    attribute,
    column,
    connection,
    expression,
    global_id,
    kept,
    related,
    resolved,
    rows,
)
from touchline.graphql.base.made import MADE_ID, made_id
from touchline.graphql.base.node import Node
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.ranges import RANGE, DateRangeInput
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.members.types import Member

_ID = "The global id; to be kept and compared, not taken apart."
_MOST = 200

Ranged = Annotated[
    DateRangeInput, strawberry.argument(name=RANGE, description="Which days, at most 366.")
]
MOST_SHOWN = 20
Most = Annotated[int, strawberry.argument(name="first", description="How many, at most 100.")]
Chosen = Annotated[
    BacklogFormula, strawberry.argument(name="formula", description="The formula to ask.")
]


def _is_active(row: Row) -> bool:
    return bool(row["kind"] != MandateKind.HAND_OVER and row["ends_at"] > as_of())


@entity(BACKLOG_WIP_LIMIT, permission=READ, description="How much may be under way at once.")
class WipLimit:
    """It refuses pulls."""

    id: strawberry.ID = global_id(description=_ID)
    scope: WipLimitScope = column(description="What it is about.")
    limit: int = column("most", description="How many items may be under way.")
    current: int = column(
        "held", description="How many are; for `PERSON`, by who works on the most."
    )


@entity(
    BACKLOG_MANDATE,
    permission=READ,
    description="That somebody acts in the Owner's place, or became the Owner.",
)
class BacklogMandate:
    """It ends by itself, and is shown for ever."""

    id: strawberry.ID = global_id(description=_ID)
    kind: BacklogMandateKind = column(description="By what right.")
    member: Member | None = related({"member_id": "id"}, description="Who.")
    reason: str = column(description="Why.")
    actor_name: str = column(description="Who said so.")
    began_at: DateTime = column(description="Since when.")
    ends_at: DateTime = column(description="Until when.")
    is_active: bool = expression(
        _is_active, needs=("kind", "ends_at"), description="Whether it holds now."
    )


@entity(permission=READ, description="An item that a formula would have elsewhere.")
class OrderDisagreement:
    """The Owner's order stands."""

    id: strawberry.ID = attribute(description=MADE_ID)
    item_key: strawberry.Private[int]
    item: BacklogItem | None = kept("item_key", description="The item.")
    rank: int = attribute(description="Its place in the Owner's order, from 1.")
    formula_rank: int = attribute(description="Its place by the formula, from 1.")


@entity(BACKLOG, permission=READ, description="All work of a team in one ordered list.")
class Backlog(Node):
    """Its one Owner orders it."""

    name: str = column(description="What people call it.")
    owner: Member | None = related({"owner_id": "id"}, description="Who alone orders it.")
    order_version: int = column(description="How often it was ordered; give it when you order.")
    item_count: int = column(description="How many items stand in the ordered list.")
    items: Connection[BacklogItem] = connection(
        "backlogItems",
        on={"id": "backlog_id"},
        order=Order(("rank",)),
        narrowed_by=[STATES],
        description="Its items in order; what does not stand in the list comes behind it.",
    )
    in_progress: list[BacklogItem] = rows(
        {"id": "backlog_id"},
        order=Order(("state_at",)),
        limit=_MOST,
        where="{t}.state IN ('IN_PROGRESS', 'IN_REVIEW')",
        description="What is under way, in progress or in review, the first 200.",
    )
    wip_limits: list[WipLimit] = rows(
        {"id": "backlog_id"},
        order=Order(("scope",)),
        limit=10,
        description="How much may be under way at once.",
    )
    mandates: list[BacklogMandate] = rows(
        {"id": "backlog_id"},
        order=Order(("began_at",), descending=True),
        limit=50,
        description="Who acts or acted in the Owner's place, or became the Owner, the last 50.",
    )
    current_cycle: Cycle | None = related(
        {"open_cycle_id": "id"}, description="The cycle that is not closed."
    )
    order_proposals: list[BacklogOrderProposal] = rows(
        {"id": "backlog_id"},
        order=Order(("created_at",), descending=True),
        limit=20,
        description="Orders that formulas propose or proposed, the last 20.",
    )
    created_at: DateTime = column(description="When it was begun.")

    @resolved(
        permission=READ,
        cost=20,
        description=(
            "How long it takes at today's pace, from what was launched and accepted in past weeks."
        ),
    )
    async def forecast(self) -> BacklogForecast | None:
        row: Row = self  # type: ignore[assignment]
        return shown(row["id"], await forecast_of(row["id"]))

    @resolved(
        permission=READ,
        cost=20,
        description="How work flowed through it in a range of days, from the log.",
    )
    async def flow(self, days: Ranged) -> BacklogFlow | None:
        row: Row = self  # type: ignore[assignment]
        return await flow_of(row["id"], days)

    @resolved(
        permission=READ,
        cost=20,
        description="How the team's estimates compare with what came, over the last 365 days.",
    )
    async def calibration(self) -> BacklogCalibration | None:
        row: Row = self  # type: ignore[assignment]
        return calibrated(row["id"], await calibration_of(row["id"]))

    @resolved(
        permission=READ,
        cost=50,
        description=(
            "All its items as a table with commas, for spreadsheets: what `touchline backlog "
            "import` takes. Cells that would be formulas are text."
        ),
    )
    async def csv(self) -> str:
        row: Row = self  # type: ignore[assignment]
        return await exported(row["id"])

    @resolved(
        permission=READ,
        description="Where a formula would have the items elsewhere, the farthest first.",
    )
    async def order_disagreements(
        self, formula: Chosen, first: Most = MOST_SHOWN
    ) -> list[OrderDisagreement]:
        row: Row = self  # type: ignore[assignment]
        found = await disagreements_of(row["id"], Formula(str(formula.value)))
        return [
            OrderDisagreement(
                id=made_id("disagreement", one.item_id, str(formula.value)),
                item_key=one.item_id,
                rank=one.rank,
                formula_rank=one.formula_rank,
            )
            for one in found[:first]
        ]
