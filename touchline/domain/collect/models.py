"""Tables of what came in: landings on their way to the timeline, and what could not go there."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import JsonField, MomentField


class Landing(Model):
    """One acknowledged request. It stands here until its events are on the timeline."""

    id = fields.BigIntField(primary_key=True)
    source_id = fields.BigIntField()
    received_at = MomentField()
    event_count = fields.IntField()
    body = fields.BinaryField()

    class Meta:
        table = "landing"


class RejectedEvent(Model):
    """The quarantine: an event that was not accepted, as it came, and why.

    ``path`` is a JSON Pointer into the raw bytes. ``request`` holds what the request said around
    the event, which a replay needs; ``replayed_at`` says that a replay was accepted.
    """

    id = fields.BigIntField(primary_key=True)
    source_id = fields.BigIntField()
    received_at = MomentField()
    code = fields.CharField(max_length=40)
    path = fields.TextField()
    message = fields.TextField()
    raw_bytes = fields.BinaryField(source_field="raw")
    request = JsonField(null=True)
    replayed_at = MomentField(null=True)

    class Meta:
        table = "rejected_event"
        indexes = (("received_at", "id"), ("source_id", "received_at", "id"))


class IngestionWarning(Model):
    """Something odd about an event that was accepted nevertheless."""

    id = fields.BigIntField(primary_key=True)
    source_id = fields.BigIntField()
    touchpoint_id = fields.BigIntField(null=True)
    code = fields.CharField(max_length=60)
    message = fields.TextField()
    occurred_at = MomentField()

    class Meta:
        table = "ingestion_warning"
        indexes = (("occurred_at", "id"), ("source_id", "occurred_at", "id"))
