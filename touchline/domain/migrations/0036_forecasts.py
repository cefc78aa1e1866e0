from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('touchline', '0035_names_of_campaigns')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CustomerForecast',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('forecast_id', fields.BigIntField()),
                ('customer_id', fields.BigIntField()),
                ('currency', fields.CharField(max_length=3)),
                ('purchases_micro', fields.BigIntField()),
                ('active_micro', fields.BigIntField()),
                ('value_minor', fields.BigIntField()),
            ],
            options={'table': 'customer_forecast', 'app': 'touchline', 'unique_together': (('customer_id', 'forecast_id'),), 'indexes': [Index(fields=['forecast_id', 'id'])], 'pk_attr': 'id', 'table_description': 'What a customer is expected to bring in, by the current forecast of a currency.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LifetimeForecast',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('task_id', fields.BigIntField(unique=True)),
                ('currency', fields.CharField(max_length=3)),
                ('horizon', fields.BigIntField()),
                ('is_current', fields.BooleanField(default=False)),
                ('parameters', JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ('fitted_on', JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ('held_out', JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ('expected_minor', fields.BigIntField(null=True)),
                ('actor_name', fields.TextField(unique=False)),
                ('created_at', MomentField()),
                ('computed_at', MomentField(null=True)),
            ],
            options={'table': 'lifetime_forecast', 'app': 'touchline', 'indexes': [Index(fields=['created_at', 'id']), Index(fields=['currency', 'created_at'])], 'pk_attr': 'id', 'table_description': 'A wish for a forecast in a currency, what the models were fitted on, and their parameters.'},
            bases=['Model'],
        ),
    ]
