from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0017_suggested_scoring_models")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ContentAsset",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("slug", fields.CharField(max_length=100)),
                ("language", fields.CharField(max_length=20)),
                ("kind", fields.CharField(max_length=20)),
                ("status", fields.CharField(max_length=20)),
                ("title", fields.TextField(unique=False)),
                ("title_key", fields.TextField(unique=False)),
                ("version", fields.IntField()),
                ("original_id", fields.BigIntField(null=True)),
                ("translated_version", fields.IntField(null=True)),
                ("template_id", fields.BigIntField(null=True)),
                ("published_version_id", fields.BigIntField(null=True)),
                ("publish_at", MomentField(null=True)),
                ("created_at", MomentField()),
                ("updated_at", MomentField()),
            ],
            options={
                "table": "content_asset",
                "app": "touchline",
                "unique_together": (("slug", "language"),),
                "indexes": [
                    Index(fields=["updated_at", "id"]),
                    Index(fields=["created_at", "id"]),
                    Index(fields=["title_key", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "A piece of content in one language. ``status`` and ``title`` are those of ``version``.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ContentStep",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("asset_id", fields.BigIntField()),
                ("version", fields.IntField()),
                ("act", fields.CharField(max_length=20)),
                ("status", fields.CharField(max_length=20)),
                ("comment", fields.TextField(null=True, unique=False)),
                ("actor_name", fields.TextField(unique=False)),
                ("taken_at", MomentField()),
            ],
            options={
                "table": "content_step",
                "app": "touchline",
                "indexes": [Index(fields=["asset_id", "taken_at", "id"])],
                "pk_attr": "id",
                "table_description": "A step of a version on its way to readers: who took it, when, and what they said.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ContentTemplate",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.TextField(unique=False)),
                ("name_key", fields.CharField(null=True, unique=True, max_length=200)),
                ("kind", fields.CharField(max_length=20)),
                ("slots", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("archived_at", MomentField(null=True)),
            ],
            options={
                "table": "content_template",
                "app": "touchline",
                "indexes": [Index(fields=["name", "id"])],
                "pk_attr": "id",
                "table_description": "The slots of which assets are made. It never changes, for assets are held to it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ContentVersion",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("asset_id", fields.BigIntField()),
                ("number", fields.IntField()),
                ("title", fields.TextField(unique=False)),
                ("body", fields.TextField(unique=False)),
                ("body_html", fields.TextField(unique=False)),
                ("cover_url", fields.TextField(null=True, unique=False)),
                ("attachments", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("slots", JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("published_at", MomentField(null=True)),
            ],
            options={
                "table": "content_version",
                "app": "touchline",
                "unique_together": (("asset_id", "number"),),
                "pk_attr": "id",
                "table_description": "An asset as it was written once. Nothing of it changes but ``published_at``, set once.",
            },
            bases=["Model"],
        ),
    ]
