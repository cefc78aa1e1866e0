"""Tables of the machinery: work to be done, and news to be told."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import DigestField, JsonField, MomentField


class Job(Model):
    """Work that is waiting or under way. A row goes when its work is done.

    ``pending_key`` is set only while the job waits, so that work of the same key is queued once
    and yet anew when it comes up while the job runs.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=60)
    payload = JsonField()
    key = fields.CharField(max_length=255, null=True)
    pending_key = fields.CharField(max_length=255, null=True, unique=True)
    run_at = MomentField()
    created_at = MomentField()
    attempts = fields.IntField(default=0)
    lease_token = fields.CharField(max_length=40, null=True)
    lease_until = MomentField(null=True)
    error = fields.TextField(null=True)

    class Meta:
        table = "job"
        indexes = (("run_at", "id"), ("lease_until",))


class DeadJob(Model):
    """Work that failed too often. It waits for a person to retry or discard it."""

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=60)
    payload = JsonField()
    key = fields.CharField(max_length=255, null=True)
    attempts = fields.IntField()
    error = fields.TextField()
    created_at = MomentField()
    died_at = MomentField()

    class Meta:
        table = "dead_job"


class OutboxEvent(Model):
    """News written in the transaction that made it true, waiting for the relay."""

    id = fields.BigIntField(primary_key=True)
    topic = fields.CharField(max_length=60)
    payload = JsonField()
    created_at = MomentField()

    class Meta:
        table = "outbox"


class IdempotencyKey(Model):
    """A key that a caller gave to a change, and what was answered when it was made."""

    id = fields.BigIntField(primary_key=True)
    key = DigestField(unique=True)
    request = DigestField()
    answer = JsonField(null=True)
    created_at = MomentField()

    class Meta:
        table = "idempotency_key"
        indexes = (("created_at",),)
