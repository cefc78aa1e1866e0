from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import DigestField, JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0001_initial")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.CharField(max_length=100)),
                ("prefix", fields.CharField(max_length=16)),
                ("digest", DigestField(unique=True)),
                ("scopes", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("created_at", MomentField()),
                ("last_used_at", MomentField(null=True)),
                ("expires_at", MomentField(null=True)),
                ("revoked_at", MomentField(null=True)),
            ],
            options={
                "table": "api_key",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "A key as it is kept: only a digest of the secret, and the beginning that is shown.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DeadJob",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("kind", fields.CharField(max_length=60)),
                ("payload", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("key", fields.CharField(null=True, max_length=255)),
                ("attempts", fields.IntField()),
                ("error", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("died_at", MomentField()),
            ],
            options={
                "table": "dead_job",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "Work that failed too often. It waits for a person to retry or discard it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("kind", fields.CharField(max_length=60)),
                ("payload", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("key", fields.CharField(null=True, max_length=255)),
                ("pending_key", fields.CharField(null=True, unique=True, max_length=255)),
                ("run_at", MomentField()),
                ("created_at", MomentField()),
                ("attempts", fields.IntField(default=0)),
                ("lease_token", fields.CharField(null=True, max_length=40)),
                ("lease_until", MomentField(null=True)),
                ("error", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "job",
                "app": "touchline",
                "indexes": [Index(fields=["run_at", "id"]), Index(fields=["lease_until"])],
                "pk_attr": "id",
                "table_description": "Work that is waiting or under way. A row goes when its work is done.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OutboxEvent",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("topic", fields.CharField(max_length=60)),
                ("payload", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("created_at", MomentField()),
            ],
            options={
                "table": "outbox",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "News written in the transaction that made it true, waiting for the relay.",
            },
            bases=["Model"],
        ),
    ]
