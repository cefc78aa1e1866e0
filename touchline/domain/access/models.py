"""The table of API keys."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import DigestField, JsonField, MomentField


class ApiKey(Model):
    """A key as it is kept: only a digest of the secret, and the beginning that is shown.

    ``member_id`` is the member in whose name it acts, if it is a member's.
    """

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=100)
    prefix = fields.CharField(max_length=16)
    digest = DigestField(unique=True)
    scopes = JsonField()
    trusted_only = fields.BooleanField(default=False, db_default=False)
    created_at = MomentField()
    last_used_at = MomentField(null=True)
    expires_at = MomentField(null=True)
    revoked_at = MomentField(null=True)
    member_id = fields.BigIntField(null=True)

    class Meta:
        table = "api_key"
