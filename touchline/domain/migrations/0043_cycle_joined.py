from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('touchline', '0042_backlog_suggestions')]

    initial = False

    operations = [
        ops.AlterModelOptions(
            name='CycleItem',
            options={'table': 'backlog_cycle_item', 'app': 'touchline', 'unique_together': (('cycle_id', 'item_id'),), 'indexes': [Index(fields=['item_id', 'id'])], 'pk_attr': 'id', 'table_description': 'An item of a cycle. ``is_carried``: an earlier one had left it over.'},
        ),
        ops.AddField(
            model_name='CycleItem',
            name='joined_at',
            field=MomentField(null=True),
        ),
    ]
