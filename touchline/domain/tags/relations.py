"""What others may read of tags."""

from touchline.domain.customers.relations import CUSTOMER, SHOWN_LIST, rolled_up
from touchline.domain.kernel.relations import (
    Condition,
    Kind,
    Lead,
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

TAG = relation(
    "tag",
    key(),
    text("name"),
    text("category", nullable=True),
    text("color", nullable=True),
    text("description", nullable=True),
    number("customer_count"),
    moment("created_at"),
)

CUSTOMER_TAG = relation(
    "customer_tag",
    key(),
    key("customer_id"),
    key("tag_id"),
    text("state"),
    flag("is_on"),
    moment("set_at"),
    moment("expires_at", nullable=True),
    key("rule_id", nullable=True),
    number("rule_version", nullable=True),
    text("actor_name", nullable=True),
    key("touchpoint_id", nullable=True),
    key("source_id", nullable=True),
    text(
        "set_by",
        sql="CASE WHEN {t}.rule_id IS NOT NULL THEN 'RULE'"
        " WHEN {t}.source_id IS NOT NULL THEN 'SOURCE' ELSE 'PERSON' END",
    ),
)

# The tags that people of an account have, in an order of their own: the commonest first.
_OF_PEOPLE = rolled_up("customer_tag", "tag_id", "{t}.is_on = TRUE")
ACCOUNT_TAG = relation(
    _OF_PEOPLE.source,
    key(),
    key("account_id"),
    key("tag_id"),
    key("account_tag_id", sql="{t}.account_id * 1048576 + {t}.tag_id"),
    number("people", sql=_OF_PEOPLE.people),
    number("place", sql=f"-({_OF_PEOPLE.people})"),
    text("name", sql="SELECT g.name FROM tag g WHERE g.id = {t}.tag_id"),
)
IS_FIRST_OF_TAG = _OF_PEOPLE.is_first

NAME_CONTAINS = Condition(
    "{t}.name_key LIKE {value} ESCAPE '!'", Kind.TEXT, prepare=contains_pattern
)
OF_CATEGORY = equals("category")
"""Filters of tags; the next one filters customers."""

HAS_TAG = Condition(
    "{t}.id IN (SELECT has.customer_id FROM customer_tag has"
    " WHERE has.tag_id = {value} AND has.is_on)",
    Kind.KEY,
    lead=Lead(
        order="score_rank",
        source=f"tag_rank d JOIN {CUSTOMER.table} u ON u.id = d.customer_id",
        sql=f"d.list_id = {SHOWN_LIST} AND d.tag_id = {{value}}",
        names={"score_rank": "d.rank", "id": "d.customer_id"},
    ),
)

_RULE_STATUS = unless_failed(
    "{t}.status", f"SELECT k.status FROM {TASK.table} k WHERE k.id = {{t}}.task_id"
)
TAG_RULE = relation(
    "tag_rule",
    key(),
    key("tag_id"),
    text("name"),
    text("status", sql=_RULE_STATUS),
    number("version"),
    number("published_version", nullable=True),
    text("effect"),
    text("condition", sql="CAST({t}.condition AS TEXT)"),
    text("condition_summary"),
    key("condition_id", sql="({t}.id * 8 + 1)"),
    number("matched_count"),
    key("task_id", nullable=True),
    text("actor_name"),
    moment("created_at"),
    moment("updated_at"),
)
OF_TAG = equals("tag_id", Kind.KEY)
IN_STATUS = Condition(f"{_RULE_STATUS} = {{value}}", Kind.TEXT)
"""Filters of tag rules."""
