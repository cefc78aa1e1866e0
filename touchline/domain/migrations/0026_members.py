from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0025_content_of_touchpoints")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.CharField(max_length=100)),
                ("email", fields.CharField(max_length=254)),
                ("email_key", fields.CharField(unique=True, max_length=254)),
                ("role", fields.CharField(max_length=20)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("left_at", MomentField(null=True)),
            ],
            options={
                "table": "team_member",
                "app": "touchline",
                "indexes": [Index(fields=["name", "id"])],
                "pk_attr": "id",
                "table_description": "A colleague. Nobody is deleted, for history names them. ``email_key`` is the address in one",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="ApiKey",
            name="member_id",
            field=fields.BigIntField(null=True),
        ),
    ]
