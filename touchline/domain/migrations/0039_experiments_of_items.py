from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('touchline', '0038_cycles')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Experiment',
            name='item_id',
            field=fields.BigIntField(null=True),
        ),
        ops.AddIndex(
            model_name='Experiment',
            index=Index(fields=['item_id']),
        ),
    ]
