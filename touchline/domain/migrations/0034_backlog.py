from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField, RankField
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('touchline', '0033_experiments'), ('touchline', '0033_former_names_of_channels')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Backlog',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=100)),
                ('name_key', fields.CharField(unique=True, max_length=200)),
                ('owner_id', fields.BigIntField()),
                ('order_version', fields.IntField(default=0)),
                ('actor_name', fields.TextField(unique=False)),
                ('created_at', MomentField()),
            ],
            options={'table': 'backlog', 'app': 'touchline', 'pk_attr': 'id', 'table_description': 'A list of work with one Owner. ``order_version`` counts how often it was ordered.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='BacklogComment',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('item_id', fields.BigIntField()),
                ('text', fields.TextField(unique=False)),
                ('actor_name', fields.TextField(unique=False)),
                ('member_id', fields.BigIntField(null=True)),
                ('created_at', MomentField()),
            ],
            options={'table': 'backlog_comment', 'app': 'touchline', 'indexes': [Index(fields=['item_id', 'created_at', 'id'])], 'pk_attr': 'id', 'table_description': 'What somebody said about an item.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='BacklogItem',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('backlog_id', fields.BigIntField()),
                ('title', fields.CharField(max_length=200)),
                ('description', fields.TextField(null=True, unique=False)),
                ('kind', fields.CharField(max_length=20)),
                ('state', fields.CharField(max_length=20)),
                ('rank', RankField(max_length=32)),
                ('effort', fields.IntField(null=True)),
                ('customer_kind', fields.CharField(null=True, max_length=20)),
                ('customer_level', fields.IntField(null=True)),
                ('goal_id', fields.BigIntField(null=True)),
                ('business_level', fields.IntField(null=True)),
                ('urgency', fields.IntField(null=True)),
                ('confidence', fields.IntField(null=True)),
                ('hypothesis', fields.TextField(null=True, unique=False)),
                ('metric', fields.CharField(null=True, max_length=20)),
                ('target_milli', fields.BigIntField(null=True)),
                ('window_days', fields.IntField(null=True)),
                ('verdict', fields.CharField(null=True, max_length=20)),
                ('segment_id', fields.BigIntField(null=True)),
                ('campaign_id', fields.BigIntField(null=True)),
                ('asset_ids', JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ('depends_on', JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ('is_dependency_known', fields.BooleanField(default=False)),
                ('missing', JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ('blocked_since', MomentField(null=True)),
                ('blocked_reason', fields.TextField(null=True, unique=False)),
                ('pulled_by_id', fields.BigIntField(null=True)),
                ('proposed_by_id', fields.BigIntField(null=True)),
                ('duplicate_of_id', fields.BigIntField(null=True)),
                ('created_at', MomentField()),
                ('state_at', MomentField()),
                ('launched_at', MomentField(null=True)),
                ('closed_at', MomentField(null=True)),
            ],
            options={'table': 'backlog_item', 'app': 'touchline', 'unique_together': (('backlog_id', 'rank'),), 'indexes': [Index(fields=['backlog_id', 'state', 'rank']), Index(fields=['backlog_id', 'created_at', 'id'])], 'pk_attr': 'id', 'table_description': 'A piece of work. What stands in the ordered list has a ``rank`` of letters and digits, what'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='BacklogLog',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('backlog_id', fields.BigIntField()),
                ('item_id', fields.BigIntField()),
                ('kind', fields.CharField(max_length=20)),
                ('from_value', fields.TextField(null=True, unique=False)),
                ('to_value', fields.TextField(null=True, unique=False)),
                ('reason', fields.TextField(null=True, unique=False)),
                ('actor_name', fields.TextField(unique=False)),
                ('member_id', fields.BigIntField(null=True)),
                ('mandate', fields.CharField(null=True, max_length=20)),
                ('logged_at', MomentField()),
            ],
            options={'table': 'backlog_log', 'app': 'touchline', 'indexes': [Index(fields=['item_id', 'logged_at', 'id']), Index(fields=['backlog_id', 'kind', 'logged_at'])], 'pk_attr': 'id', 'table_description': 'What was done with an item: written once and never changed. States are told by it alone.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='BacklogMandate',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('backlog_id', fields.BigIntField()),
                ('member_id', fields.BigIntField()),
                ('kind', fields.CharField(max_length=20)),
                ('reason', fields.TextField(unique=False)),
                ('actor_name', fields.TextField(unique=False)),
                ('began_at', MomentField()),
                ('ends_at', MomentField()),
            ],
            options={'table': 'backlog_mandate', 'app': 'touchline', 'indexes': [Index(fields=['backlog_id', 'ends_at', 'id'])], 'pk_attr': 'id', 'table_description': "Somebody may act in the Owner's place until an instant: by the Owner's word, or by breaking"},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='BacklogVote',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('item_id', fields.BigIntField()),
                ('member_id', fields.BigIntField()),
                ('voted_at', MomentField()),
            ],
            options={'table': 'backlog_vote', 'app': 'touchline', 'unique_together': (('item_id', 'member_id'),), 'pk_attr': 'id', 'table_description': 'A member is for an item.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='BacklogWipLimit',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('backlog_id', fields.BigIntField()),
                ('scope', fields.CharField(max_length=20)),
                ('most', fields.IntField()),
            ],
            options={'table': 'backlog_wip_limit', 'app': 'touchline', 'unique_together': (('backlog_id', 'scope'),), 'pk_attr': 'id', 'table_description': 'How much may be under way at once.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='BusinessGoal',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=100)),
                ('name_key', fields.CharField(unique=True, max_length=200)),
                ('kind', fields.CharField(max_length=20)),
                ('actor_name', fields.TextField(unique=False)),
                ('created_at', MomentField()),
            ],
            options={'table': 'business_goal', 'app': 'touchline', 'pk_attr': 'id', 'table_description': 'What the team is after, for which items are done.'},
            bases=['Model'],
        ),
    ]
