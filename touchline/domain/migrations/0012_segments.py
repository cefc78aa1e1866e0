from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0011_tag_rules_and_tasks")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Segment",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.TextField(unique=False)),
                ("name_key", fields.CharField(null=True, unique=True, max_length=200)),
                ("description", fields.TextField(null=True, unique=False)),
                ("is_static", fields.BooleanField(default=False)),
                ("condition", fields.TextField(unique=False)),
                ("condition_summary", fields.TextField(unique=False)),
                ("version", fields.IntField(default=1)),
                ("member_count", fields.BigIntField(default=0)),
                ("computed_at", MomentField()),
                ("created_at", MomentField()),
                ("archived_at", MomentField(null=True)),
            ],
            options={
                "table": "segment",
                "app": "touchline",
                "indexes": [Index(fields=["name", "id"])],
                "pk_attr": "id",
                "table_description": "A group by a condition (its canonical text), or a static one of those who met it once.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SegmentMember",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("segment_id", fields.BigIntField()),
                ("customer_id", fields.BigIntField()),
                ("entered_at", MomentField()),
            ],
            options={
                "table": "segment_member",
                "app": "touchline",
                "unique_together": (("segment_id", "customer_id"),),
                "indexes": [Index(fields=["customer_id"])],
                "pk_attr": "id",
                "table_description": "A customer is in a segment now.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SegmentOrigin",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("segment_id", fields.BigIntField()),
                ("customer_id", fields.BigIntField()),
            ],
            options={
                "table": "segment_origin",
                "app": "touchline",
                "unique_together": (("segment_id", "customer_id"),),
                "pk_attr": "id",
                "table_description": "A customer as a static segment took it in. It stays when the customer is merged.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SegmentStaged",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("segment_id", fields.BigIntField()),
                ("customer_id", fields.BigIntField()),
            ],
            options={
                "table": "segment_staged",
                "app": "touchline",
                "unique_together": (("segment_id", "customer_id"),),
                "pk_attr": "id",
                "table_description": "Who is to be in a segment, while it is rebuilt. Empty between two transactions.",
            },
            bases=["Model"],
        ),
    ]
