from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0027_spend_and_campaigns")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Conversion",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("goal_id", fields.BigIntField()),
                ("customer_id", fields.BigIntField()),
                ("touchpoint_id", fields.BigIntField()),
                ("occurred_at", MomentField()),
                ("value_minor", fields.BigIntField(null=True)),
                ("currency", fields.CharField(null=True, max_length=3)),
                ("refunded_minor", fields.BigIntField(default=0)),
                ("order_key", fields.TextField(null=True, unique=False)),
                ("in_lifetime", fields.BooleanField(default=True)),
                ("refund_touchpoint_id", fields.BigIntField(null=True)),
                ("refund_actor_name", fields.TextField(null=True, unique=False)),
                ("refund_reason", fields.TextField(null=True, unique=False)),
                ("computed_at", MomentField()),
            ],
            options={
                "table": "conversion",
                "app": "touchline",
                "unique_together": (("customer_id", "goal_id", "touchpoint_id"),),
                "indexes": [
                    Index(fields=["customer_id", "occurred_at", "id"]),
                    Index(fields=["goal_id", "occurred_at", "id"]),
                    Index(fields=["occurred_at", "id"]),
                    Index(fields=["touchpoint_id"]),
                ],
                "pk_attr": "id",
                "table_description": "A touchpoint by which a customer reached a goal, as the log says.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ConversionGoal",
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
                ("version", fields.IntField(default=1)),
                ("definition", fields.TextField(unique=False)),
                ("condition", fields.TextField(unique=False)),
                ("condition_summary", fields.TextField(unique=False)),
                ("event", fields.TextField(unique=False)),
                ("counting", fields.CharField(max_length=10)),
                ("fixed_minor", fields.BigIntField(null=True)),
                ("value_property", fields.TextField(null=True, unique=False)),
                ("currency_property", fields.TextField(null=True, unique=False)),
                ("currency", fields.CharField(null=True, max_length=3)),
                ("refund_events", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("refund_order_property", fields.TextField(null=True, unique=False)),
                ("refund_value_property", fields.TextField(null=True, unique=False)),
                ("in_lifetime", fields.BooleanField(default=True)),
                ("is_applied", fields.BooleanField(default=False)),
                ("building_version", fields.IntField(null=True)),
                ("building_definition", fields.TextField(null=True, unique=False)),
                ("reached", fields.BigIntField(default=0)),
                ("task_id", fields.BigIntField(null=True)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("updated_at", MomentField()),
                ("archived_at", MomentField(null=True)),
            ],
            options={
                "table": "conversion_goal",
                "app": "touchline",
                "indexes": [Index(fields=["name", "id"])],
                "pk_attr": "id",
                "table_description": "A goal as it is in force. ``definition`` is its canonical text, the columns show it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ConversionGoalVersion",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("goal_id", fields.BigIntField()),
                ("version", fields.IntField()),
                ("definition", fields.TextField(unique=False)),
                ("summary", fields.TextField(unique=False)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("applied_at", MomentField(null=True)),
            ],
            options={
                "table": "conversion_goal_version",
                "app": "touchline",
                "unique_together": (("goal_id", "version"),),
                "pk_attr": "id",
                "table_description": "What a goal said in one of its versions, and since when that was in force.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ConversionStaged",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("goal_id", fields.BigIntField()),
                ("customer_id", fields.BigIntField()),
                ("touchpoint_id", fields.BigIntField()),
                ("occurred_at", MomentField()),
                ("value_minor", fields.BigIntField(null=True)),
                ("currency", fields.CharField(null=True, max_length=3)),
                ("refunded_minor", fields.BigIntField(default=0)),
                ("order_key", fields.TextField(null=True, unique=False)),
                ("in_lifetime", fields.BooleanField(default=True)),
                ("refund_touchpoint_id", fields.BigIntField(null=True)),
                ("refund_actor_name", fields.TextField(null=True, unique=False)),
                ("refund_reason", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "conversion_staged",
                "app": "touchline",
                "unique_together": (("goal_id", "customer_id", "touchpoint_id"),),
                "pk_attr": "id",
                "table_description": "A conversion by a version of a goal that is not in force yet.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ConversionTotal",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("goal_id", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("conversions", fields.BigIntField(default=0)),
                ("value_minor", fields.BigIntField(default=0)),
                ("refunded_minor", fields.BigIntField(default=0)),
            ],
            options={
                "table": "conversion_total",
                "app": "touchline",
                "unique_together": (("goal_id", "currency"),),
                "pk_attr": "id",
                "table_description": "The conversions of a goal in a currency (empty for those without value), summed up.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CustomerValue",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("conversions", fields.BigIntField()),
                ("value_minor", fields.BigIntField()),
                ("refunded_minor", fields.BigIntField()),
                ("first_at", MomentField()),
                ("last_at", MomentField()),
            ],
            options={
                "table": "customer_value",
                "app": "touchline",
                "unique_together": (("customer_id", "currency"),),
                "indexes": [Index(fields=["currency", "customer_id"])],
                "pk_attr": "id",
                "table_description": "What a customer has brought in by goals that count for it, in one currency.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RefundWord",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("goal_id", fields.BigIntField()),
                ("customer_id", fields.BigIntField()),
                ("touchpoint_id", fields.BigIntField()),
                ("amount_minor", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("reason", fields.TextField(unique=False)),
                ("actor_name", fields.TextField(unique=False)),
                ("said_at", MomentField()),
            ],
            options={
                "table": "refund_word",
                "app": "touchline",
                "indexes": [
                    Index(fields=["touchpoint_id", "goal_id"]),
                    Index(fields=["customer_id"]),
                ],
                "pk_attr": "id",
                "table_description": "What a person said is refunded of a conversion (minor units). The last said counts.",
            },
            bases=["Model"],
        ),
    ]
