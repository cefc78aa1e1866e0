"""The table of members."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import MomentField


class Member(Model):
    """A colleague. Nobody is deleted, for history names them. ``email_key`` is the address in one
    case."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=100)
    email = fields.CharField(max_length=254)
    email_key = fields.CharField(max_length=254, unique=True)
    role = fields.CharField(max_length=20)
    actor_name = fields.TextField()
    created_at = MomentField()
    left_at = MomentField(null=True)

    class Meta:
        table = "team_member"
        indexes = (("name", "id"),)
