"""A list of customers, filtered and ordered, each with traits and the newest touchpoints."""

from collections.abc import Sequence

from bench.queries.workload import Ask, Draw, Limit, Look, Variables, Workload
from bench.queries.workloads.instants import postgres_at, sqlite_at
from bench.queries.world import DAY, END, World
from touchline.domain.kernel.clock import format_moment

_OURS = """query CustomerList($until: DateTime!) {
  customers(first: 50, filter: {isIdentified: true, seenTo: $until},
    orderBy: {field: LAST_SEEN, direction: DESC}) {
    nodes {
      id displayName lastSeenAt
      traits { name value }
      timeline(first: 3) { nodes { id type name occurredAt } }
    }
  }
}"""

_POSTGRES = f"""SELECT coalesce(json_agg(x), '[]') FROM (SELECT c.id,
  c.display_name AS "displayName", {postgres_at("c.last_seen_at")} AS "lastSeenAt",
  (SELECT coalesce(json_agg(r), '[]') FROM (SELECT t.name, t.value FROM trait t
    WHERE t.customer_id = c.id ORDER BY t.name) r) AS traits,
  (SELECT coalesce(json_agg(r), '[]') FROM (SELECT e.id, e.type, e.name,
    {postgres_at("e.occurred_at")} AS "occurredAt" FROM touchpoint e WHERE e.customer_id = c.id
    ORDER BY e.occurred_at DESC, e.id DESC LIMIT 3) r) AS timeline
  FROM (SELECT * FROM customer WHERE merged_into_id IS NULL AND is_identified AND last_seen_at < $1
    ORDER BY last_seen_at DESC, id DESC LIMIT 50) c) x"""

_SQLITE = f"""SELECT json_group_array(json(x)) FROM (SELECT json_object('id', c.id,
  'displayName', c.display_name, 'lastSeenAt', {sqlite_at("c.last_seen_at")},
  'traits', (SELECT json_group_array(json(j)) FROM (
    SELECT json_object('name', t.name, 'value', json(t.value)) AS j
    FROM trait t WHERE t.customer_id = c.id ORDER BY t.name)),
  'timeline', (SELECT json_group_array(json(j)) FROM (
    SELECT json_object('id', e.id, 'type', e.type, 'name', e.name,
      'occurredAt', {sqlite_at("e.occurred_at")}) AS j
    FROM touchpoint e WHERE e.customer_id = c.id
    ORDER BY e.occurred_at DESC, e.id DESC LIMIT 3))) AS x
  FROM (SELECT * FROM customer WHERE merged_into_id IS NULL AND is_identified AND last_seen_at < ?1
    ORDER BY last_seen_at DESC, id DESC LIMIT 50) c)"""

_POSTGRAPHILE = """query CustomerList($until: BigInt!) {
  customers: customersList(first: 50, orderBy: [LAST_SEEN_AT_DESC, %(ID)s_DESC], filter: {
    isIdentified: {equalTo: true}, lastSeenAt: {lessThan: $until}, mergedIntoId: {isNull: true}
  }) {
    id: %(id)s displayName lastSeenAt
    traits: traitsList(orderBy: [NAME_ASC]) { name value }
    timeline: touchpointsList(first: 3, orderBy: [OCCURRED_AT_DESC, %(ID)s_DESC]) {
      id: %(id)s type name occurredAt
    }
  }
}"""


def _ours(draw: Draw) -> Variables:
    return {"until": format_moment(draw["until"])}


def _draws(world: World, _look: Look) -> Sequence[Draw]:
    chance = world.chance("customer lists")
    return [{"until": END - chance.randrange(90 * DAY)} for _ in range(500)]


WORKLOAD = Workload(
    key="W2",
    title="filtered list, nested",
    ours=Ask(_OURS, _ours),
    limit=Limit(_POSTGRES, _SQLITE),
    peers={
        "postgraphile4": Ask(_POSTGRAPHILE % {"id": "id", "ID": "ID"}),
        "postgraphile5": Ask(_POSTGRAPHILE % {"id": "rowId", "ID": "ROW_ID"}),
    },
    draws=_draws,
)
