"""Tables of cycles."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import MomentField


class Cycle(Model):
    """A stretch of work towards a goal. ``committed_points`` is what was planned at its beginning.

    Days are counted from 1970. It is open until it is closed.
    """

    id = fields.BigIntField(primary_key=True)
    backlog_id = fields.BigIntField()
    goal = fields.TextField()
    first_day = fields.IntField()
    last_day = fields.IntField()
    capacity = fields.IntField()
    committed_points = fields.IntField()
    showcase_notes = fields.TextField(null=True)
    actor_name = fields.TextField()
    created_at = MomentField()
    closed_at = MomentField(null=True)

    class Meta:
        table = "backlog_cycle"
        indexes = (("backlog_id", "first_day", "id"),)


class CycleItem(Model):
    """An item of a cycle. ``is_carried``: an earlier one had left it over.

    ``joined_at`` is the pull by which it came to a cycle for which it was not planned.
    """

    id = fields.BigIntField(primary_key=True)
    cycle_id = fields.BigIntField()
    item_id = fields.BigIntField()
    is_carried = fields.BooleanField(default=False)
    joined_at = MomentField(null=True)

    class Meta:
        table = "backlog_cycle_item"
        unique_together = (("cycle_id", "item_id"),)
        indexes = (("item_id", "id"),)


class HuddleNote(Model):
    """What a member said on a day of a cycle: what moved, and what blocks."""

    id = fields.BigIntField(primary_key=True)
    cycle_id = fields.BigIntField()
    day = fields.IntField()
    member_id = fields.BigIntField()
    text = fields.TextField()
    blocked = fields.TextField(null=True)
    written_at = MomentField()

    class Meta:
        table = "backlog_huddle_note"
        unique_together = (("cycle_id", "day", "member_id"),)


class CycleImprovement(Model):
    """What the team does better from a cycle on."""

    id = fields.BigIntField(primary_key=True)
    cycle_id = fields.BigIntField()
    action = fields.TextField()
    done_at = MomentField(null=True)

    class Meta:
        table = "backlog_improvement"
        indexes = (("cycle_id", "id"),)
