from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('touchline', '0033_experiments'), ('touchline', '0033_former_names_of_channels')]

    initial = False

    operations = [
        ops.CreateModel(
            name='StageMeant',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('customer_id', fields.BigIntField(unique=True)),
                ('stage_id', fields.BigIntField()),
                ('by_word', fields.BooleanField()),
            ],
            options={'table': 'stage_meant', 'app': 'touchline', 'pk_attr': 'id', 'table_description': 'Where a customer is to be, while all are placed. Empty between two transactions.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Stage',
            name='build_id',
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name='Stage',
            name='is_changing',
            field=fields.BooleanField(db_default=False),
        ),
        ops.AddField(
            model_name='Stage',
            name='is_leaving',
            field=fields.BooleanField(db_default=False),
        ),
        ops.AddField(
            model_name='Stage',
            name='next_condition',
            field=fields.TextField(null=True, unique=False),
        ),
        ops.AddField(
            model_name='Stage',
            name='next_place',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='Stage',
            name='next_summary',
            field=fields.TextField(null=True, unique=False),
        ),
        ops.AddField(
            model_name='Stage',
            name='task_id',
            field=fields.BigIntField(null=True),
        ),
    ]
