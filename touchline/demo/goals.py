"""What Fernwell counts as a success: its goals, and what its actions are worth in others."""

from typing import Final

from touchline.domain.conditions.tree import Comparison, Operator, Where
from touchline.domain.conversions.definition import (
    Counting,
    Definition,
    FixedValue,
    PropertyValue,
    Refunds,
)
from touchline.domain.conversions.describing import GoalText
from touchline.domain.conversions.queries import all_goals
from touchline.domain.conversions.service import create_goal
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.names import name_key
from touchline.domain.rates.queries import reference
from touchline.domain.rates.service import NewRate, set_rates

ORDERS: Final = GoalText(
    "Orders",
    Definition(
        "Order Completed",
        value=PropertyValue("total", "currency", "EUR"),
        refunds=Refunds(("Order Refunded",), "order_id", "total"),
    ),
    "What was paid in the shop, less what came back.",
)
DEALS: Final = GoalText(
    "Deals won",
    Definition(
        "Deal Stage Changed",
        where=(Where("stage", Comparison(Operator.EQUALS, "won")),),
        value=PropertyValue("amount", "currency", "EUR"),
    ),
    "What sales closed.",
)
REGISTRATIONS: Final = GoalText(
    "Webinar registrations",
    Definition(
        "Webinar Registered",
        counting=Counting.ONCE,
        value=FixedValue(2_500, "EUR"),
        in_lifetime=False,
    ),
    "The first one of each person, at what it has been worth on average.",
)
REFERENCE: Final = "Webinar Registered"
_WORTH: Final = (("WeChat Followed", "10"), ("Form Submitted", "2"), ("Webinar Attended", "0.5"))


async def set_goals() -> int:
    """Write the goals and rates that are not there yet; returns how many goals there are new."""
    known = {name_key(goal.name) for goal in await all_goals()}
    new = [goal for goal in (ORDERS, DEALS, REGISTRATIONS) if name_key(goal.name) not in known]
    for goal in new:
        await create_goal(SYSTEM, goal)
    if await reference() is None:
        rates = [NewRate(action, units, first=0) for action, units in _WORTH]
        await set_rates(SYSTEM, rates, reference_action=REFERENCE)
    return len(new)
