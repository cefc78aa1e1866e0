"""Tables of channels."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import DigestField, JsonField, MomentField


class Channel(Model):
    """A way by which people come. ``name_key`` is its name in one case."""

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    name_key = fields.CharField(max_length=200, unique=True)
    created_at = MomentField()

    class Meta:
        table = "channel"
        indexes = (("name", "id"),)


class ChannelFormerName(Model):
    """What a channel was called once: senders and rules that say so still mean it."""

    name_key = fields.CharField(max_length=200, primary_key=True)
    channel_id = fields.BigIntField()

    class Meta:
        table = "channel_former_name"


class ChannelRun(Model):
    """A version of the list of rules, and how it was brought into force for all of the past."""

    id = fields.BigIntField(primary_key=True)
    version = fields.IntField(unique=True)
    status = fields.CharField(max_length=12)
    rules = JsonField()
    changes = JsonField(null=True)
    origin_count = fields.BigIntField(default=0)
    touchpoint_count = fields.BigIntField(default=0)
    changed_count = fields.BigIntField(default=0)
    actor_name = fields.TextField()
    created_at = MomentField()
    finished_at = MomentField(null=True)

    class Meta:
        table = "channel_run"


class TouchpointOrigin(Model):
    """All that rules may look at of where touchpoints came from, once for all that are alike.

    It never changes but for ``channel_id``, which the rules in force say.
    """

    id = fields.BigIntField(primary_key=True)
    digest = DigestField(unique=True)
    type = fields.CharField(max_length=20)
    event = fields.TextField()
    channel_name = fields.TextField()
    source = fields.TextField()
    medium = fields.TextField()
    campaign = fields.TextField()
    click_id = fields.TextField()
    referrer = fields.TextField()
    channel_id = fields.BigIntField(null=True)

    class Meta:
        table = "touchpoint_origin"


class OriginDay(Model):
    """How many touchpoints of an origin there were on a day (UTC, counted from 1970)."""

    id = fields.BigIntField(primary_key=True)
    day = fields.IntField()
    origin_id = fields.BigIntField()
    touchpoints = fields.BigIntField()

    class Meta:
        table = "origin_day"
        unique_together = (("day", "origin_id"),)
        indexes = (("origin_id",),)


class ChannelDay(Model):
    """How many touchpoints came by a channel on a day. Channel 0 is none."""

    id = fields.BigIntField(primary_key=True)
    day = fields.IntField()
    channel_id = fields.BigIntField()
    touchpoints = fields.BigIntField()
    computed_at = MomentField()

    class Meta:
        table = "channel_day"
        unique_together = (("day", "channel_id"),)


class OriginDelta(Model):
    """Touchpoints that were appended, and that ``origin_day`` does not hold yet."""

    id = fields.BigIntField(primary_key=True)
    day = fields.IntField()
    origin_id = fields.BigIntField()
    touchpoints = fields.BigIntField()

    class Meta:
        table = "origin_delta"
