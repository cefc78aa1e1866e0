from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0015_shown_conditions_and_models")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CustomerStage",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField(unique=True)),
                ("stage_id", fields.BigIntField()),
                ("since", MomentField()),
                ("actor_name", fields.TextField(null=True, unique=False)),
                ("reason", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "customer_stage",
                "app": "touchline",
                "indexes": [Index(fields=["stage_id", "customer_id"])],
                "pk_attr": "id",
                "table_description": "The stage a customer is in.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Stage",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.TextField(unique=False)),
                ("name_key", fields.CharField(unique=True, max_length=200)),
                ("description", fields.TextField(null=True, unique=False)),
                ("place", fields.IntField()),
                ("condition", fields.TextField(null=True, unique=False)),
                ("condition_summary", fields.TextField(null=True, unique=False)),
                ("customer_count", fields.BigIntField(db_default=0)),
                ("created_at", MomentField()),
            ],
            options={
                "table": "stage",
                "app": "touchline",
                "indexes": [Index(fields=["place", "id"])],
                "pk_attr": "id",
                "table_description": "A stage of the journey. Customers of whom its condition holds are in it, or in a later.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StageChange",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("from_id", fields.BigIntField(null=True)),
                ("to_id", fields.BigIntField(null=True)),
                ("at", MomentField()),
                ("actor_name", fields.TextField(null=True, unique=False)),
                ("reason", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "stage_change",
                "app": "touchline",
                "indexes": [Index(fields=["customer_id", "at", "id"]), Index(fields=["to_id"])],
                "pk_attr": "id",
                "table_description": "A customer went from one stage to another, by a condition or by a person's word.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StageWord",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField(unique=True)),
                ("stage_id", fields.BigIntField(null=True)),
                ("reason", fields.TextField(unique=False)),
                ("actor_name", fields.TextField(unique=False)),
                ("said_at", MomentField()),
            ],
            options={
                "table": "stage_word",
                "app": "touchline",
                "indexes": [Index(fields=["stage_id"])],
                "pk_attr": "id",
                "table_description": "What a person said last of a customer's stage, kept with the customer it was said of.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(
            "INSERT INTO stage (name, name_key, place, customer_count, created_at) VALUES"
            " ('Awareness', 'awareness', 1, 0, 0),"
            " ('Consideration', 'consideration', 2, 0, 0),"
            " ('Purchase', 'purchase', 3, 0, 0),"
            " ('Retention', 'retention', 4, 0, 0),"
            " ('Advocacy', 'advocacy', 5, 0, 0)"
        ),
    ]
