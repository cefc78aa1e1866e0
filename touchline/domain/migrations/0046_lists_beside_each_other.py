from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class DropColumn(ops.RemoveField):
    """On SQLite the table would be copied, without its constraints and its other indexes."""

    async def database_forward(
        self, app_label: str, old_state: Any, new_state: Any, state_editor: Any = None
    ) -> None:
        table = old_state.apps.get_model(f"{app_label}.{self.model_name}")._meta.db_table
        drop = ops.RunSQL(f'ALTER TABLE "{table}" DROP COLUMN "{self.name}"')
        await drop.database_forward(app_label, old_state, new_state, state_editor)


class Migration(migrations.Migration):
    """The list that was shown stays; it is that of the build of the primary model."""

    dependencies = [('touchline', '0045_backlog_references')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CustomerList',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('is_shown', fields.BooleanField()),
            ],
            options={'table': 'customer_list', 'app': 'touchline', 'pk_attr': 'id', 'table_description': 'All customers, sorted by score. One list is shown, others are being made for it to follow.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='CustomerRank',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('list_id', fields.BigIntField()),
                ('customer_id', fields.BigIntField()),
                ('rank', fields.BigIntField()),
            ],
            options={'table': 'customer_rank', 'app': 'touchline', 'unique_together': (('customer_id', 'list_id'),), 'indexes': [Index(fields=['list_id', 'rank', 'customer_id'])], 'pk_attr': 'id', 'table_description': 'Where a customer stands in a list, the greatest rank first. Without a score it is 0.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='TagRank',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('list_id', fields.BigIntField()),
                ('tag_id', fields.BigIntField()),
                ('customer_id', fields.BigIntField()),
                ('rank', fields.BigIntField()),
            ],
            options={'table': 'tag_rank', 'app': 'touchline', 'unique_together': (('customer_id', 'tag_id', 'list_id'),), 'indexes': [Index(fields=['list_id', 'tag_id', 'rank', 'customer_id'])], 'pk_attr': 'id', 'table_description': 'Where a customer who has a tag stands in a list: ``customer_rank`` by tag, in one index.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='ScoringBuild',
            name='list_id',
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name='ScoringBuild',
            name='sorted_up_to',
            field=fields.BigIntField(null=True),
        ),
        ops.RunSQL("INSERT INTO customer_list (is_shown) VALUES (TRUE)"),
        ops.RunSQL(
            "INSERT INTO customer_rank (list_id, customer_id, rank)"
            " SELECT l.id, c.id, c.score_rank FROM customer_list l CROSS JOIN customer c"
        ),
        ops.RunSQL(
            "INSERT INTO tag_rank (list_id, tag_id, customer_id, rank)"
            " SELECT l.id, t.tag_id, t.customer_id, t.score_rank FROM customer_list l"
            " CROSS JOIN customer_tag t WHERE t.is_on = TRUE"
        ),
        ops.RunSQL(
            "UPDATE scoring_build SET list_id = (SELECT l.id FROM customer_list l)"
            " WHERE id IN (SELECT m.build_id FROM scoring_model m WHERE m.is_primary = TRUE)"
        ),
        ops.RemoveIndex(
            model_name='Customer',
            name=None,
            fields=['score_rank', 'id'],
        ),
        DropColumn(model_name='Customer', name='score_rank'),
        ops.RemoveIndex(
            model_name='CustomerTag',
            name=None,
            fields=['tag_id', 'is_on', 'score_rank', 'customer_id'],
        ),
        DropColumn(model_name='CustomerTag', name='score_rank'),
        ops.AddIndex(
            model_name='CustomerTag',
            index=Index(fields=['tag_id', 'is_on', 'customer_id']),
        ),
    ]
