"""What others may read of stages."""

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

IN_STAGE = Condition(
    "EXISTS (SELECT 1 FROM customer_stage stands WHERE stands.customer_id = {t}.id"
    " AND stands.stage_id = {value})",
    Kind.KEY,
)
"""Filters customers."""
