"""How long a backlog takes, in the schema."""

import strawberry

from touchline.domain.backlog.forecasting import Forecast
from touchline.domain.kernel.clock import DAY, now
from touchline.graphql.base.fields import attribute
from touchline.graphql.base.made import MADE_ID, made_id
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import Date
from touchline.graphql.base.types import entity


@entity(permission=READ, description="By when a share of the runs has nothing left.")
class ForecastPoint:
    """Counted from today."""

    id: strawberry.ID = attribute(description=MADE_ID)
    weeks: int = attribute(description="In how many weeks.")
    date: Date = attribute(description="On which day.")


@entity(permission=READ, description="How long a backlog takes, if weeks go on as they went.")
class BacklogForecast:
    """10,000 runs over the weeks of the past, at most twelve and at least six."""

    id: strawberry.ID = attribute(description=MADE_ID)
    item_count: int = attribute(description="How many items stand in the list or are under way.")
    throughput_per_week: float = attribute(description="How many were launched in a week.")
    arrivals_per_week: float = attribute(description="How many were accepted in a week.")
    p50: ForecastPoint | None = attribute(
        description="When 50 of 100 runs are done; null for never, or if too little is known."
    )
    p85: ForecastPoint | None = attribute(description="When 85 of 100 runs are done, likewise.")
    p95: ForecastPoint | None = attribute(description="When 95 of 100 runs are done, likewise.")
    never_drains_share: float | None = attribute(
        description="Which share of the runs is not done in ten years; null if too little is known."
    )
    sentence: str = attribute(description="The same in one plain sentence.")


def shown(backlog: int, found: Forecast) -> BacklogForecast:
    """A forecast as the schema shows it."""
    return BacklogForecast(
        id=made_id("forecast", backlog),
        item_count=found.item_count,
        throughput_per_week=found.throughput,
        arrivals_per_week=found.arrivals,
        p50=_point(backlog, 50, found.p50),
        p85=_point(backlog, 85, found.p85),
        p95=_point(backlog, 95, found.p95),
        never_drains_share=found.never_drains,
        sentence=found.sentence,
    )


def _point(backlog: int, share: int, weeks: int | None) -> ForecastPoint | None:
    if weeks is None:
        return None
    day = now() // DAY + 7 * weeks
    return ForecastPoint(id=made_id("forecast", backlog, share), weeks=weeks, date=Date(day))
