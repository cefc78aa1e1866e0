"""A forecast, and what it expects of a customer."""

import strawberry

from touchline.domain.forecasts.relations import CUSTOMER_FORECAST, LIFETIME_FORECAST
from touchline.domain.kernel.db import Row
from touchline.graphql.base.fields import (
    column,
    document,
    expression,
    global_id,
    key,
    related,
)
from touchline.graphql.base.money import Money, money
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime, Duration
from touchline.graphql.base.types import entity
from touchline.graphql.tasks.types import Task

_ID = "The global id; to be kept and compared, not taken apart."
_MICRO = 1_000_000


def _purchases(row: Row) -> float:
    return float(row["purchases_micro"] / _MICRO)


def _active(row: Row) -> float:
    return float(row["active_micro"] / _MICRO)


@entity(permission=READ, description="The parameters that are likeliest for what happened.")
class LifetimeForecastParameters:
    """Of the BG/NBD model `r`, `alpha`, `a`, `b` (weeks); of Gamma-Gamma `p`, `q`, `gamma`."""

    id: strawberry.ID = global_id(description=_ID)
    r: float = key(description="How alike customers are in how often they buy.")
    alpha: float = key(description="The same, in weeks: they buy `r / alpha` times a week.")
    a: float = key(description="How likely they leave after a purchase, beside `b`.")
    b: float = key(description="How likely they stay after a purchase, beside `a`.")
    p: float = key(description="How alike the purchases of one customer are.")
    q: float = key(description="How alike customers are in what they spend.")
    gamma: float = key(description="The scale of what they spend, in minor units.")


@entity(permission=READ, description="What a forecast was fitted on.")
class LifetimeForecastSample:
    """Purchases of one day are one."""

    id: strawberry.ID = global_id(description=_ID)
    customers: int = key(description="How many customers had bought.")
    repeat_buyers: int = key("repeatBuyers", description="How many of them bought again.")
    purchases: int = key(description="How often they bought in all.")
    since: DateTime = key(description="The day of the first purchase of all.")


@entity(permission=READ, description="How well the models tell what they were not fitted on.")
class LifetimeForecastTrial:
    """They were fitted on the first half of the past, and asked of the second."""

    id: strawberry.ID = global_id(description=_ID)
    since: DateTime = key(description="Where the second half begins.")
    customers: int = key(description="How many customers had bought before.")
    expected: float = key(description="How many purchases of theirs were expected after it.")
    actual: int = key(description="How many there were.")


@entity(
    LIFETIME_FORECAST,
    permission=READ,
    description="A forecast of what customers will bring in, in one currency.",
)
class LifetimeForecast(Node):
    """Found again by `node(id:)` while its task goes on."""

    currency: str = column(description="The code of the currency.")
    horizon: Duration = column(description="For how long.")
    is_current: bool = column(description="Whether it is the latest of its currency.")
    task: Task = related({"task_id": "id"}, description="The work, and why it failed if it did.")
    parameters: LifetimeForecastParameters | None = document(
        "parameters", description="Those of both models; null until it is done."
    )
    fitted_on: LifetimeForecastSample | None = document(
        "fitted_on", description="What it was fitted on; null until it is done."
    )
    trial: LifetimeForecastTrial | None = document(
        "held_out", description="How a half of the past was told; null where it is too thin."
    )
    expected_value: Money | None = money(
        "expected", nullable=True, description="What all customers together are expected to spend."
    )
    actor_name: str = column(description="Who wished for it.")
    created_at: DateTime = column(description="When it was wished for.")
    computed_at: DateTime | None = column(description="For which instant it holds.")


@entity(CUSTOMER_FORECAST, permission=READ, description="What a customer is expected to bring in.")
class CustomerForecast:
    """By the current forecast of a currency, as of `computedAt`. Nothing is discounted."""

    id: strawberry.ID = global_id(description=_ID)
    expected_value: Money = money("value", description="How much within the horizon.")
    expected_purchases: float = expression(
        _purchases,
        needs=("purchases_micro",),
        description="On how many days the customer is expected to buy.",
    )
    active_probability: float = expression(
        _active,
        needs=("active_micro",),
        description="How probable it is that the customer still buys at all, from 0 to 1.",
    )
    forecast: LifetimeForecast = related({"forecast_id": "id"}, description="The forecast.")
    computed_at: DateTime | None = column(description="For which instant it holds.")
