from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('touchline', '0030_attribution')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ValueExchangeRate',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('action', fields.TextField(unique=False)),
                ('channel_id', fields.BigIntField(default=0)),
                ('units', fields.TextField(unique=False)),
                ('units_micro', fields.BigIntField()),
                ('valid_from', fields.IntField()),
                ('valid_to', fields.IntField(null=True)),
                ('last_day', fields.IntField()),
                ('reference', fields.TextField(unique=False)),
                ('actor_name', fields.TextField(unique=False)),
                ('set_at', MomentField()),
                ('withdrawn_by', fields.TextField(null=True, unique=False)),
                ('withdrawn_at', MomentField(null=True)),
            ],
            options={'table': 'value_exchange_rate', 'app': 'touchline', 'indexes': [Index(fields=['action', 'channel_id', 'valid_from']), Index(fields=['action', 'valid_from', 'id'])], 'pk_attr': 'id', 'table_description': 'So many of an action are worth one of the reference action, on days (UTC, from 1970).'},
            bases=['Model'],
        ),
    ]
