"""What others may read of stages."""

from touchline.domain.customers.relations import CUSTOMER, rolled_up
from touchline.domain.kernel.relations import (
    Condition,
    Kind,
    key,
    moment,
    number,
    relation,
    text,
)

STAGE = relation(
    "stage",
    key(),
    text("name"),
    text("description", nullable=True),
    number("place"),
    text("condition", nullable=True),
    text("condition_summary", nullable=True),
    key("condition_id", sql="({t}.id * 8 + 2)"),
    number("customer_count"),
    moment("created_at"),
    key("task_id", nullable=True),
)

CUSTOMER_STAGE = relation(
    "customer_stage",
    key(),
    key("customer_id"),
    key("stage_id"),
    text("name", sql="(SELECT s.name FROM stage s WHERE s.id = {t}.stage_id)"),
    moment("since"),
    text("actor_name", nullable=True),
    text("reason", nullable=True),
    text("set_by", sql="CASE WHEN {t}.actor_name IS NULL THEN 'RULE' ELSE 'PERSON' END"),
)

STAGE_CHANGE = relation(
    "stage_change",
    key(),
    key("customer_id"),
    key("from_id", nullable=True),
    key("to_id", nullable=True),
    moment("at"),
    text("actor_name", nullable=True),
    text("reason", nullable=True),
    text("set_by", sql="CASE WHEN {t}.actor_name IS NULL THEN 'RULE' ELSE 'PERSON' END"),
)

# How many people of an account are in a stage.
_OF_PEOPLE = rolled_up("customer_stage", "stage_id")
ACCOUNT_STAGE_COUNT = relation(
    _OF_PEOPLE.source,
    key(),
    key("account_id"),
    key("stage_id"),
    key("account_stage_id", sql="{t}.account_id * 1048576 + {t}.stage_id"),
    number("people", sql=_OF_PEOPLE.people),
    number("place", sql="SELECT s.place FROM stage s WHERE s.id = {t}.stage_id"),
)
IS_FIRST_OF_STAGE = _OF_PEOPLE.is_first

# The stage of an account: the furthest in which one of its people is.
STAGE_OF_ACCOUNT = relation(
    "(SELECT s.id, u.account_id, s.name, s.description, s.place, s.condition,"
    " s.condition_summary, s.customer_count, s.created_at, s.task_id"
    f" FROM {CUSTOMER.table} u JOIN customer_stage own ON own.customer_id = u.id"
    " JOIN stage s ON s.id = own.stage_id"
    f" WHERE NOT EXISTS (SELECT 1 FROM {CUSTOMER.table} other"
    " CROSS JOIN customer_stage held CROSS JOIN stage further"
    " WHERE other.account_id = u.account_id AND held.customer_id = other.id"
    " AND further.id = held.stage_id AND (further.place > s.place"
    " OR (further.place = s.place AND (further.id > s.id"
    " OR (further.id = s.id AND held.id < own.id))))))",
    key("account_id"),
    *STAGE.columns.values(),
)

IN_STAGE = Condition(
    "EXISTS (SELECT 1 FROM customer_stage stands WHERE stands.customer_id = {t}.id"
    " AND stands.stage_id = {value})",
    Kind.KEY,
)
"""Filters customers."""
