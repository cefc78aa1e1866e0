from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0016_stages")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ScoringSuggestion",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("task_id", fields.BigIntField(unique=True)),
                ("model_id", fields.BigIntField(null=True)),
                ("name", fields.TextField(unique=False)),
                ("event", fields.TextField(null=True, unique=False)),
                ("condition", fields.TextField(null=True, unique=False)),
                ("condition_summary", fields.TextField(null=True, unique=False)),
                ("lookback", fields.BigIntField()),
                ("ahead", fields.BigIntField()),
                ("folds", fields.IntField()),
                ("seed", fields.BigIntField()),
                ("fit", JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("rules", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("created_at", MomentField()),
            ],
            options={
                "table": "scoring_suggestion",
                "app": "touchline",
                "indexes": [Index(fields=["created_at", "id"])],
                "pk_attr": "id",
                "table_description": "A wish for a scoring model that tells conversions, and what came of it.",
            },
            bases=["Model"],
        ),
    ]
