from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('touchline', '0043_cycle_joined')]

    initial = False

    operations = [
        ops.CreateModel(
            name='BacklogOrderMove',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('proposal_id', fields.BigIntField()),
                ('item_id', fields.BigIntField()),
                ('from_place', fields.IntField()),
                ('to_place', fields.IntField()),
                ('score', fields.CharField(max_length=40)),
                ('accepted_at', MomentField(null=True)),
            ],
            options={'table': 'backlog_order_move', 'app': 'touchline', 'unique_together': (('proposal_id', 'item_id'),), 'pk_attr': 'id', 'table_description': 'That a proposal would have an item elsewhere. Places count from 1, ``score`` is as it was.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='BacklogOrderProposal',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('backlog_id', fields.BigIntField()),
                ('formula', fields.CharField(max_length=20)),
                ('state', fields.CharField(max_length=20)),
                ('order_version', fields.IntField()),
                ('wanted', JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ('actor_name', fields.TextField(unique=False)),
                ('member_id', fields.BigIntField(null=True)),
                ('created_at', MomentField()),
                ('closed_at', MomentField(null=True)),
            ],
            options={'table': 'backlog_order_proposal', 'app': 'touchline', 'indexes': [Index(fields=['backlog_id', 'created_at', 'id'])], 'pk_attr': 'id', 'table_description': 'An order that a formula would have (``wanted``, keys) for the order of ``order_version``.'},
            bases=['Model'],
        ),
    ]
