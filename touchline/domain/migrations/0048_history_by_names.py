from tortoise import fields, migrations
from tortoise.migrations import operations as ops

_NAMES = (
    ("goal id", "goal", "business_goal", "name"),
    ("segment id", "segment", "segment", "name"),
    ("campaign id", "campaign", "campaign", "name"),
)
_FORMULAS = ("WSJF", "RICE", "ICE", "VALUE_EFFORT")
_PROPOSAL = "by proposal "


def _named(side: str, reason: str, table: str, name: str) -> str:
    """Beside a key, the name of what it is the key of."""
    return (
        f"UPDATE backlog_log SET {side}_name = (SELECT n.{name} FROM {table} n"
        f" WHERE CAST(n.id AS TEXT) = backlog_log.{side}_value)"
        f" WHERE kind = 'EDIT' AND reason = '{reason}' AND {side}_value IS NOT NULL"
    )


def _listed(side: str, which: str, table: str) -> str:
    """Beside a list of keys, such as ``[3,14]``, the titles of what they are the keys of."""
    keys = f"replace(replace(backlog_log.{side}_value, '[', ','), ']', ',')"
    titles = (
        f"SELECT string_agg('“' || n.title || '”', ', ') FROM {table} n"
        f" WHERE {keys} LIKE '%,' || CAST(n.id AS TEXT) || ',%'"
    )
    return (
        f"UPDATE backlog_log SET {side}_name = COALESCE(({titles}), 'nothing')"
        f" WHERE {which} AND {side}_value LIKE '[%]'"
    )


class Migration(migrations.Migration):
    """Lines of history that hold keys of rows tell of titles and names, as these are now."""

    dependencies = [('touchline', '0047_experiment_start_reason')]

    initial = False

    operations = [
        ops.AddField(
            model_name='BacklogLog',
            name='from_name',
            field=fields.TextField(null=True, unique=False),
        ),
        ops.AddField(
            model_name='BacklogLog',
            name='to_name',
            field=fields.TextField(null=True, unique=False),
        ),
        ops.RunSQL(
            "UPDATE backlog_log SET from_name = reason WHERE kind = 'SUGGESTION'"
            " AND to_value = 'PROPOSED'"
        ),
        ops.RunSQL(
            "UPDATE backlog_log SET to_name = 'behind “' || (SELECT i.title FROM backlog_item i"
            " WHERE i.id = CAST(substr(backlog_log.to_value, 8) AS BIGINT)) || '”'"
            " WHERE kind = 'ORDER' AND to_value LIKE 'behind %'"
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
            ops.RunSQL(_named(side, reason, table, name))
            for reason, _, table, name in _NAMES
            for side in ("from", "to")
        ),
        *(
            ops.RunSQL(
                f"UPDATE backlog_log SET reason = '{shown}' WHERE kind = 'EDIT' AND reason = '{reason}'"
            )
            for reason, shown, _, _ in _NAMES
        ),
        *(
            ops.RunSQL(_listed(side, which, table))
            for which, table in (
                ("kind = 'DEPENDENCIES'", "backlog_item"),
                ("kind = 'EDIT' AND reason = 'asset ids'", "content_asset"),
            )
            for side in ("from", "to")
        ),
        ops.RunSQL(
            "UPDATE backlog_log SET reason = 'content assets' WHERE kind = 'EDIT'"
            " AND reason = 'asset ids'"
        ),
    ]
