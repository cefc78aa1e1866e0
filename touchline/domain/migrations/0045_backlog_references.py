from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('touchline', '0044_backlog_order_proposals')]

    initial = False

    operations = [
        ops.CreateModel(
            name='BacklogReference',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('backlog_id', fields.BigIntField()),
                ('reference', fields.CharField(max_length=200)),
                ('item_id', fields.BigIntField()),
            ],
            options={'table': 'backlog_reference', 'app': 'touchline', 'unique_together': (('backlog_id', 'reference'),), 'indexes': [Index(fields=['item_id', 'id'])], 'pk_attr': 'id', 'table_description': 'How an item is called where it came from, so that it is brought in once.'},
            bases=['Model'],
        ),
    ]
