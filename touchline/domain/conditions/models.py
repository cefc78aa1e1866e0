"""Tables of conditions that are being held against all customers."""

from tortoise import fields
from tortoise.models import Model


class ConditionBuild(Model):
    """A condition that is held against everybody, some at a time, before anything follows from it.

    ``reached`` is the greatest customer id that was looked at. When it ``is_open`` no more, its
    findings count no more and are forgotten bit by bit.
    """

    id = fields.BigIntField(primary_key=True)
    condition = fields.TextField()
    with_evidence = fields.BooleanField()
    reached = fields.BigIntField(db_default=0)
    is_open = fields.BooleanField(db_default=True)

    class Meta:
        table = "condition_build"
        indexes = (("is_open",),)


class ConditionFound(Model):
    """A customer of whom the condition holds, and perhaps the touchpoint that tells."""

    id = fields.BigIntField(primary_key=True)
    build_id = fields.BigIntField()
    customer_id = fields.BigIntField()
    touchpoint_id = fields.BigIntField(null=True)

    class Meta:
        table = "condition_found"
        unique_together = (("build_id", "customer_id"),)
