from tortoise import fields, migrations
from tortoise.migrations import operations as ops

_NAMES = (
    ("goal id", "goal", "business_goal", "name"),
    ("segment id", "segment", "segment", "name"),
    ("campaign id", "campaign", "campaign", "name"),
)
_FORMULAS = ("WSJF", "RICE", "ICE", "VALUE_EFFORT")
_PROPOSAL = "by proposal "


def _named(column: str, reason: str, table: str, name: str) -> str:
    """A key becomes the name of what it is the key of."""
    return (
        f"UPDATE backlog_log SET {column} = COALESCE((SELECT n.{name} FROM {table} n"
        f" WHERE CAST(n.id AS TEXT) = backlog_log.{column}), {column})"
        f" WHERE kind = 'EDIT' AND reason = '{reason}' AND {column} IS NOT NULL"
    )


def _listed(column: str, which: str, table: str) -> str:
    """A list of keys, such as ``[3,14]``, becomes the titles of what they are the keys of."""
    keys = f"replace(replace(backlog_log.{column}, '[', ','), ']', ',')"
    titles = (
        f"SELECT string_agg('“' || n.title || '”', ', ') FROM {table} n"
        f" WHERE {keys} LIKE '%,' || CAST(n.id AS TEXT) || ',%'"
    )
    return (
        f"UPDATE backlog_log SET {column} = COALESCE(({titles}), 'nothing')"
        f" WHERE {which} AND {column} LIKE '[%]'"
    )


class Migration(migrations.Migration):
    """Lines of history that held keys of rows tell of titles and names, as these are now."""

    dependencies = [('touchline', '0047_experiment_start_reason')]

    initial = False

    operations = [
        ops.AddField(
            model_name='BacklogLog',
            name='title',
            field=fields.TextField(null=True, unique=False),
        ),
        ops.RunSQL(
            "UPDATE backlog_log SET title = reason WHERE kind = 'SUGGESTION'"
            " AND to_value = 'PROPOSED'"
        ),
        ops.RunSQL(
            "UPDATE backlog_log SET to_value = 'behind “' || (SELECT i.title FROM backlog_item i"
            " WHERE i.id = CAST(substr(backlog_log.to_value, 8) AS BIGINT)) || '”'"
            " WHERE kind = 'ORDER' AND to_value LIKE 'behind %' AND to_value NOT LIKE '%“%'"
        ),
        *(
            ops.RunSQL(
                f"UPDATE backlog_log SET reason = replace(reason, '{_PROPOSAL}',"
                f" '{_PROPOSAL}BacklogOrderProposal_') WHERE kind = 'ORDER'"
                f" AND reason LIKE '{formula}, {_PROPOSAL}%' AND reason NOT LIKE '%Proposal!_%' ESCAPE '!'"
            )
            for formula in _FORMULAS
        ),
        *(
            ops.RunSQL(_named(column, reason, table, name))
            for reason, _, table, name in _NAMES
            for column in ("from_value", "to_value")
        ),
        *(
            ops.RunSQL(
                f"UPDATE backlog_log SET reason = '{shown}' WHERE kind = 'EDIT' AND reason = '{reason}'"
            )
            for reason, shown, _, _ in _NAMES
        ),
        *(
            ops.RunSQL(_listed(column, which, table))
            for which, table in (
                ("kind = 'DEPENDENCIES'", "backlog_item"),
                ("kind = 'EDIT' AND reason = 'asset ids'", "content_asset"),
            )
            for column in ("from_value", "to_value")
        ),
        ops.RunSQL(
            "UPDATE backlog_log SET reason = 'content assets' WHERE kind = 'EDIT'"
            " AND reason = 'asset ids'"
        ),
    ]
