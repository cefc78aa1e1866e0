from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import DigestField, MomentField
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("touchline", "0004_identity")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("digest", DigestField(unique=True)),
                ("file_name", fields.TextField(unique=False)),
                ("source_id", fields.BigIntField()),
                ("rows_done", fields.BigIntField(default=0)),
                ("rejected_rows", fields.BigIntField(default=0)),
                ("started_at", MomentField()),
                ("updated_at", MomentField()),
                ("finished_at", MomentField(null=True)),
            ],
            options={
                "table": "import_run",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "A file, read by a map, into a source: the same three always mean the same run.",
            },
            bases=["Model"],
        ),
    ]
