from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('touchline', '0032_performance')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Experiment',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.TextField(unique=False)),
                ('hypothesis', fields.TextField(unique=False)),
                ('state', fields.CharField(max_length=10)),
                ('metric', fields.TextField(unique=False)),
                ('deed', fields.TextField(unique=False)),
                ('property', fields.TextField(null=True, unique=False)),
                ('direction', fields.CharField(max_length=10)),
                ('target', fields.BigIntField()),
                ('baseline', fields.BigIntField()),
                ('duration', fields.BigIntField()),
                ('fewest', fields.IntField()),
                ('shortest', fields.BigIntField()),
                ('segment_id', fields.BigIntField(null=True)),
                ('planned', fields.BigIntField()),
                ('planned_at_one_look', fields.BigIntField()),
                ('present', fields.BigIntField()),
                ('started_at', MomentField(null=True)),
                ('ends_at', MomentField(null=True)),
                ('verdict', fields.CharField(max_length=20)),
                ('verdict_sentence', fields.TextField(unique=False)),
                ('best_id', fields.BigIntField(null=True)),
                ('health', JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ('in_two_arms', fields.BigIntField(default=0)),
                ('computed_at', MomentField(null=True)),
                ('frozen_at', MomentField(null=True)),
                ('actor_name', fields.TextField(unique=False)),
                ('created_at', MomentField()),
            ],
            options={'table': 'experiment', 'app': 'touchline', 'indexes': [Index(fields=['state', 'ends_at']), Index(fields=['created_at', 'id'])], 'pk_attr': 'id', 'table_description': 'What is tried out, by which metric it is judged, and what it has shown.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ExperimentArm',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('experiment_id', fields.BigIntField()),
                ('place', fields.IntField()),
                ('name', fields.TextField(unique=False)),
                ('weight', fields.IntField()),
                ('asset_id', fields.BigIntField(null=True)),
                ('link_id', fields.BigIntField(null=True)),
                ('deed', fields.TextField(null=True, unique=False)),
                ('seen_by', fields.TextField(unique=False)),
                ('people', fields.BigIntField(default=0)),
                ('conversions', fields.BigIntField(default=0)),
                ('rate', fields.BigIntField(null=True)),
                ('low', fields.BigIntField(null=True)),
                ('high', fields.BigIntField(null=True)),
                ('difference', fields.BigIntField(null=True)),
                ('difference_low', fields.BigIntField(null=True)),
                ('difference_high', fields.BigIntField(null=True)),
                ('p_value', fields.BigIntField(null=True)),
                ('verdict', fields.CharField(null=True, max_length=20)),
            ],
            options={'table': 'experiment_arm', 'app': 'touchline', 'unique_together': (('experiment_id', 'place'),), 'pk_attr': 'id', 'table_description': 'One of what is compared, by what its people are known, and what was seen of them.'},
            bases=['Model'],
        ),
    ]
