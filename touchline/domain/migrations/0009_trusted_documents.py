from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0008_tags")]

    initial = False

    operations = [
        ops.CreateModel(
            name="TrustedDocument",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("document_id", fields.CharField(unique=True, max_length=200)),
                ("sha256", fields.CharField(max_length=64)),
                ("name", fields.CharField(null=True, max_length=200)),
                ("kind", fields.CharField(max_length=20)),
                ("body", fields.TextField(unique=False)),
                ("registered_at", MomentField()),
            ],
            options={
                "table": "trusted_document",
                "app": "touchline",
                "indexes": [Index(fields=["sha256"])],
                "pk_attr": "id",
                "table_description": "A GraphQL document, known by the id that its client made and by the hash of its text.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="ApiKey",
            name="trusted_only",
            field=fields.BooleanField(default=False, db_default=False),
        ),
    ]
