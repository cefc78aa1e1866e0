"""The customers with a tag and a least score, by score, each with tags and newest touchpoints."""

from collections.abc import Sequence
from typing import Any

from bench.queries.workload import Ask, Draw, Limit, Look, Variables, Workload
from bench.queries.workloads.instants import postgres_at, sqlite_at
from bench.queries.world import World
from touchline.domain.kernel.ids import global_id
from touchline.domain.scoring.decay import MICRO

LEAST = 40

_OURS = """query CustomerList($tag: ID!, $least: Float!) {
  customers(first: 50, filter: {hasTag: $tag, score: {atLeast: $least}},
    orderBy: {field: SCORE, direction: DESC}) {
    nodes {
      id displayName lastSeenAt
      tags { tag { id name } }
      timeline(first: 3) { nodes { id type name occurredAt } }
    }
  }
}"""

_POSTGRES = f"""SELECT coalesce(json_agg(x), '[]') FROM (SELECT c.id,
  c.display_name AS "displayName", {postgres_at("c.last_seen_at")} AS "lastSeenAt",
  (SELECT coalesce(json_agg(r), '[]') FROM (SELECT json_build_object('id', g.id, 'name', g.name)
    AS tag FROM customer_tag h JOIN tag g ON g.id = h.tag_id
    WHERE h.customer_id = c.id ORDER BY h.set_at, h.id) r) AS tags,
  (SELECT coalesce(json_agg(r), '[]') FROM (SELECT e.id, e.type, e.name,
    {postgres_at("e.occurred_at")} AS "occurredAt" FROM touchpoint e WHERE e.customer_id = c.id
    ORDER BY e.occurred_at DESC, e.id DESC LIMIT 3) r) AS timeline
  FROM (SELECT p.* FROM tag_rank f JOIN customer p ON p.id = f.customer_id
    WHERE f.list_id = (SELECT l.id FROM customer_list l WHERE l.is_shown)
    AND f.tag_id = $1 AND f.rank >= $2 AND p.merged_into_id IS NULL
    ORDER BY f.rank DESC, f.customer_id DESC LIMIT 50) c) x"""

_SQLITE = f"""SELECT json_group_array(json(x)) FROM (SELECT json_object('id', c.id,
  'displayName', c.display_name, 'lastSeenAt', {sqlite_at("c.last_seen_at")},
  'tags', (SELECT json_group_array(json(j)) FROM (
    SELECT json_object('tag', json_object('id', g.id, 'name', g.name)) AS j
    FROM customer_tag h JOIN tag g ON g.id = h.tag_id
    WHERE h.customer_id = c.id ORDER BY h.set_at, h.id)),
  'timeline', (SELECT json_group_array(json(j)) FROM (
    SELECT json_object('id', e.id, 'type', e.type, 'name', e.name,
      'occurredAt', {sqlite_at("e.occurred_at")}) AS j
    FROM touchpoint e WHERE e.customer_id = c.id
    ORDER BY e.occurred_at DESC, e.id DESC LIMIT 3))) AS x
  FROM (SELECT p.* FROM tag_rank f JOIN customer p ON p.id = f.customer_id
    WHERE f.list_id = (SELECT l.id FROM customer_list l WHERE l.is_shown)
    AND f.tag_id = ?1 AND f.rank >= ?2 AND p.merged_into_id IS NULL
    ORDER BY f.rank DESC, f.customer_id DESC LIMIT 50) c)"""

_POSTGRAPHILE = """query CustomerList($tag: BigInt!, $least: BigInt!) {
  found: tagRanksList(first: 50, orderBy: [RANK_DESC, CUSTOMER_ID_DESC],
    condition: {tagId: $tag, listId: "1"}, filter: {rank: {greaterThanOrEqualTo: $least}}) {
    customer {
      id: %(id)s displayName lastSeenAt
      tags: customerTagsList(orderBy: [SET_AT_ASC]) { tag { id: %(id)s name } }
      timeline: touchpointsList(first: 3, orderBy: [OCCURRED_AT_DESC, %(ID)s_DESC]) {
        id: %(id)s type name occurredAt
      }
    }
  }
}"""

_DIRECTUS = """query CustomerList($tag: GraphQLBigInt!, $least: GraphQLBigInt!) {
  found: tag_rank(limit: 50, sort: ["-rank", "-customer_id"], filter: {
    tag_id: {_eq: $tag}, list_id: {_eq: "1"}, rank: {_gte: $least}
  }) {
    customer: customer_id {
      id displayName: display_name lastSeenAt: last_seen_at
      tags(sort: ["set_at"], limit: -1) { tag: tag_id { id name } }
      timeline(sort: ["-occurred_at", "-id"], limit: 3) { id type name occurredAt: occurred_at }
    }
  }
}"""

_BY_HAND = """query CustomerList($tag: Int!, $least: Int!) {
  customers: taggedCustomers(tag: $tag, least: $least, first: 50) {
    id displayName lastSeenAt
    tags { tag { id name } }
    timeline(first: 3) { id type name occurredAt }
  }
}"""


def _draws(world: World, _look: Look) -> Sequence[Draw]:
    """Tags that neither almost everybody has nor almost nobody."""
    tags = list(range(20, 120))
    world.chance("customer lists").shuffle(tags)
    return [{"tag": tag, "least": LEAST * MICRO} for tag in tags]


def _ours(draw: Draw) -> Variables:
    return {"tag": global_id("Tag", draw["tag"]), "least": draw["least"] / MICRO}


def _of_places(told: Any) -> Any:
    """From lists of tags that customers have to these customers."""
    return [each["customer"] for each in told]


WORKLOAD = Workload(
    key="W2",
    title="filtered list, nested",
    ours=Ask(_OURS, _ours),
    limit=Limit(_POSTGRES, _SQLITE),
    peers={
        "directus": Ask(
            _DIRECTUS,
            lambda draw: {name: str(value) for name, value in draw.items()},
            shape=_of_places,
        ),
        "by_hand": Ask(_BY_HAND),
        "postgraphile4": Ask(_POSTGRAPHILE % {"id": "id", "ID": "ID"}, shape=_of_places),
        "postgraphile5": Ask(_POSTGRAPHILE % {"id": "rowId", "ID": "ROW_ID"}, shape=_of_places),
    },
    draws=_draws,
)
