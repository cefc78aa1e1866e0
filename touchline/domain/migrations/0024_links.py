from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0023_tags_of_sources")]

    initial = False

    operations = [
        ops.CreateModel(
            name="LinkHost",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("host", fields.CharField(unique=True, max_length=253)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
            ],
            options={
                "table": "link_host",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "A host to which tracked links may lead.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("asset_id", fields.BigIntField()),
                ("version", fields.IntField()),
                ("channel_id", fields.BigIntField()),
                ("link_id", fields.BigIntField()),
                ("actor_name", fields.TextField(unique=False)),
                ("published_at", MomentField()),
            ],
            options={
                "table": "publication",
                "app": "touchline",
                "indexes": [
                    Index(fields=["asset_id", "published_at", "id"]),
                    Index(fields=["channel_id"]),
                ],
                "pk_attr": "id",
                "table_description": "An asset was published on a channel, where people get by a tracked link.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TrackedLink",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("code", fields.CharField(unique=True, max_length=20)),
                ("url", fields.TextField(unique=False)),
                ("destination", fields.TextField(unique=False)),
                ("target", fields.TextField(unique=False)),
                ("utm_source", fields.TextField(null=True, unique=False)),
                ("utm_medium", fields.TextField(null=True, unique=False)),
                ("utm_campaign", fields.TextField(null=True, unique=False)),
                ("utm_term", fields.TextField(null=True, unique=False)),
                ("utm_content", fields.TextField(null=True, unique=False)),
                ("source_id", fields.BigIntField()),
                ("asset_id", fields.BigIntField(null=True)),
                ("channel_id", fields.BigIntField(null=True)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("disabled_at", MomentField(null=True)),
            ],
            options={
                "table": "tracked_link",
                "app": "touchline",
                "indexes": [Index(fields=["created_at", "id"]), Index(fields=["asset_id"])],
                "pk_attr": "id",
                "table_description": "A short link. ``target`` is the destination with the campaign in its address.",
            },
            bases=["Model"],
        ),
    ]
