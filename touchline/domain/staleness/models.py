"""Tables of what waits to be judged."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import JsonField, MomentField


class Stale(Model):
    """A transaction changed facts of a customer: one row for each customer and transaction."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    facts = JsonField()
    marked_at = MomentField()

    class Meta:
        table = "stale"


class Wake(Model):
    """The instant at which time alone may change what ``owner`` says of a customer."""

    id = fields.BigIntField(primary_key=True)
    owner = fields.CharField(max_length=60)
    customer_id = fields.BigIntField()
    wake_at = MomentField()

    class Meta:
        table = "wake"
        unique_together = (("owner", "customer_id"),)
        indexes = (("wake_at",),)


class SetAside(Model):
    """A customer whom no judge could judge: by which error, and when it was last tried."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField(unique=True)
    error = fields.CharField(max_length=500)
    failed_at = MomentField()

    class Meta:
        table = "set_aside"
