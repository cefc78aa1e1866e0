from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('touchline', '0039_experiments_of_items')]

    initial = False

    operations = [
        ops.CreateModel(
            name='SetAside',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('customer_id', fields.BigIntField(unique=True)),
                ('error', fields.CharField(max_length=500)),
                ('failed_at', MomentField()),
            ],
            options={'table': 'set_aside', 'app': 'touchline', 'pk_attr': 'id', 'table_description': 'A customer whom no judge could judge: by which error, and when it was last tried.'},
            bases=['Model'],
        ),
    ]
