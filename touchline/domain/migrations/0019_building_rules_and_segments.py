from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0018_content")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ConditionBuild",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("condition", fields.TextField(unique=False)),
                ("with_evidence", fields.BooleanField()),
                ("reached", fields.BigIntField(db_default=0)),
                ("is_open", fields.BooleanField(db_default=True)),
            ],
            options={
                "table": "condition_build",
                "app": "touchline",
                "indexes": [Index(fields=["is_open"])],
                "pk_attr": "id",
                "table_description": "A condition that is held against everybody, some at a time, before anything follows from it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ConditionFound",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("build_id", fields.BigIntField()),
                ("customer_id", fields.BigIntField()),
                ("touchpoint_id", fields.BigIntField(null=True)),
            ],
            options={
                "table": "condition_found",
                "app": "touchline",
                "unique_together": (("build_id", "customer_id"),),
                "pk_attr": "id",
                "table_description": "A customer of whom the condition holds, and perhaps the touchpoint that tells.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TagWeighed",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("tag_id", fields.BigIntField()),
                ("state", fields.CharField(max_length=10)),
                ("is_on", fields.BooleanField()),
                ("set_at", MomentField()),
                ("expires_at", MomentField(null=True)),
                ("rule_id", fields.BigIntField(null=True)),
                ("rule_version", fields.IntField(null=True)),
                ("actor_name", fields.TextField(null=True, unique=False)),
                ("touchpoint_id", fields.BigIntField(null=True)),
            ],
            options={
                "table": "tag_weighed",
                "app": "touchline",
                "unique_together": (("tag_id", "customer_id"),),
                "pk_attr": "id",
                "table_description": "How a tag is to stand with customers, while all of them are weighed anew.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Segment",
            name="build_id",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="Segment",
            name="building_condition",
            field=fields.TextField(null=True, unique=False),
        ),
        ops.AddField(
            model_name="Segment",
            name="building_summary",
            field=fields.TextField(null=True, unique=False),
        ),
        ops.AddField(
            model_name="Segment",
            name="building_version",
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name="Segment",
            name="task_id",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="TagRule",
            name="build_id",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="TagRule",
            name="building_version",
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name="TagRule",
            name="task_id",
            field=fields.BigIntField(null=True),
        ),
    ]
