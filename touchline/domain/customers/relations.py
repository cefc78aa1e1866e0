"""What others may read of customers, their traits and their accounts."""

from dataclasses import dataclass

from touchline.domain.kernel.relations import (
    Condition,
    Kind,
    Lead,
    at_least,
    below,
    contains_pattern,
    document,
    equals,
    flag,
    key,
    moment,
    number,
    relation,
    text,
)

_STANDING = "{t}.merged_into_id IS NULL"
# An absorbed customer is found as the one that stands at the end of its chain of merges.
# Most stand themselves, and are found at once.
_SURVIVOR = """{t}.id = coalesce((
    SELECT c.id FROM customer c WHERE c.id = {value} AND c.merged_into_id IS NULL
), (
    WITH RECURSIVE chain(id, next, hops) AS (
        SELECT c.id, c.merged_into_id, 0 FROM customer c WHERE c.id = {value}
        UNION ALL
        SELECT c.id, c.merged_into_id, chain.hops + 1
        FROM chain JOIN customer c ON c.id = chain.next
        WHERE chain.hops < 100
    )
    SELECT chain.id FROM chain WHERE chain.next IS NULL
))"""

# Where each customer stands in each list by score that is kept.
CUSTOMER_RANK = relation("customer_rank", key(), key("list_id"), key("customer_id"), number("rank"))
SHOWN_LIST = "(SELECT l.id FROM customer_list l WHERE l.is_shown = TRUE)"
"""The list by which customers are sorted by score just now, as SQL."""
SCORE_RANK = (
    "COALESCE((SELECT r.rank FROM customer_rank r WHERE r.customer_id = {t}.id"
    f" AND r.list_id = {SHOWN_LIST}), 0)"
)
"""Where the customer ``{t}`` stands in it."""

CUSTOMER = relation(
    "customer",
    key(),
    text("display_name"),
    flag("is_identified"),
    moment("first_seen_at"),
    moment("last_seen_at"),
    moment("created_at"),
    key("account_id", nullable=True),
    number("score_rank", sql=SCORE_RANK),
    standing=_STANDING,
    find=_SURVIVOR,
    usual=f"{{t}}.id = {{value}} AND {_STANDING}",
    leads=(
        Lead(
            order="score_rank",
            source=f"{CUSTOMER_RANK.table} d JOIN customer u ON u.id = d.customer_id",
            sql=f"d.list_id = {SHOWN_LIST}",
            names={"score_rank": "d.rank", "id": "d.customer_id"},
        ),
    ),
)

TRAIT = relation(
    "trait",
    key(),
    key("customer_id"),
    text("name"),
    document("value"),
    number("level"),
    key("source_id", nullable=True),
    text("actor_name", nullable=True),
    key("touchpoint_id"),
    moment("observed_at"),
    key("provenance_id", sql="{t}.id * 2"),
    unique=("customer_id", "name"),
)

TRAIT_STATEMENT = relation(
    "trait_assertion",
    key(),
    key("customer_id"),
    text("name"),
    document("value", nullable=True),
    number("level"),
    key("source_id", nullable=True),
    text("actor_name", nullable=True),
    key("touchpoint_id"),
    moment("first_observed_at"),
    moment("last_observed_at"),
    key("provenance_id", sql="({t}.id * 2 + 1)"),
)

ACCOUNT = relation(
    "account",
    key(),
    text("key", nullable=True),
    text("domain", nullable=True),
    text("name"),
    moment("created_at"),
    number("people_count", sql="SELECT count(*) FROM customer p WHERE p.account_id = {t}.id"),
    number(
        "score_rank",
        sql="SELECT COALESCE(max(r.rank), 0) FROM customer p JOIN customer_rank r"
        f" ON r.customer_id = p.id AND r.list_id = {SHOWN_LIST} WHERE p.account_id = {{t}}.id",
    ),
    standing="{t}.part_of_id IS NULL",
)

ACCOUNT_TRAIT = relation(
    "account_trait",
    key(),
    key("account_id"),
    text("name"),
    document("value"),
    key("source_id", nullable=True),
    moment("observed_at"),
    unique=("account_id", "name"),
)

IS_IDENTIFIED = equals("is_identified", Kind.BOOLEAN)
SEEN_SINCE = at_least("last_seen_at")
SEEN_UNTIL = below("last_seen_at")
OF_ACCOUNT = equals("account_id", Kind.KEY)
ACCOUNT_NAME_CONTAINS = Condition(
    "lower({t}.name) LIKE {value} ESCAPE '!'", Kind.TEXT, prepare=contains_pattern
)


@dataclass(frozen=True, slots=True)
class RolledUp:
    """What stands with the people of an account, one row for each account and value.

    ``source`` has a row of each person, with its ``id``, ``account_id`` and value; ``is_first``
    holds of one of those that share a value, and ``people`` counts them. So nothing is kept, and
    an index finds the rows of one account.
    """

    source: str
    is_first: str
    people: str


def rolled_up(table: str, value: str, held: str = "TRUE") -> RolledUp:
    """See from accounts what ``table`` keeps of customers under ``value``; ``held`` says which of
    its rows (``{t}``) count. It has an ``id`` and a ``customer_id``.

    ``CROSS JOIN`` keeps SQLite from looking at all who share the value, account or not.
    """
    theirs = (
        f"FROM customer other CROSS JOIN {table} held WHERE other.account_id = {{t}}.account_id"
        f" AND held.customer_id = other.id AND held.{value} = {{t}}.{value}"
        f" AND {held.replace('{t}', 'held')}"
    )
    return RolledUp(
        f"(SELECT own.id, u.account_id, own.{value} FROM customer u JOIN {table} own"
        f" ON own.customer_id = u.id AND {held.replace('{t}', 'own')})",
        f"NOT EXISTS (SELECT 1 {theirs} AND held.id < {{t}}.id)",
        f"SELECT count(*) {theirs}",
    )
