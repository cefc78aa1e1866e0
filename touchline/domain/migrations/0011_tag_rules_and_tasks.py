from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0010_judgement_staleness")]

    initial = False

    operations = [
        ops.CreateModel(
            name="TagRule",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("tag_id", fields.BigIntField()),
                ("name", fields.TextField(unique=False)),
                ("status", fields.CharField(max_length=10)),
                ("version", fields.IntField()),
                ("effect", fields.CharField(max_length=20)),
                ("condition", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("published_version", fields.IntField(null=True)),
                ("published_effect", fields.CharField(null=True, max_length=20)),
                ("published_condition", JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("matched_count", fields.BigIntField(default=0)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("updated_at", MomentField()),
            ],
            options={
                "table": "tag_rule",
                "app": "touchline",
                "indexes": [Index(fields=["tag_id"]), Index(fields=["name", "id"])],
                "pk_attr": "id",
                "table_description": "When customers get a tag by themselves: as it is written now, and the version in force.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TagRuleVersion",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("rule_id", fields.BigIntField()),
                ("version", fields.IntField()),
                ("effect", fields.CharField(max_length=20)),
                ("condition", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("published_at", MomentField(null=True)),
            ],
            options={
                "table": "tag_rule_version",
                "app": "touchline",
                "unique_together": (("rule_id", "version"),),
                "pk_attr": "id",
                "table_description": "A rule as it was written once, by whom, and when it came into force if it did.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("kind", fields.CharField(max_length=60)),
                ("status", fields.CharField(max_length=10)),
                ("done", fields.BigIntField(default=0)),
                ("total", fields.BigIntField(default=0)),
                ("state", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("actor_name", fields.TextField(unique=False)),
                ("error", fields.TextField(null=True, unique=False)),
                ("created_at", MomentField()),
                ("finished_at", MomentField(null=True)),
            ],
            options={
                "table": "task",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "Work of many steps. ``state`` is what the next step needs to go on after a crash.",
            },
            bases=["Model"],
        ),
    ]
