from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import DigestField, JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0021_score_lines_in_one_row")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.TextField(unique=False)),
                ("name_key", fields.CharField(unique=True, max_length=200)),
                ("created_at", MomentField()),
            ],
            options={
                "table": "channel",
                "app": "touchline",
                "indexes": [Index(fields=["name", "id"])],
                "pk_attr": "id",
                "table_description": "A way by which people come. Its name never changes, and ``name_key`` is it in one case.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ChannelDay",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("day", fields.IntField()),
                ("channel_id", fields.BigIntField()),
                ("touchpoints", fields.BigIntField()),
                ("computed_at", MomentField()),
            ],
            options={
                "table": "channel_day",
                "app": "touchline",
                "unique_together": (("day", "channel_id"),),
                "pk_attr": "id",
                "table_description": "How many touchpoints came by a channel on a day. Channel 0 is none.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ChannelRun",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("version", fields.IntField(unique=True)),
                ("status", fields.CharField(max_length=12)),
                ("rules", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("changes", JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("origin_count", fields.BigIntField(default=0)),
                ("touchpoint_count", fields.BigIntField(default=0)),
                ("changed_count", fields.BigIntField(default=0)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("finished_at", MomentField(null=True)),
            ],
            options={
                "table": "channel_run",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "A version of the list of rules, and how it was brought into force for all of the past.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OriginDay",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("day", fields.IntField()),
                ("origin_id", fields.BigIntField()),
                ("touchpoints", fields.BigIntField()),
            ],
            options={
                "table": "origin_day",
                "app": "touchline",
                "unique_together": (("day", "origin_id"),),
                "indexes": [Index(fields=["origin_id"])],
                "pk_attr": "id",
                "table_description": "How many touchpoints of an origin there were on a day (UTC, counted from 1970).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OriginDelta",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("day", fields.IntField()),
                ("origin_id", fields.BigIntField()),
                ("touchpoints", fields.BigIntField()),
            ],
            options={
                "table": "origin_delta",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "Touchpoints that were appended, and that ``origin_day`` does not hold yet.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TouchpointOrigin",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("digest", DigestField(unique=True)),
                ("type", fields.CharField(max_length=20)),
                ("event", fields.TextField(unique=False)),
                ("channel_name", fields.TextField(unique=False)),
                ("source", fields.TextField(unique=False)),
                ("medium", fields.TextField(unique=False)),
                ("campaign", fields.TextField(unique=False)),
                ("click_id", fields.TextField(unique=False)),
                ("referrer", fields.TextField(unique=False)),
                ("channel_id", fields.BigIntField(null=True)),
            ],
            options={
                "table": "touchpoint_origin",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "All that rules may look at of where touchpoints came from, once for all that are alike.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Touchpoint",
            name="origin_id",
            field=fields.BigIntField(null=True),
        ),
    ]
