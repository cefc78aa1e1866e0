from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('touchline', '0046_lists_beside_each_other')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Experiment',
            name='start_reason',
            field=fields.TextField(null=True, unique=False),
        ),
    ]
