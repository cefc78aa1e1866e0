"""Tables of goals and conversions."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import JsonField, MomentField


class ConversionGoal(Model):
    """A goal as it is in force. ``definition`` is its canonical text, the columns show it.

    While ``building_version`` is applied to the past, what stands is of the version before it, and
    customers up to ``reached`` were looked at. An archived goal counts what occurred before.
    """

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    name_key = fields.CharField(max_length=200, null=True, unique=True)
    description = fields.TextField(null=True)
    version = fields.IntField(default=1)
    definition = fields.TextField()
    condition = fields.TextField()
    condition_summary = fields.TextField()
    event = fields.TextField()
    counting = fields.CharField(max_length=10)
    fixed_minor = fields.BigIntField(null=True)
    value_property = fields.TextField(null=True)
    currency_property = fields.TextField(null=True)
    currency = fields.CharField(max_length=3, null=True)
    refund_events = JsonField()
    refund_order_property = fields.TextField(null=True)
    refund_value_property = fields.TextField(null=True)
    in_lifetime = fields.BooleanField(default=True)
    is_applied = fields.BooleanField(default=False)
    building_version = fields.IntField(null=True)
    building_definition = fields.TextField(null=True)
    reached = fields.BigIntField(default=0)
    task_id = fields.BigIntField(null=True)
    actor_name = fields.TextField()
    created_at = MomentField()
    updated_at = MomentField()
    archived_at = MomentField(null=True)

    class Meta:
        table = "conversion_goal"
        indexes = (("name", "id"),)


class ConversionGoalVersion(Model):
    """What a goal said in one of its versions, and since when that was in force."""

    id = fields.BigIntField(primary_key=True)
    goal_id = fields.BigIntField()
    version = fields.IntField()
    definition = fields.TextField()
    summary = fields.TextField()
    actor_name = fields.TextField()
    created_at = MomentField()
    applied_at = MomentField(null=True)

    class Meta:
        table = "conversion_goal_version"
        unique_together = (("goal_id", "version"),)


class Conversion(Model):
    """A touchpoint by which a customer reached a goal, as the log says.

    Amounts are minor units of ``currency``. Both are null where nothing says what it is worth.
    """

    id = fields.BigIntField(primary_key=True)
    goal_id = fields.BigIntField()
    customer_id = fields.BigIntField()
    touchpoint_id = fields.BigIntField()
    occurred_at = MomentField()
    value_minor = fields.BigIntField(null=True)
    currency = fields.CharField(max_length=3, null=True)
    refunded_minor = fields.BigIntField(default=0)
    order_key = fields.TextField(null=True)
    in_lifetime = fields.BooleanField(default=True)
    refund_touchpoint_id = fields.BigIntField(null=True)
    refund_actor_name = fields.TextField(null=True)
    refund_reason = fields.TextField(null=True)
    computed_at = MomentField()

    class Meta:
        table = "conversion"
        unique_together = (("customer_id", "goal_id", "touchpoint_id"),)
        indexes = (
            ("customer_id", "occurred_at", "id"),
            ("goal_id", "occurred_at", "id"),
            ("occurred_at", "id"),
            ("touchpoint_id",),
        )


class ConversionStaged(Model):
    """A conversion by a version of a goal that is not in force yet."""

    id = fields.BigIntField(primary_key=True)
    goal_id = fields.BigIntField()
    customer_id = fields.BigIntField()
    touchpoint_id = fields.BigIntField()
    occurred_at = MomentField()
    value_minor = fields.BigIntField(null=True)
    currency = fields.CharField(max_length=3, null=True)
    refunded_minor = fields.BigIntField(default=0)
    order_key = fields.TextField(null=True)
    in_lifetime = fields.BooleanField(default=True)
    refund_touchpoint_id = fields.BigIntField(null=True)
    refund_actor_name = fields.TextField(null=True)
    refund_reason = fields.TextField(null=True)

    class Meta:
        table = "conversion_staged"
        unique_together = (("goal_id", "customer_id", "touchpoint_id"),)


class ConversionTotal(Model):
    """The conversions of a goal in a currency (empty for those without value), summed up."""

    id = fields.BigIntField(primary_key=True)
    goal_id = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    conversions = fields.BigIntField(default=0)
    value_minor = fields.BigIntField(default=0)
    refunded_minor = fields.BigIntField(default=0)

    class Meta:
        table = "conversion_total"
        unique_together = (("goal_id", "currency"),)


class RefundWord(Model):
    """What a person said is refunded of a conversion (minor units). The last said counts."""

    id = fields.BigIntField(primary_key=True)
    goal_id = fields.BigIntField()
    customer_id = fields.BigIntField()
    touchpoint_id = fields.BigIntField()
    amount_minor = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    reason = fields.TextField()
    actor_name = fields.TextField()
    said_at = MomentField()

    class Meta:
        table = "refund_word"
        indexes = (("touchpoint_id", "goal_id"), ("customer_id",))


class CustomerValue(Model):
    """What a customer has brought in by goals that count for it, in one currency."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    conversions = fields.BigIntField()
    value_minor = fields.BigIntField()
    refunded_minor = fields.BigIntField()
    first_at = MomentField()
    last_at = MomentField()

    class Meta:
        table = "customer_value"
        unique_together = (("customer_id", "currency"),)
        indexes = (("currency", "customer_id"),)
