"""Tables of the event log."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import DigestField, JsonField, MomentField, PresentIndex


class Touchpoint(Model):
    """One thing that happened, as it was told. Only ``customer_id`` ever changes (identity).

    ``origin_id`` says where it came from (channels), ``asset_id`` of which content it speaks
    (links).
    """

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    link_id = fields.BigIntField(null=True)
    source_id = fields.BigIntField(null=True)
    message_id = fields.TextField()
    type = fields.CharField(max_length=20)
    name = fields.TextField()
    summary = fields.TextField()
    occurred_at = MomentField()
    received_at = MomentField()
    clock = fields.CharField(max_length=10)
    properties = JsonField()
    context = JsonField()
    extra = JsonField(null=True)
    device = JsonField(null=True)
    actor_name = fields.TextField(null=True)
    origin_id = fields.BigIntField(null=True)
    asset_id = fields.BigIntField(null=True)

    class Meta:
        table = "touchpoint"
        indexes = (
            ("customer_id", "occurred_at", "id"),
            ("occurred_at", "id"),
            PresentIndex(fields=["asset_id", "occurred_at", "id"]),
        )


class Receipt(Model):
    """Proof that a message of a source was stored: a digest of both, kept for ever."""

    digest = DigestField(primary_key=True)

    class Meta:
        table = "receipt"
