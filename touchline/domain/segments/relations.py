"""What others may read of segments."""

from touchline.domain.kernel.relations import (
    Condition,
    Kind,
    contains_pattern,
    equals,
    flag,
    key,
    moment,
    number,
    relation,
    text,
)
from touchline.domain.tasks.relations import TASK, unless_failed

_STATUS = unless_failed(
    "CASE WHEN {t}.archived_at IS NOT NULL THEN 'ARCHIVED'"
    " WHEN {t}.building_version IS NULL THEN 'READY' ELSE 'BUILDING' END",
    f"SELECT k.status FROM {TASK.table} k WHERE k.id = {{t}}.task_id",
)

SEGMENT = relation(
    "segment",
    key(),
    key("segment_id", sql="{t}.id"),
    text("name"),
    text("description", nullable=True),
    text("status", sql=_STATUS),
    flag("is_static"),
    text("condition"),
    text("condition_summary"),
    key("condition_id", sql="({t}.id * 8)"),
    number("version"),
    number("member_count"),
    moment("computed_at"),
    moment("created_at"),
    moment("archived_at", nullable=True),
    number("building_version", nullable=True),
    key("task_id", nullable=True),
    standing="{t}.archived_at IS NULL",
)

# The segments of a customer: the id of a row is that of the membership.
SEGMENT_OF_CUSTOMER = relation(
    "(SELECT m.id, m.segment_id, m.customer_id, s.name, s.description, s.is_static, s.condition,"
    " s.condition_summary, s.version, s.member_count, s.computed_at, s.created_at, s.archived_at,"
    " s.building_version, s.task_id"
    " FROM segment_member m JOIN segment s ON s.id = m.segment_id)",
    key(),
    key("customer_id"),
    *[column for name, column in SEGMENT.columns.items() if not name.endswith("id")],
    key("segment_id"),
    key("task_id", nullable=True),
    key("condition_id", sql="({t}.segment_id * 8)"),
)

SIZE_OF_SEGMENT = "(SELECT reached.member_count FROM segment reached WHERE reached.id = {key})"
"""How many customers are in the segment ``{key}``, as SQL for relations of other capabilities."""

IN_SEGMENT = Condition(
    "{t}.id IN (SELECT belongs.customer_id FROM segment_member belongs"
    " WHERE belongs.segment_id = {value})",
    Kind.KEY,
)
"""Filters customers; the next ones filter segments."""

NAME_CONTAINS = Condition(
    "{t}.name_key LIKE {value} ESCAPE '!'", Kind.TEXT, prepare=contains_pattern
)
IS_STATIC = equals("is_static", Kind.BOOLEAN)
IN_STATUS = Condition(f"{_STATUS} = {{value}}", Kind.TEXT)
