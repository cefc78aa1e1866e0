"""The table of trusted documents."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import MomentField


class TrustedDocument(Model):
    """A GraphQL document, known by the id that its client made and by the hash of its text."""

    id = fields.BigIntField(primary_key=True)
    document_id = fields.CharField(max_length=200, unique=True)
    sha256 = fields.CharField(max_length=64)
    name = fields.CharField(max_length=200, null=True)
    kind = fields.CharField(max_length=20)
    body = fields.TextField()
    registered_at = MomentField()

    class Meta:
        table = "trusted_document"
        indexes = (("sha256",),)
