from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('touchline', '0034_backlog'), ('touchline', '0034_stages_anew')]

    initial = False

    operations = [
        ops.CreateModel(
            name='UtmNameRule',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('part', fields.CharField(unique=True, max_length=20)),
                ('patterns', fields.TextField(unique=False)),
                ('actor_name', fields.TextField(unique=False)),
                ('changed_at', MomentField()),
            ],
            options={'table': 'utm_name_rule', 'app': 'touchline', 'pk_attr': 'id', 'table_description': 'What names a part of campaigns may have: patterns with blanks between.'},
            bases=['Model'],
        ),
    ]
