"""Tables of the journey's stages."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import MomentField


class Stage(Model):
    """A stage of the journey. Customers of whom its condition holds are in it, or in a later.

    While it ``is_changing`` it is to be what is written of it next, and what ``is_leaving`` is to
    go, once all customers are placed. ``build_id`` finds of whom the next condition holds.
    """

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    name_key = fields.CharField(max_length=200, unique=True)
    description = fields.TextField(null=True)
    place = fields.IntField()
    condition = fields.TextField(null=True)
    condition_summary = fields.TextField(null=True)
    is_changing = fields.BooleanField(db_default=False)
    is_leaving = fields.BooleanField(db_default=False)
    next_place = fields.IntField(null=True)
    next_condition = fields.TextField(null=True)
    next_summary = fields.TextField(null=True)
    build_id = fields.BigIntField(null=True)
    task_id = fields.BigIntField(null=True)
    customer_count = fields.BigIntField(db_default=0)
    created_at = MomentField()

    class Meta:
        table = "stage"
        indexes = (("place", "id"),)


class StageWord(Model):
    """What a person said last of a customer's stage, kept with the customer it was said of.

    Without a stage the conditions decide again.
    """

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField(unique=True)
    stage_id = fields.BigIntField(null=True)
    reason = fields.TextField()
    actor_name = fields.TextField()
    said_at = MomentField()

    class Meta:
        table = "stage_word"
        indexes = (("stage_id",),)


class CustomerStage(Model):
    """The stage a customer is in."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField(unique=True)
    stage_id = fields.BigIntField()
    since = MomentField()
    actor_name = fields.TextField(null=True)
    reason = fields.TextField(null=True)

    class Meta:
        table = "customer_stage"
        indexes = (("stage_id", "customer_id"),)


class StageMeant(Model):
    """Where a customer is to be, while all are placed. Empty between two transactions."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField(unique=True)
    stage_id = fields.BigIntField()
    by_word = fields.BooleanField()

    class Meta:
        table = "stage_meant"


class StageChange(Model):
    """A customer went from one stage to another, by a condition or by a person's word."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    from_id = fields.BigIntField(null=True)
    to_id = fields.BigIntField(null=True)
    at = MomentField()
    actor_name = fields.TextField(null=True)
    reason = fields.TextField(null=True)

    class Meta:
        table = "stage_change"
        indexes = (("customer_id", "at", "id"), ("to_id",))
