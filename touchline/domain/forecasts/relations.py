"""What others may read of forecasts."""

from touchline.domain.kernel.relations import (
    document,
    flag,
    key,
    moment,
    money_columns,
    number,
    relation,
    text,
)

LIFETIME_FORECAST = relation(
    "lifetime_forecast",
    key(),
    key("task_id"),
    text("currency"),
    number("horizon"),
    flag("is_current"),
    document("parameters", nullable=True),
    document("fitted_on", nullable=True),
    document("held_out", nullable=True),
    *money_columns("expected", minor="expected_minor", currency="currency", nullable=True),
    text("actor_name"),
    moment("created_at"),
    moment("computed_at", nullable=True),
)

CUSTOMER_FORECAST = relation(
    "customer_forecast",
    key(),
    key("forecast_id"),
    key("customer_id"),
    text("currency"),
    number("purchases_micro"),
    number("active_micro"),
    *money_columns("value", minor="value_minor", currency="currency"),
    moment(
        "computed_at",
        nullable=True,
        sql="SELECT f.computed_at FROM lifetime_forecast f WHERE f.id = {t}.forecast_id",
    ),
)
