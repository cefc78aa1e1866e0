"""Tables of exchange rates."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import MomentField


class ValueExchangeRate(Model):
    """So many of an action are worth one of the reference action, on days (UTC, from 1970).

    ``channel_id`` 0 stands for every channel without a rate of its own. ``last_day`` is where it
    ends by ``valid_to`` or by the rate after it. A rate that was taken back stays on record.
    """

    id = fields.BigIntField(primary_key=True)
    action = fields.TextField()
    channel_id = fields.BigIntField(default=0)
    units = fields.TextField()
    units_micro = fields.BigIntField()
    valid_from = fields.IntField()
    valid_to = fields.IntField(null=True)
    last_day = fields.IntField()
    reference = fields.TextField()
    actor_name = fields.TextField()
    set_at = MomentField()
    withdrawn_by = fields.TextField(null=True)
    withdrawn_at = MomentField(null=True)

    class Meta:
        table = "value_exchange_rate"
        indexes = (("action", "channel_id", "valid_from"), ("action", "valid_from", "id"))
