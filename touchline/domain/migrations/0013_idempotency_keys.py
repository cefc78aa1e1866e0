from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import DigestField, JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0012_segments")]

    initial = False

    operations = [
        ops.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("key", DigestField(unique=True)),
                ("request", DigestField()),
                ("answer", JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("created_at", MomentField()),
            ],
            options={
                "table": "idempotency_key",
                "app": "touchline",
                "indexes": [Index(fields=["created_at"])],
                "pk_attr": "id",
                "table_description": "A key that a caller gave to a change, and what was answered when it was made.",
            },
            bases=["Model"],
        ),
    ]
