"""Tables of the weekly update."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import MomentField


class DigestTarget(Model):
    """Where the update is sent: an incoming webhook, or a mailbox.

    ``shown`` is what callers see of the address, for that of a webhook is a secret.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=10)
    address = fields.TextField()
    shown = fields.TextField()
    address_key = fields.CharField(max_length=64, null=True, unique=True)
    actor_name = fields.TextField()
    created_at = MomentField()
    removed_at = MomentField(null=True)

    class Meta:
        table = "digest_target"


class DigestEdition(Model):
    """The update of a week, as it was written when it was due. ``due_at`` is its end."""

    id = fields.BigIntField(primary_key=True)
    due_at = MomentField(unique=True)
    title = fields.TextField()
    markdown = fields.TextField()
    created_at = MomentField()

    class Meta:
        table = "digest_edition"


class DigestDelivery(Model):
    """An edition on its way to a target: one row for both, whoever asks.

    Who sends it holds it until ``held_until``, so that no two send at once.
    """

    id = fields.BigIntField(primary_key=True)
    edition_id = fields.BigIntField()
    target_id = fields.BigIntField()
    state = fields.CharField(max_length=10)
    attempts = fields.IntField(default=0)
    error = fields.TextField(null=True)
    held_until = MomentField(null=True)
    sent_at = MomentField(null=True)
    created_at = MomentField()

    class Meta:
        table = "digest_delivery"
        unique_together = (("edition_id", "target_id"),)
