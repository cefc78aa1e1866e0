from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('touchline', '0032_performance')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ChannelFormerName',
            fields=[
                ('name_key', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=200)),
                ('channel_id', fields.BigIntField()),
            ],
            options={'table': 'channel_former_name', 'app': 'touchline', 'pk_attr': 'name_key', 'table_description': 'What a channel was called once: senders and rules that say so still mean it.'},
            bases=['Model'],
        ),
        ops.AlterModelOptions(
            name='Channel',
            options={'table': 'channel', 'app': 'touchline', 'indexes': [Index(fields=['name', 'id'])], 'pk_attr': 'id', 'table_description': 'A way by which people come. ``name_key`` is its name in one case.'},
        ),
    ]
