"""Tables of forecasts."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import JsonField, MomentField


class LifetimeForecast(Model):
    """A wish for a forecast in a currency, what the models were fitted on, and their parameters.

    The latest that is done ``is_current``. ``horizon`` is the time ahead in milliseconds.
    """

    id = fields.BigIntField(primary_key=True)
    task_id = fields.BigIntField(unique=True)
    currency = fields.CharField(max_length=3)
    horizon = fields.BigIntField()
    is_current = fields.BooleanField(default=False)
    parameters = JsonField(null=True)
    fitted_on = JsonField(null=True)
    held_out = JsonField(null=True)
    expected_minor = fields.BigIntField(null=True)
    actor_name = fields.TextField()
    created_at = MomentField()
    computed_at = MomentField(null=True)

    class Meta:
        table = "lifetime_forecast"
        indexes = (("created_at", "id"), ("currency", "created_at"))


class CustomerForecast(Model):
    """What a customer is expected to bring in, by the current forecast of a currency.

    Purchases and the probability are in millionths.
    """

    id = fields.BigIntField(primary_key=True)
    forecast_id = fields.BigIntField()
    customer_id = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    purchases_micro = fields.BigIntField()
    active_micro = fields.BigIntField()
    value_minor = fields.BigIntField()

    class Meta:
        table = "customer_forecast"
        unique_together = (("customer_id", "forecast_id"),)
        indexes = (("forecast_id", "id"),)
