from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0009_trusted_documents")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Stale",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("facts", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("marked_at", MomentField()),
            ],
            options={
                "table": "stale",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "A transaction changed facts of a customer: one row for each customer and transaction.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Wake",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("owner", fields.CharField(max_length=60)),
                ("customer_id", fields.BigIntField()),
                ("wake_at", MomentField()),
            ],
            options={
                "table": "wake",
                "app": "touchline",
                "unique_together": (("owner", "customer_id"),),
                "indexes": [Index(fields=["wake_at"])],
                "pk_attr": "id",
                "table_description": "The instant at which time alone may change what ``owner`` says of a customer.",
            },
            bases=["Model"],
        ),
    ]
