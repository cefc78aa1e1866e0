from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0006_identity_latest_link")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Account",
            name="part_of_id",
            field=fields.BigIntField(null=True),
        ),
        ops.AddIndex(
            model_name="Account",
            index=Index(fields=["domain"]),
        ),
    ]
