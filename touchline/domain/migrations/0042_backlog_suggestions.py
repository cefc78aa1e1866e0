from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import PresentIndex
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('touchline', '0041_backlog_measured'), ('touchline', '0041_publishing_tells_after_the_swap')]

    initial = False

    operations = [
        ops.AddField(
            model_name='BacklogItem',
            name='based_on_id',
            field=fields.BigIntField(null=True),
        ),
        ops.AddIndex(
            model_name='BacklogItem',
            index=PresentIndex(fields=['based_on_id', 'created_at', 'id']),
        ),
    ]
