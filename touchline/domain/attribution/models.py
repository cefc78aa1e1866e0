"""Tables of attribution."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import JsonField, MomentField


class AttributionSettings(Model):
    """A version of what is a touch, and which touches of a journey count. The newest holds."""

    id = fields.BigIntField(primary_key=True)
    version = fields.IntField(unique=True)
    look_back = fields.BigIntField(null=True)
    steps = fields.IntField(null=True)
    is_split = fields.BooleanField()
    transforms = JsonField()
    direct_channels = JsonField()
    ignored_channels = JsonField()
    ignored_events = JsonField()
    actor_name = fields.TextField()
    created_at = MomentField()

    class Meta:
        table = "attribution_settings"


class AttributionCredit(Model):
    """What a touch earned of a conversion by a model, ``place`` by place along the journey.

    ``weight_micro`` is in millionths and sums to one conversion. ``value_minor`` sums to what the
    conversion is worth less refunds, and is null where nothing says its worth.
    """

    id = fields.BigIntField(primary_key=True)
    conversion_id = fields.BigIntField()
    goal_id = fields.BigIntField()
    customer_id = fields.BigIntField()
    model = fields.CharField(max_length=20)
    place = fields.IntField()
    touchpoint_id = fields.BigIntField()
    channel_id = fields.BigIntField()
    asset_id = fields.BigIntField(null=True)
    campaign = fields.TextField()
    occurred_at = MomentField()
    day = fields.IntField()
    weight_micro = fields.BigIntField()
    value_minor = fields.BigIntField(null=True)
    currency = fields.CharField(max_length=3, null=True)
    computed_at = MomentField()

    class Meta:
        table = "attribution_credit"
        unique_together = (("customer_id", "conversion_id", "model", "place"),)
        indexes = (("conversion_id", "model", "place"), ("day",))


class AttributionDay(Model):
    """Credits of a day (UTC, counted from 1970) on which conversions occurred, summed.

    Asset 0 is none, as are an empty campaign and an empty currency.
    """

    id = fields.BigIntField(primary_key=True)
    day = fields.IntField()
    model = fields.CharField(max_length=20)
    goal_id = fields.BigIntField()
    channel_id = fields.BigIntField()
    asset_id = fields.BigIntField()
    campaign = fields.TextField()
    currency = fields.CharField(max_length=3)
    weight_micro = fields.BigIntField()
    value_minor = fields.BigIntField()
    computed_at = MomentField()

    class Meta:
        table = "attribution_day"
        indexes = (("model", "day"), ("day",))


class AttributionChangedDay(Model):
    """A day of which credits changed, and that is not summed anew yet."""

    id = fields.BigIntField(primary_key=True)
    day = fields.IntField()

    class Meta:
        table = "attribution_changed_day"


class AttributionFit(Model):
    """The chain of all journeys to a goal, as it was worked out last.

    ``basis`` is what it was worked out from, in short. ``effects`` are removal effects of channels.
    """

    id = fields.BigIntField(primary_key=True)
    goal_id = fields.BigIntField(unique=True)
    basis = fields.TextField()
    effects = JsonField()
    paths = fields.BigIntField()
    conversions = fields.BigIntField()
    computed_at = MomentField()

    class Meta:
        table = "attribution_fit"
