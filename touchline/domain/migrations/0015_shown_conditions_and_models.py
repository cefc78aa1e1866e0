from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("touchline", "0014_scoring")]

    initial = False

    operations = [
        ops.AddField(
            model_name="ScoringModel",
            name="bands",
            field=JsonField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="ScoringModel",
            name="conversion",
            field=fields.TextField(null=True, unique=False),
        ),
        ops.AddField(
            model_name="ScoringModel",
            name="half_life",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="ScoringModel",
            name="time_window",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="ScoringRule",
            name="condition_summary",
            field=fields.TextField(db_default="", unique=False),
        ),
        ops.AddField(
            model_name="TagRule",
            name="condition_summary",
            field=fields.TextField(db_default="", unique=False),
        ),
    ]
