"""Tables of performance. Days are in UTC, counted from 1970."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import MomentField


class AssetDelta(Model):
    """Touchpoints that were appended, and that ``asset_origin_day`` does not hold yet.

    Zeros all through say that the figures of the day are to be summed anew.
    """

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    day = fields.IntField()
    origin_id = fields.BigIntField()
    link_id = fields.BigIntField()
    reads = fields.BigIntField()
    views = fields.BigIntField()
    clicks = fields.BigIntField()
    shares = fields.BigIntField()

    class Meta:
        table = "asset_delta"


class AssetOriginDay(Model):
    """What happened with an asset on a day, by origin and, of clicks, by tracked link.

    Asset 0 is none (clicks on links without an asset), link 0 none.
    """

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    day = fields.IntField()
    origin_id = fields.BigIntField()
    link_id = fields.BigIntField()
    reads = fields.BigIntField()
    views = fields.BigIntField()
    clicks = fields.BigIntField()
    shares = fields.BigIntField()

    class Meta:
        table = "asset_origin_day"
        unique_together = (("asset_id", "day", "origin_id", "link_id"),)
        indexes = (("link_id", "day"),)


class AssetReader(Model):
    """A customer read an asset on a day."""

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    day = fields.IntField()
    customer_id = fields.BigIntField()

    class Meta:
        table = "asset_reader"
        unique_together = (("asset_id", "day", "customer_id"),)
        indexes = (("customer_id",),)


class AssetConversion(Model):
    """A conversion in which an asset took part, on the day of the conversion.

    The asset that the customer met last converted, the others assisted. ``origin_id`` is that of
    the meeting, ``value_minor`` what the conversion is worth, refunds taken off.
    """

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    day = fields.IntField()
    customer_id = fields.BigIntField()
    conversion_id = fields.BigIntField()
    origin_id = fields.BigIntField()
    is_assist = fields.BooleanField()
    value_minor = fields.BigIntField(null=True)
    currency = fields.CharField(max_length=3, null=True)

    class Meta:
        table = "asset_conversion"
        unique_together = (("conversion_id", "asset_id"),)
        indexes = (("customer_id",), ("asset_id", "day"))


class AssetDay(Model):
    """The figures of an asset on a day."""

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    day = fields.IntField()
    reads = fields.BigIntField()
    readers = fields.BigIntField()
    views = fields.BigIntField()
    clicks = fields.BigIntField()
    shares = fields.BigIntField()
    conversions = fields.BigIntField()
    assisted = fields.BigIntField()
    computed_at = MomentField()

    class Meta:
        table = "asset_day"
        unique_together = (("asset_id", "day"),)


class AssetChannelDay(Model):
    """The figures of an asset on a day by a channel. Channel 0 is none."""

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    day = fields.IntField()
    channel_id = fields.BigIntField()
    reads = fields.BigIntField()
    views = fields.BigIntField()
    clicks = fields.BigIntField()
    shares = fields.BigIntField()
    conversions = fields.BigIntField()
    assisted = fields.BigIntField()
    computed_at = MomentField()

    class Meta:
        table = "asset_channel_day"
        unique_together = (("asset_id", "day", "channel_id"),)


class AssetValueDay(Model):
    """What the conversions of an asset on a day are worth, by channel and currency."""

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    day = fields.IntField()
    channel_id = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    value_minor = fields.BigIntField()

    class Meta:
        table = "asset_value_day"
        unique_together = (("asset_id", "day", "channel_id", "currency"),)
