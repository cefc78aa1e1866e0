"""How work flows through a backlog, in the schema."""

from collections.abc import Sequence

import strawberry

from touchline.domain.backlog.ageing import Age
from touchline.domain.backlog.counting import Day, Week
from touchline.domain.backlog.flow import blocked_between, flow_between, through_states
from touchline.domain.backlog.types import ItemState
from touchline.domain.backlog.watching import MOST_DAYS, ages_of
from touchline.domain.kernel.clock import DAY
from touchline.graphql.base.fields import attribute
from touchline.graphql.base.made import MADE_ID, made_id
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.ranges import DateRangeInput, read_range
from touchline.graphql.base.scalars import Date
from touchline.graphql.base.types import entity


@entity(permission=READ, description="How many items stood in each state when a day ended.")
class BacklogFlowDay:
    """One day of a cumulative flow diagram."""

    on: Date = attribute(description="The day, in UTC; of today it is what stands now.")
    proposed: int = attribute(description="How many were `PROPOSED`.")
    backlog: int = attribute(description="How many were `BACKLOG`.")
    ready: int = attribute(description="How many were `READY`.")
    in_progress: int = attribute(description="How many were `IN_PROGRESS`.")
    in_review: int = attribute(description="How many were `IN_REVIEW`.")
    launched: int = attribute(description="How many were `LAUNCHED`.")
    measured: int = attribute(description="How many were `MEASURED`.")
    dropped: int = attribute(description="How many were `DROPPED`.")
    declined: int = attribute(description="How many were `DECLINED`.")
    duplicate: int = attribute(description="How many were `DUPLICATE`.")


@entity(permission=READ, description="What a week brought.")
class BacklogFlowWeek:
    """Weeks begin on Monday."""

    starts_on: Date = attribute(description="Its Monday.")
    throughput: int = attribute(description="How many items were launched in it.")
    arrivals: int = attribute(description="How many proposals were accepted in it.")
    is_whole: bool = attribute(description="Whether all seven days of it lie in the range.")


@entity(permission=READ, description="For how long items were blocked.")
class BacklogBlockedTime:
    """Only time within the range counts, up to now."""

    items: int = attribute(description="How many items were blocked at some time.")
    days: float = attribute(description="For how many days, all items together.")


@entity(permission=READ, description="How work flowed through a backlog in a range of days.")
class BacklogFlow:
    """All from the log. Times are in days of 24 hours, weekends with them."""

    id: strawberry.ID = attribute(description=MADE_ID)
    cycle_time_p50: float | None = attribute(
        description="From the first pull to the launch, half of what was launched in no more."
    )
    cycle_time_p85: float | None = attribute(
        description="From the first pull to the launch, 85 of 100 in no more."
    )
    lead_time_p85: float | None = attribute(
        description="From the proposal to the launch, 85 of 100 in no more."
    )
    throughput: int = attribute(description="How many items were launched.")
    blocked: BacklogBlockedTime = attribute(description="For how long items were blocked.")
    weeks: list[BacklogFlowWeek] = attribute(
        description="What each week brought that has a day of the range, the oldest first."
    )
    days: list[BacklogFlowDay] = attribute(
        description="Where items stood, day by day until today: the cumulative flow."
    )


@entity(
    permission=READ,
    description=(
        "How old work under way is, beside what the team usually needs: the time from the first "
        "pull to the launch that 85 of 100 items of the last 12 weeks did not exceed."
    ),
)
class BacklogAgeWarning:
    """Times are in days of 24 hours, weekends with them."""

    id: strawberry.ID = attribute(description=MADE_ID)
    days: float = attribute(description="How long ago it was first pulled.")
    usual_days: float | None = attribute(
        description="What 85 of 100 items took; null with fewer than 10 launched items."
    )
    finished_items: int = attribute(description="From how many launched items that is known.")
    is_old: bool | None = attribute(
        description="Whether it is older than that; null if it is not known."
    )
    sentence: str = attribute(description="The same in one plain sentence.")


async def flow_of(backlog: int, given: DateRangeInput) -> BacklogFlow:
    """The figures of a backlog in a range of days; refuses more than 366."""
    first, last = read_range(given, MOST_DAYS)
    since, until = first * DAY, (last + 1) * DAY
    times = await flow_between(backlog, since, until)
    blocked = await blocked_between(backlog, since, until)
    days, weeks = await through_states(backlog, first, last)
    return BacklogFlow(
        id=made_id("backlog flow", backlog, first, last),
        cycle_time_p50=times.cycle_time_p50,
        cycle_time_p85=times.cycle_time_p85,
        lead_time_p85=times.lead_time_p85,
        throughput=times.throughput,
        blocked=BacklogBlockedTime(items=blocked.items, days=blocked.days),
        weeks=[_week(one) for one in weeks],
        days=[_day(one) for one in days],
    )


async def age_warnings(item_ids: Sequence[int]) -> list[BacklogAgeWarning | None]:
    """The age of each item under way; null for others."""
    ages = await ages_of(item_ids)
    return [
        None if age is None else _warning(key, age) for key, age in zip(item_ids, ages, strict=True)
    ]


def _warning(item_id: int, age: Age) -> BacklogAgeWarning:
    return BacklogAgeWarning(
        id=made_id("age", item_id),
        days=age.days,
        usual_days=age.usual.days,
        finished_items=age.usual.finished,
        is_old=age.is_old,
        sentence=age.sentence,
    )


def _week(week: Week) -> BacklogFlowWeek:
    return BacklogFlowWeek(
        starts_on=Date(week.first_day),
        throughput=week.launched,
        arrivals=week.accepted,
        is_whole=week.is_whole,
    )


def _day(day: Day) -> BacklogFlowDay:
    standing = {state.lower(): day.standing[state] for state in ItemState}
    return BacklogFlowDay(on=Date(day.day), **standing)
