from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0007_mail_domains_of_accounts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CustomerTag",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("tag_id", fields.BigIntField()),
                ("state", fields.CharField(max_length=10)),
                ("is_on", fields.BooleanField()),
                ("set_at", MomentField()),
                ("expires_at", MomentField(null=True)),
                ("rule_id", fields.BigIntField(null=True)),
                ("rule_version", fields.IntField(null=True)),
                ("actor_name", fields.TextField(null=True, unique=False)),
                ("touchpoint_id", fields.BigIntField(null=True)),
                ("score_rank", fields.BigIntField(db_default=0)),
            ],
            options={
                "table": "customer_tag",
                "app": "touchline",
                "unique_together": (("customer_id", "tag_id"),),
                "indexes": [Index(fields=["tag_id", "is_on", "score_rank", "customer_id"])],
                "pk_attr": "id",
                "table_description": "A tag of a customer that stands, and why: what persons and rules say, weighed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.TextField(unique=False)),
                ("name_key", fields.CharField(unique=True, max_length=200)),
                ("category", fields.TextField(null=True, unique=False)),
                ("color", fields.CharField(null=True, max_length=7)),
                ("description", fields.TextField(null=True, unique=False)),
                ("customer_count", fields.BigIntField(default=0)),
                ("created_at", MomentField()),
            ],
            options={
                "table": "tag",
                "app": "touchline",
                "indexes": [Index(fields=["name", "id"])],
                "pk_attr": "id",
                "table_description": "A word that can be said of customers. ``name_key`` is the name in one case.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TagHold",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("tag_id", fields.BigIntField()),
                ("rule_id", fields.BigIntField()),
                ("rule_version", fields.IntField()),
                ("touchpoint_id", fields.BigIntField(null=True)),
                ("since", MomentField()),
            ],
            options={
                "table": "tag_hold",
                "app": "touchline",
                "unique_together": (("customer_id", "rule_id"),),
                "indexes": [Index(fields=["rule_id"]), Index(fields=["tag_id"])],
                "pk_attr": "id",
                "table_description": "A rule says a tag of a customer: since when, by which version and which touchpoint.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TagWord",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("tag_id", fields.BigIntField()),
                ("word", fields.CharField(max_length=10)),
                ("actor_name", fields.TextField(unique=False)),
                ("said_at", MomentField()),
                ("expires_at", MomentField(null=True)),
            ],
            options={
                "table": "tag_word",
                "app": "touchline",
                "unique_together": (("customer_id", "tag_id"),),
                "indexes": [Index(fields=["tag_id"])],
                "pk_attr": "id",
                "table_description": "The last that a person said of a tag and a customer, kept with the customer it was said of.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Customer",
            name="score_rank",
            field=fields.BigIntField(db_default=0),
        ),
        ops.AddIndex(
            model_name="Customer",
            index=Index(fields=["merged_into_id"]),
        ),
        ops.AddIndex(
            model_name="Customer",
            index=Index(fields=["score_rank", "id"]),
        ),
    ]
