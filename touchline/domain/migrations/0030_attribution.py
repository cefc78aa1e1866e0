from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0029_channels_from_the_first")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AttributionChangedDay",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("day", fields.IntField()),
            ],
            options={
                "table": "attribution_changed_day",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "A day of which credits changed, and that is not summed anew yet.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AttributionCredit",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("conversion_id", fields.BigIntField()),
                ("goal_id", fields.BigIntField()),
                ("customer_id", fields.BigIntField()),
                ("model", fields.CharField(max_length=20)),
                ("place", fields.IntField()),
                ("touchpoint_id", fields.BigIntField()),
                ("channel_id", fields.BigIntField()),
                ("asset_id", fields.BigIntField(null=True)),
                ("campaign", fields.TextField(unique=False)),
                ("occurred_at", MomentField()),
                ("day", fields.IntField()),
                ("weight_micro", fields.BigIntField()),
                ("value_minor", fields.BigIntField(null=True)),
                ("currency", fields.CharField(null=True, max_length=3)),
                ("computed_at", MomentField()),
            ],
            options={
                "table": "attribution_credit",
                "app": "touchline",
                "unique_together": (("customer_id", "conversion_id", "model", "place"),),
                "indexes": [
                    Index(fields=["conversion_id", "model", "place"]),
                    Index(fields=["day"]),
                ],
                "pk_attr": "id",
                "table_description": "What a touch earned of a conversion by a model, ``place`` by place along the journey.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AttributionDay",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("day", fields.IntField()),
                ("model", fields.CharField(max_length=20)),
                ("goal_id", fields.BigIntField()),
                ("channel_id", fields.BigIntField()),
                ("asset_id", fields.BigIntField()),
                ("campaign", fields.TextField(unique=False)),
                ("currency", fields.CharField(max_length=3)),
                ("weight_micro", fields.BigIntField()),
                ("value_minor", fields.BigIntField()),
                ("computed_at", MomentField()),
            ],
            options={
                "table": "attribution_day",
                "app": "touchline",
                "indexes": [Index(fields=["model", "day"]), Index(fields=["day"])],
                "pk_attr": "id",
                "table_description": "Credits of a day (UTC, counted from 1970) on which conversions occurred, summed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AttributionFit",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("goal_id", fields.BigIntField(unique=True)),
                ("basis", fields.TextField(unique=False)),
                ("effects", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("paths", fields.BigIntField()),
                ("conversions", fields.BigIntField()),
                ("computed_at", MomentField()),
            ],
            options={
                "table": "attribution_fit",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "The chain of all journeys to a goal, as it was worked out last.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AttributionSettings",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("version", fields.IntField(unique=True)),
                ("look_back", fields.BigIntField(null=True)),
                ("steps", fields.IntField(null=True)),
                ("is_split", fields.BooleanField()),
                ("transforms", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("direct_channels", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("ignored_channels", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("ignored_events", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
            ],
            options={
                "table": "attribution_settings",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "A version of what is a touch, and which touches of a journey count. The newest holds.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(
            "INSERT INTO attribution_settings (version, look_back, steps, is_split, transforms,"
            " direct_channels, ignored_channels, ignored_events, actor_name, created_at) VALUES"
            " (1, 7776000000, NULL, FALSE, '[]', '[\"Direct\"]', '[\"No arrival\"]',"
            """ '["email delivered","email opened","email bounced","email marked as spam","""
            """"email unsubscribed","unsubscribed"]', 'Touchline', 0)"""
        ),
    ]
