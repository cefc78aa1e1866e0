from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0013_idempotency_keys")]

    initial = False

    operations = [
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
                ("computed_at", MomentField()),
            ],
            options={
                "table": "customer_score",
                "app": "touchline",
                "unique_together": (("build_id", "customer_id"),),
                "indexes": [Index(fields=["customer_id"]), Index(fields=["build_id", "rank"])],
                "pk_attr": "id",
                "table_description": "The score of a customer in a build, as sums, with the band in which it lies.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ScoreAdjustment",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("model_id", fields.BigIntField()),
                ("points", fields.BigIntField()),
                ("reason", fields.TextField(unique=False)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("expires_at", MomentField(null=True)),
            ],
            options={
                "table": "score_adjustment",
                "app": "touchline",
                "indexes": [Index(fields=["customer_id", "model_id"])],
                "pk_attr": "id",
                "table_description": "Points that a person gave, kept with the customer they were given to.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ScoreChange",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("model_id", fields.BigIntField()),
                ("version", fields.IntField()),
                ("value", fields.BigIntField()),
                ("band_name", fields.TextField(null=True, unique=False)),
                ("band_minimum", fields.BigIntField(null=True)),
                ("cause", fields.CharField(max_length=12)),
                ("at", MomentField()),
            ],
            options={
                "table": "score_change",
                "app": "touchline",
                "indexes": [Index(fields=["customer_id", "model_id", "at", "id"])],
                "pk_attr": "id",
                "table_description": "A score that moved: what it became, and why.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ScoreLine",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("build_id", fields.BigIntField()),
                ("customer_id", fields.BigIntField()),
                ("place", fields.IntField()),
                ("kind", fields.CharField(max_length=10)),
                ("label", fields.TextField(unique=False)),
                ("rule_id", fields.BigIntField(null=True)),
                ("before", fields.BigIntField()),
                ("fading", fields.BigIntField()),
                ("steady", fields.BigIntField()),
                ("occurrences", fields.BigIntField()),
                ("touchpoint_id", fields.BigIntField(null=True)),
                ("actor_name", fields.TextField(null=True, unique=False)),
                ("expires_at", MomentField(null=True)),
            ],
            options={
                "table": "score_line",
                "app": "touchline",
                "indexes": [
                    Index(fields=["customer_id", "build_id", "place"]),
                    Index(fields=["build_id"]),
                ],
                "pk_attr": "id",
                "table_description": "What one rule or adjustment adds to a score, and ``before`` what fades in earlier lines.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ScoringBuild",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("model_id", fields.BigIntField()),
                ("version", fields.IntField()),
                ("definition", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("landmark", MomentField()),
                ("half_life", fields.BigIntField(null=True)),
                ("status", fields.CharField(max_length=10)),
                ("reached", fields.BigIntField(default=0)),
                ("task_id", fields.BigIntField(null=True)),
                ("created_at", MomentField()),
                ("swapped_at", MomentField(null=True)),
            ],
            options={
                "table": "scoring_build",
                "app": "touchline",
                "indexes": [Index(fields=["model_id", "status"])],
                "pk_attr": "id",
                "table_description": "All scores by one version of a model. Sums of fading points are kept from the landmark.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ScoringModel",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.TextField(unique=False)),
                ("name_key", fields.CharField(unique=True, max_length=200)),
                ("status", fields.CharField(max_length=10)),
                ("version", fields.IntField()),
                ("definition", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("published_version", fields.IntField(null=True)),
                ("build_id", fields.BigIntField(null=True)),
                ("is_primary", fields.BooleanField(default=False)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("updated_at", MomentField()),
            ],
            options={
                "table": "scoring_model",
                "app": "touchline",
                "indexes": [Index(fields=["build_id"])],
                "pk_attr": "id",
                "table_description": "A way to add up customers: as it is written now, and the build that counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ScoringRule",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("model_id", fields.BigIntField()),
                ("name", fields.TextField(unique=False)),
                ("place", fields.IntField()),
                ("points", fields.BigIntField()),
                ("dimension", fields.TextField(null=True, unique=False)),
                ("once", fields.BooleanField()),
                ("cap_per_day", fields.BigIntField(null=True)),
                ("group_name", fields.TextField(null=True, unique=False)),
                ("condition", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("dropped_at", MomentField(null=True)),
            ],
            options={
                "table": "scoring_rule",
                "app": "touchline",
                "indexes": [Index(fields=["model_id", "place"])],
                "pk_attr": "id",
                "table_description": "A rule of a model as it is written now, to be listed and named by lines of scores.",
            },
            bases=["Model"],
        ),
    ]
