from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """Nothing can be published on a channel before it is there."""

    dependencies = [("touchline", "0028_conversions")]

    initial = False

    operations = [
        ops.RunSQL(
            "INSERT INTO channel (name, name_key, created_at) VALUES"
            " ('Affiliates', 'affiliates', 0),"
            " ('AI assistants', 'ai assistants', 0),"
            " ('Direct', 'direct', 0),"
            " ('Display', 'display', 0),"
            " ('E-mail', 'e-mail', 0),"
            " ('Messengers', 'messengers', 0),"
            " ('No arrival', 'no arrival', 0),"
            " ('Organic search', 'organic search', 0),"
            " ('Organic social', 'organic social', 0),"
            " ('Other campaigns', 'other campaigns', 0),"
            " ('Paid search', 'paid search', 0),"
            " ('Paid social', 'paid social', 0),"
            " ('Push', 'push', 0),"
            " ('Referrals', 'referrals', 0),"
            " ('SMS', 'sms', 0)"
            " ON CONFLICT (name_key) DO NOTHING"
        ),
    ]
