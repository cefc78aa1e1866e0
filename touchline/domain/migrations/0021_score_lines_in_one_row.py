from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields


class Migration(migrations.Migration):
    """Scores are derived: the table is made anew, and `touchline recompute scores` fills it."""

    dependencies = [("touchline", "0020_lineage")]

    initial = False

    operations = [
        ops.DeleteModel(name="ScoreLine"),
        ops.DeleteModel(name="CustomerScore"),
        ops.CreateModel(
            name="CustomerScore",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("build_id", fields.BigIntField()),
                ("customer_id", fields.BigIntField()),
                ("model_id", fields.BigIntField()),
                ("fading", fields.BigIntField()),
                ("steady", fields.BigIntField()),
                ("band_name", fields.TextField(null=True, unique=False)),
                ("band_minimum", fields.BigIntField(null=True)),
                ("rank", fields.BigIntField()),
                ("next_band_at", MomentField(null=True)),
                ("wake_at", MomentField(null=True)),
                ("lines", JsonField(encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={
                "table": "customer_score",
                "app": "touchline",
                "unique_together": (("customer_id", "build_id"),),
                "pk_attr": "id",
                "table_description": "The score of a customer in a build: sums, lines that add up to them, the band it lies in.",
            },
            bases=["Model"],
        ),
    ]
