from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0021_score_lines_in_one_row"), ("touchline", "0022_channels")]

    initial = False

    operations = [
        ops.CreateModel(
            name="TagReport",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("tag_id", fields.BigIntField()),
                ("source_id", fields.BigIntField()),
                ("touchpoint_id", fields.BigIntField()),
                ("since", MomentField()),
            ],
            options={
                "table": "tag_report",
                "app": "touchline",
                "unique_together": (("customer_id", "tag_id", "source_id"),),
                "indexes": [Index(fields=["tag_id"])],
                "pk_attr": "id",
                "table_description": "A source says a tag of a customer: since when, by which touchpoint.",
            },
            bases=["Model"],
        ),
        ops.AlterModelOptions(
            name="CustomerTag",
            options={
                "table": "customer_tag",
                "app": "touchline",
                "unique_together": (("customer_id", "tag_id"),),
                "indexes": [Index(fields=["tag_id", "is_on", "score_rank", "customer_id"])],
                "pk_attr": "id",
                "table_description": "A tag of a customer that stands, and why: what persons, rules and sources say, weighed.",
            },
        ),
        ops.AddField(
            model_name="CustomerTag",
            name="source_id",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="TagWeighed",
            name="source_id",
            field=fields.BigIntField(null=True),
        ),
    ]
