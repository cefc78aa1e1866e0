from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0019_building_rules_and_segments")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ContentAncestry",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("asset_id", fields.BigIntField()),
                ("ancestor_id", fields.BigIntField()),
            ],
            options={
                "table": "content_ancestry",
                "app": "touchline",
                "unique_together": (("asset_id", "ancestor_id"),),
                "indexes": [Index(fields=["ancestor_id", "id"])],
                "pk_attr": "id",
                "table_description": "An asset is made of another one by any number of steps: what lineage leads to, kept ready.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ContentLineage",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("asset_id", fields.BigIntField()),
                ("source_id", fields.BigIntField()),
                ("relation", fields.CharField(max_length=20)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
            ],
            options={
                "table": "content_lineage",
                "app": "touchline",
                "unique_together": (("asset_id", "source_id"),),
                "indexes": [Index(fields=["source_id", "id"])],
                "pk_attr": "id",
                "table_description": "An asset is made of another one, its source.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="ContentAsset",
            name="family_id",
            field=fields.BigIntField(null=True),
        ),
        ops.AddIndex(
            model_name="ContentAsset",
            index=Index(fields=["family_id"]),
        ),
        ops.RunSQL("UPDATE content_asset SET family_id = id"),
    ]
