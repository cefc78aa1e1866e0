"""Goals, and customers who reach them, for tests of conversions."""

from typing import Any

from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.operations import ask
from touchline.domain.kernel.clock import DAY, format_moment, now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

CREATE = """mutation ($input: ConversionGoalCreateInput!) { conversionGoalCreate(input: $input) {
  conversionGoal { id name version conversionCount totals { currency value { amount } } }
  recompute { status } userErrors { code field } } }"""
UPDATE = """mutation ($id: ID!, $input: ConversionGoalUpdateInput!) {
  conversionGoalUpdate(id: $id, input: $input) {
    conversionGoal { version event counting conversionCount value { fixed { amount currency } }
      versions { version } }
    userErrors { code field } } }"""
ARCHIVE = """mutation ($id: ID!) { conversionGoalArchive(id: $id) {
  conversionGoal { archivedAt } userErrors { code } } }"""
PREVIEW = """mutation ($input: ConversionGoalPreviewInput!) {
  conversionGoalPreview(input: $input) { lookedAt isWhole customers conversions withoutValue
    totals { currency conversions value { amount currency } refunded { amount } }
    userErrors { code field } } }"""
REFUND = """mutation ($input: ConversionRefundInput!) { conversionRefund(input: $input) {
  conversion { netValue { amount } refund { amount { amount currency } setBy actorName reason } }
  userErrors { code field message } } }"""
GOALS = """{ conversionGoals { name event counting conversionCount condition { summary }
  value { fixed { amount } property currencyProperty currency }
  refunds { events orderProperty valueProperty } countsToLifetimeValue
  totals { currency conversions value { amount } refunded { amount } netValue { amount } } } }"""
OF_CUSTOMER = """query ($id: ID!) { customer(id: $id) {
  conversions(first: 20) { nodes { id order goal { name } touchpoint { name }
    value { amount currency } netValue { amount } refund { amount { amount } setBy } } }
  lifetimeValue { currency conversions value { amount } refunded { amount }
    netValue { amount currency } } } }"""
ORDERS = {
    "name": "Orders",
    "event": "Order Completed",
    "value": {"property": {"name": "total", "currencyProperty": "currency", "currency": "EUR"}},
    "refunds": {
        "events": ["Order Refunded", "Order Cancelled"],
        "orderProperty": "order_id",
        "valueProperty": "amount",
    },
}
SIGN_UP = {
    "name": "Sign-ups",
    "event": "Signed Up",
    "counting": "ONCE",
    "value": {"fixed": {"amount": "10", "currency": "EUR"}},
    "countsToLifetimeValue": False,
}


async def goal(given: dict[str, Any]) -> str:
    made = (await ask(CREATE, input=given))["conversionGoalCreate"]
    assert made["userErrors"] == []
    return str(made["conversionGoal"]["id"])


async def does(
    db: Settings, who: str, event: str, number: int = 0, ago: int = 0, **properties: Any
) -> str:
    """``ago`` is in days; the id of the customer."""
    await arrive(
        db,
        {
            "type": "track",
            "userId": who,
            "event": event,
            "properties": properties,
            "messageId": f"{who}{event}{number}",
            "timestamp": format_moment(now() - ago * DAY),
        },
    )
    await judge_all()
    return global_id("Customer", await customer_of("user_id", who))


async def converted(customer: str) -> list[tuple[str, str | None, str | None]]:
    """Goal, value and net value of a customer's conversions, the latest first."""
    found = (await ask(OF_CUSTOMER, id=customer))["customer"]["conversions"]["nodes"]
    return [
        (
            one["goal"]["name"],
            one["value"] and f"{one['value']['amount']} {one['value']['currency']}",
            one["netValue"] and one["netValue"]["amount"],
        )
        for one in found
    ]


async def brought_in(customer: str) -> list[tuple[str, str]]:
    found = (await ask(OF_CUSTOMER, id=customer))["customer"]["lifetimeValue"]
    return [(one["netValue"]["currency"], one["netValue"]["amount"]) for one in found]


async def stored() -> list[tuple[Any, ...]]:
    rows = await fetch("SELECT * FROM conversion ORDER BY id")
    return [tuple(row) for row in rows]
