from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0005_imports")]

    initial = False

    operations = [
        ops.RemoveIndex(
            model_name="IdentityLink",
            name=None,
            fields=["customer_id"],
        ),
        ops.AddIndex(
            model_name="IdentityLink",
            index=Index(fields=["customer_id", "first_at"]),
        ),
    ]
