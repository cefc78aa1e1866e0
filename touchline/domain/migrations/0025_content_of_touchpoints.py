from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import DigestField, PresentIndex
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("touchline", "0024_links")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ContentAddress",
            fields=[
                ("address", DigestField(primary_key=True, unique=True, db_index=True)),
                ("asset_id", fields.BigIntField()),
            ],
            options={
                "table": "content_address",
                "app": "touchline",
                "pk_attr": "address",
                "table_description": "At an address, known by its digest, an asset is to be found: the first that was published.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Touchpoint",
            name="asset_id",
            field=fields.BigIntField(null=True),
        ),
        ops.AddIndex(
            model_name="Touchpoint",
            index=PresentIndex(fields=["asset_id", "occurred_at", "id"]),
        ),
    ]
