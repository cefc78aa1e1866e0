from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """Builds ask to be woken in their own names, no longer in that of their model."""

    dependencies = [("touchline", "0040_customers_set_aside")]

    initial = False

    operations = [
        ops.AddField(
            model_name="ScoringBuild",
            name="follows_id",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="ScoringBuild",
            name="tell_up_to",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="ScoringBuild",
            name="told_up_to",
            field=fields.BigIntField(null=True),
        ),
        ops.RunSQL("DELETE FROM wake WHERE owner LIKE 'score:%'"),
        ops.RunSQL(
            "INSERT INTO wake (owner, customer_id, wake_at)"
            " SELECT 'score_build:' || b.id, s.customer_id, s.wake_at FROM customer_score s"
            " JOIN scoring_build b ON b.id = s.build_id"
            " WHERE b.status IN ('COUNTS', 'MAKING') AND s.wake_at IS NOT NULL"
        ),
    ]
