"""Tables of segments and their members."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import MomentField


class Segment(Model):
    """A group by a condition (its canonical text), or a static one of those who met it once.

    ``version`` counts the definitions it has had. ``name_key`` is the name in one case. While
    ``building_version`` is worked out nobody comes or goes by it. A new segment builds the version
    it has.
    """

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    name_key = fields.CharField(max_length=200, null=True, unique=True)
    description = fields.TextField(null=True)
    is_static = fields.BooleanField(default=False)
    condition = fields.TextField()
    condition_summary = fields.TextField()
    version = fields.IntField(default=1)
    building_version = fields.IntField(null=True)
    building_condition = fields.TextField(null=True)
    building_summary = fields.TextField(null=True)
    build_id = fields.BigIntField(null=True)
    task_id = fields.BigIntField(null=True)
    member_count = fields.BigIntField(default=0)
    computed_at = MomentField()
    created_at = MomentField()
    archived_at = MomentField(null=True)

    class Meta:
        table = "segment"
        indexes = (("name", "id"),)


class SegmentMember(Model):
    """A customer is in a segment now."""

    id = fields.BigIntField(primary_key=True)
    segment_id = fields.BigIntField()
    customer_id = fields.BigIntField()
    entered_at = MomentField()

    class Meta:
        table = "segment_member"
        unique_together = (("segment_id", "customer_id"),)
        indexes = (("customer_id",),)


class SegmentStaged(Model):
    """Who is to be in a segment, while it is rebuilt. Empty between two transactions."""

    id = fields.BigIntField(primary_key=True)
    segment_id = fields.BigIntField()
    customer_id = fields.BigIntField()

    class Meta:
        table = "segment_staged"
        unique_together = (("segment_id", "customer_id"),)


class SegmentOrigin(Model):
    """A customer as a static segment took it in. It stays when the customer is merged."""

    id = fields.BigIntField(primary_key=True)
    segment_id = fields.BigIntField()
    customer_id = fields.BigIntField()

    class Meta:
        table = "segment_origin"
        unique_together = (("segment_id", "customer_id"),)
