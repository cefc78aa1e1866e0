from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('touchline', '0040_customers_set_aside')]

    initial = False

    operations = [
        ops.CreateModel(
            name='BacklogMeasurement',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('item_id', fields.BigIntField(unique=True)),
                ('source', fields.CharField(max_length=20)),
                ('verdict', fields.CharField(max_length=20)),
                ('sentence', fields.TextField(unique=False)),
                ('metric', fields.CharField(null=True, max_length=20)),
                ('value', fields.CharField(null=True, max_length=40)),
                ('currency', fields.CharField(null=True, max_length=3)),
                ('target', fields.CharField(null=True, max_length=40)),
                ('began_at', MomentField()),
                ('ended_at', MomentField()),
                ('reached', fields.BigIntField(null=True)),
                ('needed', fields.BigIntField(null=True)),
                ('asset_ids', JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ('experiment_id', fields.BigIntField(null=True)),
                ('measured_at', MomentField()),
            ],
            options={'table': 'backlog_measurement', 'app': 'touchline', 'pk_attr': 'id', 'table_description': 'What came of an item that was launched: written once, and never changed.'},
            bases=['Model'],
        ),
    ]
