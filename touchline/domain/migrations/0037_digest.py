from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('touchline', '0036_forecasts')]

    initial = False

    operations = [
        ops.CreateModel(
            name='DigestDelivery',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('edition_id', fields.BigIntField()),
                ('target_id', fields.BigIntField()),
                ('state', fields.CharField(max_length=10)),
                ('attempts', fields.IntField(default=0)),
                ('error', fields.TextField(null=True, unique=False)),
                ('held_until', MomentField(null=True)),
                ('sent_at', MomentField(null=True)),
                ('created_at', MomentField()),
            ],
            options={'table': 'digest_delivery', 'app': 'touchline', 'unique_together': (('edition_id', 'target_id'),), 'pk_attr': 'id', 'table_description': 'An edition on its way to a target: one row for both, whoever asks.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='DigestEdition',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('due_at', MomentField(unique=True)),
                ('title', fields.TextField(unique=False)),
                ('markdown', fields.TextField(unique=False)),
                ('created_at', MomentField()),
            ],
            options={'table': 'digest_edition', 'app': 'touchline', 'pk_attr': 'id', 'table_description': 'The update of a week, as it was written when it was due. ``due_at`` is its end.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='DigestTarget',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=10)),
                ('address', fields.TextField(unique=False)),
                ('shown', fields.TextField(unique=False)),
                ('address_key', fields.CharField(null=True, unique=True, max_length=64)),
                ('actor_name', fields.TextField(unique=False)),
                ('created_at', MomentField()),
                ('removed_at', MomentField(null=True)),
            ],
            options={'table': 'digest_target', 'app': 'touchline', 'pk_attr': 'id', 'table_description': 'Where the update is sent: an incoming webhook, or a mailbox.'},
            bases=['Model'],
        ),
    ]
