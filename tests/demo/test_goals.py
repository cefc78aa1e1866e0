"""The goals of the demo, beside those that the guide tells of."""

from datetime import date

from tests.support.conversions import converted, does
from tests.support.documents import code_blocks
from tests.support.operations import ask
from touchline.demo.goals import set_goals
from touchline.demo.world import SEED, calls
from touchline.settings import Settings


async def test_the_guide_can_be_followed_in_the_demo_and_refunds_match_in_both(
    db: Settings,
) -> None:
    await set_goals()
    guide = next(one for one in code_blocks("graphql") if "conversions.md" in str(one.place))
    made = (await ask(guide.text))["conversionGoalCreate"]
    assert made["userErrors"] == []
    await does(db, "ada", "Order Completed", ago=2, total=40, currency="EUR", order_id="FW-1")
    ada = await does(db, "ada", "Order Refunded", total=15, currency="EUR", order_id="FW-1")
    assert sorted(await converted(ada)) == [
        ("Orders", "40.00 EUR", "25.00"),
        ("Paid orders", "40.00 EUR", "25.00"),
    ]


def test_what_comes_back_names_its_order() -> None:
    told: dict[str, set[str]] = {"Order Completed": set(), "Order Refunded": set()}
    for call in calls(SEED, 150, date(2026, 11, 1)):
        name = str(call.body.get("event"))
        properties = call.body.get("properties")
        if name in told and isinstance(properties, dict) and "order_id" in properties:
            told[name].add(str(properties["order_id"]))
    assert set() < told["Order Refunded"] < told["Order Completed"]
