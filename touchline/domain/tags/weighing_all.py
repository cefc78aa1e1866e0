"""Weighing one tag for all customers at once: in SQL what ``standing`` says of a few."""

from touchline.domain.conditions.registry import users_of
from touchline.domain.customers.queries import heirs_table
from touchline.domain.customers.relations import CUSTOMER
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import dialect, execute, fetch
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import analyse, parts
from touchline.domain.kernel.turns import Turn, take_all_turns
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import mark_found
from touchline.domain.tags import lists
from touchline.domain.tags.events import TAGS_CHANGED

_TOLD_AT_ONCE = 2_000
_SAME = {"sqlite": "IS", "postgres": "IS NOT DISTINCT FROM"}
_PLACE = ("customer_id", "tag_id")
_STANDING = (
    *("state", "is_on", "set_at", "expires_at"),
    *("rule_id", "rule_version", "actor_name", "touchpoint_id", "source_id"),
)
# Whom each customer that was merged away has become.
_HEIRS = f"WITH RECURSIVE {heirs_table('merged_into_id IS NOT NULL')}"
# The last word of a person, where it holds at an instant and says something.
_SAID = """said AS (
    SELECT * FROM (SELECT coalesce(r.now, w.customer_id) AS customer_id, w.word, w.actor_name,
        w.said_at, w.expires_at, row_number() OVER (
            PARTITION BY coalesce(r.now, w.customer_id) ORDER BY w.said_at DESC, w.id DESC
        ) AS place
        FROM tag_word w LEFT JOIN heir r ON r.id = w.customer_id WHERE w.tag_id = ?
    ) last WHERE place = 1 AND word <> 'REMOVED' AND (expires_at IS NULL OR expires_at > ?)
)"""
# The first that a rule or a source said.
_HELD = """told AS (
    SELECT customer_id, since, rule_id, rule_version, touchpoint_id, 0 AS source_id
    FROM tag_hold WHERE tag_id = ?
    UNION ALL SELECT customer_id, since, 0, 0, touchpoint_id, source_id
    FROM tag_report WHERE tag_id = ?
), held AS (
    SELECT * FROM (SELECT coalesce(r.now, h.customer_id) AS customer_id, h.since, h.rule_id,
        h.rule_version, h.touchpoint_id, h.source_id, row_number() OVER (
            PARTITION BY coalesce(r.now, h.customer_id)
            ORDER BY h.since, h.rule_id, h.rule_version, h.source_id
        ) AS place
        FROM told h LEFT JOIN heir r ON r.id = h.customer_id
    ) first WHERE place = 1
)"""
_WEIGHED = """SELECT s.customer_id, CAST(? AS BIGINT),
    CASE s.word WHEN 'ADDED' THEN 'MANUAL' ELSE s.word END, s.word <> 'PINNED_OFF', s.said_at,
    s.expires_at, CAST(NULL AS BIGINT), CAST(NULL AS INTEGER), s.actor_name,
    CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
    FROM said s
UNION ALL SELECT h.customer_id, CAST(? AS BIGINT),
    CASE WHEN h.source_id = 0 THEN 'AUTOMATIC' ELSE 'SOURCE' END, TRUE, h.since, NULL,
    nullif(h.rule_id, 0), nullif(h.rule_version, 0), NULL, h.touchpoint_id, nullif(h.source_id, 0)
    FROM held h WHERE NOT EXISTS (SELECT 1 FROM said s WHERE s.customer_id = h.customer_id)"""
_MOVED = """SELECT w.customer_id, w.state FROM tag_weighed w LEFT JOIN customer_tag c
    ON c.tag_id = w.tag_id AND c.customer_id = w.customer_id
    WHERE w.tag_id = ? AND (c.id IS NULL OR c.state <> w.state)
UNION ALL SELECT c.customer_id, NULL FROM customer_tag c LEFT JOIN tag_weighed w
    ON w.tag_id = c.tag_id AND w.customer_id = c.customer_id WHERE c.tag_id = ? AND w.id IS NULL"""


async def weigh_all(tag_id: int, at: Moment) -> None:
    """Weigh a tag anew for everybody, in the transaction of the caller, which holds the judgement.

    Only what differs is written, and told to those who name the tag. When words lapse does not
    change by it.
    """
    await take_all_turns(Turn.TAGS)
    await execute(
        f"INSERT INTO tag_weighed ({', '.join((*_PLACE, *_STANDING))})"
        f" {_HEIRS}, {_SAID}, {_HELD} {_WEIGHED}",
        (tag_id, at, tag_id, tag_id, tag_id, tag_id),
    )
    await analyse("tag_weighed")
    moved = await fetch(_MOVED, (tag_id, tag_id))
    if moved and await users_of(("tag", tag_id)):
        query = f"SELECT customer_id FROM ({_MOVED}) moved"
        await mark_found(facts.tag(tag_id), query, (tag_id, tag_id))
    await _write(tag_id)
    changes = [[row["customer_id"], tag_id, row["state"]] for row in moved]
    for some in parts(changes, _TOLD_AT_ONCE):
        await emit(TAGS_CHANGED, {"changes": some})


async def _write(tag_id: int) -> None:
    same = " AND ".join(f"w.{name} {_SAME[dialect()]} customer_tag.{name}" for name in _STANDING)
    at_place = "w.tag_id = customer_tag.tag_id AND w.customer_id = customer_tag.customer_id"
    await execute(
        "DELETE FROM customer_tag WHERE tag_id = ? AND NOT EXISTS ("
        f"SELECT 1 FROM tag_weighed w WHERE {at_place} AND {same})",
        (tag_id,),
    )
    columns = (*_PLACE, *_STANDING)
    await execute(
        f"INSERT INTO customer_tag ({', '.join(columns)})"
        f" SELECT {', '.join(f'w.{name}' for name in columns)}"
        f" FROM tag_weighed w JOIN {CUSTOMER.table} u ON u.id = w.customer_id"
        " WHERE w.tag_id = ? ON CONFLICT (customer_id, tag_id) DO NOTHING",
        (tag_id,),
    )
    await execute(
        "UPDATE tag SET customer_count = (SELECT count(*) FROM customer_tag c"
        " WHERE c.tag_id = tag.id AND c.is_on = TRUE) WHERE id = ?",
        (tag_id,),
    )
    await lists.settle(tag_id)
    await execute("DELETE FROM tag_weighed WHERE tag_id = ?", (tag_id,))
