from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('touchline', '0037_digest')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Cycle',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('backlog_id', fields.BigIntField()),
                ('goal', fields.TextField(unique=False)),
                ('first_day', fields.IntField()),
                ('last_day', fields.IntField()),
                ('capacity', fields.IntField()),
                ('committed_points', fields.IntField()),
                ('showcase_notes', fields.TextField(null=True, unique=False)),
                ('actor_name', fields.TextField(unique=False)),
                ('created_at', MomentField()),
                ('closed_at', MomentField(null=True)),
            ],
            options={'table': 'backlog_cycle', 'app': 'touchline', 'indexes': [Index(fields=['backlog_id', 'first_day', 'id'])], 'pk_attr': 'id', 'table_description': 'A stretch of work towards a goal. ``committed_points`` is what was planned at its beginning.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='CycleImprovement',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('cycle_id', fields.BigIntField()),
                ('action', fields.TextField(unique=False)),
                ('done_at', MomentField(null=True)),
            ],
            options={'table': 'backlog_improvement', 'app': 'touchline', 'indexes': [Index(fields=['cycle_id', 'id'])], 'pk_attr': 'id', 'table_description': 'What the team does better from a cycle on.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='CycleItem',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('cycle_id', fields.BigIntField()),
                ('item_id', fields.BigIntField()),
                ('is_carried', fields.BooleanField(default=False)),
            ],
            options={'table': 'backlog_cycle_item', 'app': 'touchline', 'unique_together': (('cycle_id', 'item_id'),), 'indexes': [Index(fields=['item_id', 'id'])], 'pk_attr': 'id', 'table_description': 'An item that was planned for a cycle. ``is_carried``: an earlier one had left it over.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='HuddleNote',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('cycle_id', fields.BigIntField()),
                ('day', fields.IntField()),
                ('member_id', fields.BigIntField()),
                ('text', fields.TextField(unique=False)),
                ('blocked', fields.TextField(null=True, unique=False)),
                ('written_at', MomentField()),
            ],
            options={'table': 'backlog_huddle_note', 'app': 'touchline', 'unique_together': (('cycle_id', 'day', 'member_id'),), 'pk_attr': 'id', 'table_description': 'What a member said on a day of a cycle: what moved, and what blocks.'},
            bases=['Model'],
        ),
    ]
