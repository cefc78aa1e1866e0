from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import DigestField, JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0002_access_and_jobs")]

    initial = False

    operations = [
        ops.CreateModel(
            name="IngestionWarning",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("source_id", fields.BigIntField()),
                ("touchpoint_id", fields.BigIntField(null=True)),
                ("code", fields.CharField(max_length=60)),
                ("message", fields.TextField(unique=False)),
                ("occurred_at", MomentField()),
            ],
            options={
                "table": "ingestion_warning",
                "app": "touchline",
                "indexes": [
                    Index(fields=["occurred_at", "id"]),
                    Index(fields=["source_id", "occurred_at", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "Something odd about an event that was accepted nevertheless.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Landing",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("source_id", fields.BigIntField()),
                ("received_at", MomentField()),
                ("event_count", fields.IntField()),
                ("body", fields.BinaryField()),
            ],
            options={
                "table": "landing",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "One acknowledged request. It stands here until its events are on the timeline.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RejectedEvent",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("source_id", fields.BigIntField()),
                ("received_at", MomentField()),
                ("code", fields.CharField(max_length=40)),
                ("path", fields.TextField(unique=False)),
                ("message", fields.TextField(unique=False)),
                ("raw_bytes", fields.BinaryField(source_field="raw")),
                ("request", JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("replayed_at", MomentField(null=True)),
            ],
            options={
                "table": "rejected_event",
                "app": "touchline",
                "indexes": [
                    Index(fields=["received_at", "id"]),
                    Index(fields=["source_id", "received_at", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "The quarantine: an event that was not accepted, as it came, and why.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.CharField(unique=True, max_length=100)),
                ("kind", fields.CharField(max_length=20)),
                ("created_at", MomentField()),
                ("last_seen_at", MomentField(null=True)),
                ("accepted_count", fields.BigIntField(default=0)),
                ("rejected_count", fields.BigIntField(default=0)),
            ],
            options={
                "table": "source",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "Something that sends calls. The counters are kept by the commit that lands the calls.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="WriteKey",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("source_id", fields.BigIntField()),
                ("digest", DigestField(unique=True)),
                ("prefix", fields.CharField(max_length=16)),
                ("created_at", MomentField()),
                ("revoked_at", MomentField(null=True)),
            ],
            options={
                "table": "write_key",
                "app": "touchline",
                "indexes": [Index(fields=["source_id", "id"])],
                "pk_attr": "id",
                "table_description": "A key a source sends with. It stands in web pages, yet only its digest is kept.",
            },
            bases=["Model"],
        ),
    ]
