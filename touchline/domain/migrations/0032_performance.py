from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('touchline', '0031_rates')]

    initial = False

    operations = [
        ops.CreateModel(
            name='AssetChannelDay',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('asset_id', fields.BigIntField()),
                ('day', fields.IntField()),
                ('channel_id', fields.BigIntField()),
                ('reads', fields.BigIntField()),
                ('views', fields.BigIntField()),
                ('clicks', fields.BigIntField()),
                ('shares', fields.BigIntField()),
                ('conversions', fields.BigIntField()),
                ('assisted', fields.BigIntField()),
                ('computed_at', MomentField()),
            ],
            options={'table': 'asset_channel_day', 'app': 'touchline', 'unique_together': (('asset_id', 'day', 'channel_id'),), 'pk_attr': 'id', 'table_description': 'The figures of an asset on a day by a channel. Channel 0 is none.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AssetConversion',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('asset_id', fields.BigIntField()),
                ('day', fields.IntField()),
                ('customer_id', fields.BigIntField()),
                ('conversion_id', fields.BigIntField()),
                ('origin_id', fields.BigIntField()),
                ('is_assist', fields.BooleanField()),
                ('value_minor', fields.BigIntField(null=True)),
                ('currency', fields.CharField(null=True, max_length=3)),
            ],
            options={'table': 'asset_conversion', 'app': 'touchline', 'unique_together': (('conversion_id', 'asset_id'),), 'indexes': [Index(fields=['customer_id']), Index(fields=['asset_id', 'day'])], 'pk_attr': 'id', 'table_description': 'A conversion in which an asset took part, on the day of the conversion.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AssetDay',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('asset_id', fields.BigIntField()),
                ('day', fields.IntField()),
                ('reads', fields.BigIntField()),
                ('readers', fields.BigIntField()),
                ('views', fields.BigIntField()),
                ('clicks', fields.BigIntField()),
                ('shares', fields.BigIntField()),
                ('conversions', fields.BigIntField()),
                ('assisted', fields.BigIntField()),
                ('computed_at', MomentField()),
            ],
            options={'table': 'asset_day', 'app': 'touchline', 'unique_together': (('asset_id', 'day'),), 'pk_attr': 'id', 'table_description': 'The figures of an asset on a day.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AssetDelta',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('asset_id', fields.BigIntField()),
                ('day', fields.IntField()),
                ('origin_id', fields.BigIntField()),
                ('link_id', fields.BigIntField()),
                ('reads', fields.BigIntField()),
                ('views', fields.BigIntField()),
                ('clicks', fields.BigIntField()),
                ('shares', fields.BigIntField()),
            ],
            options={'table': 'asset_delta', 'app': 'touchline', 'pk_attr': 'id', 'table_description': 'Touchpoints that were appended, and that ``asset_origin_day`` does not hold yet.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AssetOriginDay',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('asset_id', fields.BigIntField()),
                ('day', fields.IntField()),
                ('origin_id', fields.BigIntField()),
                ('link_id', fields.BigIntField()),
                ('reads', fields.BigIntField()),
                ('views', fields.BigIntField()),
                ('clicks', fields.BigIntField()),
                ('shares', fields.BigIntField()),
            ],
            options={'table': 'asset_origin_day', 'app': 'touchline', 'unique_together': (('asset_id', 'day', 'origin_id', 'link_id'),), 'indexes': [Index(fields=['link_id', 'day'])], 'pk_attr': 'id', 'table_description': 'What happened with an asset on a day, by origin and, of clicks, by tracked link.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AssetReader',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('asset_id', fields.BigIntField()),
                ('day', fields.IntField()),
                ('customer_id', fields.BigIntField()),
            ],
            options={'table': 'asset_reader', 'app': 'touchline', 'unique_together': (('asset_id', 'day', 'customer_id'),), 'indexes': [Index(fields=['customer_id'])], 'pk_attr': 'id', 'table_description': 'A customer read an asset on a day.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AssetValueDay',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('asset_id', fields.BigIntField()),
                ('day', fields.IntField()),
                ('channel_id', fields.BigIntField()),
                ('currency', fields.CharField(max_length=3)),
                ('value_minor', fields.BigIntField()),
            ],
            options={'table': 'asset_value_day', 'app': 'touchline', 'unique_together': (('asset_id', 'day', 'channel_id', 'currency'),), 'pk_attr': 'id', 'table_description': 'What the conversions of an asset on a day are worth, by channel and currency.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='ContentAsset',
            name='conversion_count',
            field=fields.BigIntField(db_default=0),
        ),
        ops.AddField(
            model_name='ContentAsset',
            name='read_count',
            field=fields.BigIntField(db_default=0),
        ),
        ops.AddIndex(
            model_name='ContentAsset',
            index=Index(fields=['read_count', 'id']),
        ),
        ops.AddIndex(
            model_name='ContentAsset',
            index=Index(fields=['conversion_count', 'id']),
        ),
    ]
