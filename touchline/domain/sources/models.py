"""Tables of sources and their write keys."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import DigestField, MomentField


class Source(Model):
    """Something that sends calls. The counters are kept by the commit that lands the calls."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=100, unique=True)
    kind = fields.CharField(max_length=20)
    created_at = MomentField()
    last_seen_at = MomentField(null=True)
    accepted_count = fields.BigIntField(default=0)
    rejected_count = fields.BigIntField(default=0)

    class Meta:
        table = "source"


class WriteKey(Model):
    """A key a source sends with. It stands in web pages, yet only its digest is kept."""

    id = fields.BigIntField(primary_key=True)
    source_id = fields.BigIntField()
    digest = DigestField(unique=True)
    prefix = fields.CharField(max_length=16)
    created_at = MomentField()
    revoked_at = MomentField(null=True)

    class Meta:
        table = "write_key"
        indexes = (("source_id", "id"),)
