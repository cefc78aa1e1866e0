"""The groups of customers for which Fernwell works: segments that hold who they say at any time."""

from typing import Final

from touchline.domain.conditions.tree import (
    AccountTrait,
    All,
    Any,
    Comparison,
    Condition,
    Did,
    Not,
    Operator,
    Trait,
)
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.names import name_key
from touchline.domain.segments.definitions import all_definitions
from touchline.domain.segments.service import SegmentText, create_segment

_FACILITY_JOBS: Final = ("Facilit", "Office Manager", "obiektu", "设施经理", "行政经理")
_LABS: Final = ("Life sciences", "Healthcare")

GROUPS: Final[tuple[tuple[str, str, Condition], ...]] = (
    (
        "Facility teams",
        "Who looks after a building, as sales knows them.",
        Any(tuple(Trait("title", Comparison(Operator.CONTAINS, job)) for job in _FACILITY_JOBS)),
    ),
    (
        "Laboratories and clinics",
        "People at companies that must show what they measure.",
        AccountTrait("industry", Comparison(Operator.ONE_OF, values=_LABS)),
    ),
    (
        "WeChat followers",
        "Who follows the official account, or did.",
        Did("WeChat Followed"),
    ),
    (
        "Webinar guests without an order",
        "They came for an hour and have not bought.",
        All((Did("Webinar Attended"), Not(Did("Order Completed")))),
    ),
    ("Buyers", "Who has ordered in the shop.", Did("Order Completed")),
)


async def form_groups() -> None:
    """Write the segments that are not there yet."""
    known = {name_key(one.name) for one in await all_definitions()}
    for name, about, condition in GROUPS:
        if name_key(name) not in known:
            await create_segment(SYSTEM, SegmentText(name, about), condition)
