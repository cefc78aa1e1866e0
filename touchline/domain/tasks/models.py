"""Table of long work."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import JsonField, MomentField


class Task(Model):
    """Work of many steps. ``state`` is what the next step needs to go on after a crash."""

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=60)
    status = fields.CharField(max_length=10)
    done = fields.BigIntField(default=0)
    total = fields.BigIntField(default=0)
    state = JsonField()
    actor_name = fields.TextField()
    error = fields.TextField(null=True)
    created_at = MomentField()
    finished_at = MomentField(null=True)

    class Meta:
        table = "task"
