"""What others may read of identifiers and merges."""

from touchline.domain.kernel.relations import (
    Condition,
    Kind,
    contains_pattern,
    document,
    flag,
    key,
    moment,
    relation,
    text,
)

IDENTIFIER = relation(
    "identifier",
    key(),
    key("customer_id"),
    text("kind"),
    text("value"),
    moment("first_seen_at"),
    moment("last_seen_at"),
)

MERGE = relation(
    "identity_merge",
    key(),
    key("survivor_id"),
    moment("merged_at"),
    flag("automatic"),
    text("reason", nullable=True),
    text("actor_name", nullable=True),
    document("absorbed_side"),
)

STILL_HOLDS = "{t}.undone_at IS NULL"
HAS_KIND = Condition(
    "EXISTS (SELECT 1 FROM identifier i WHERE i.customer_id = {t}.id AND i.kind = {value})",
    Kind.TEXT,
    prepare=str.lower,
)
NAME_OR_IDENTIFIER_CONTAINS = Condition(
    "(lower({t}.display_name) LIKE {value} ESCAPE '!' OR EXISTS (SELECT 1 FROM identifier i"
    " WHERE i.customer_id = {t}.id AND lower(i.value) LIKE {value} ESCAPE '!'))",
    Kind.TEXT,
    prepare=contains_pattern,
)
