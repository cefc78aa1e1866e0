"""Tables of spend."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import MomentField


class ChannelSpend(Model):
    """What a source of figures says was spent on a channel and campaign on a day (UTC, from 1970).

    ``campaign`` is its name in one case, empty for none. The latest word stands.
    """

    id = fields.BigIntField(primary_key=True)
    channel_id = fields.BigIntField()
    campaign = fields.TextField()
    day = fields.IntField()
    source = fields.CharField(max_length=100)
    amount_minor = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    actor_name = fields.TextField()
    recorded_at = MomentField()

    class Meta:
        table = "channel_spend"
        unique_together = (("channel_id", "day", "campaign", "source"),)
        indexes = (("day", "id"), ("campaign", "day"))


class ChannelSpendChange(Model):
    """A figure as it was recorded once: the history of ``channel_spend``."""

    id = fields.BigIntField(primary_key=True)
    spend_id = fields.BigIntField()
    amount_minor = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    actor_name = fields.TextField()
    recorded_at = MomentField()

    class Meta:
        table = "channel_spend_change"
        indexes = (("spend_id", "recorded_at", "id"),)


class Budget(Model):
    """What may be spent from one day to another, on a channel, a campaign, both or all there is."""

    id = fields.BigIntField(primary_key=True)
    channel_id = fields.BigIntField(null=True)
    campaign = fields.TextField()
    first_day = fields.IntField()
    last_day = fields.IntField()
    amount_minor = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    actor_name = fields.TextField()
    created_at = MomentField()

    class Meta:
        table = "budget"
        indexes = (("first_day", "id"),)
