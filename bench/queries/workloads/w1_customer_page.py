"""A customer's page: what is known, what it scores, and the newest of the timeline.

No score of the data set fades, so that one division tells it.
"""

from collections.abc import Sequence
from typing import Any

from bench.queries.score_rows import BUILD
from bench.queries.workload import Ask, Draw, Limit, Look, Workload
from bench.queries.workloads.instants import postgres_at, sqlite_at
from bench.queries.world import World
from touchline.domain.kernel.ids import global_id
from touchline.domain.scoring.decay import MICRO

_OURS = """query CustomerPage($id: ID!) {
  customer(id: $id) {
    id displayName isIdentified firstSeenAt lastSeenAt createdAt
    identifiers { kind value }
    traits { name value observedAt }
    tags { tag { id name category } }
    scores { value model { id name } }
    account { id name domain }
    timeline(first: 20) {
      nodes {
        id type name summary occurredAt properties source { name } contentAsset { id title }
      }
    }
  }
}"""

_POSTGRES = f"""SELECT row_to_json(x) FROM (SELECT c.id, c.display_name AS "displayName",
  c.is_identified AS "isIdentified", {postgres_at("c.first_seen_at")} AS "firstSeenAt",
  {postgres_at("c.last_seen_at")} AS "lastSeenAt", {postgres_at("c.created_at")} AS "createdAt",
  (SELECT coalesce(json_agg(r), '[]') FROM (SELECT i.kind, i.value FROM identifier i
    WHERE i.customer_id = c.id ORDER BY i.kind, i.value) r) AS identifiers,
  (SELECT coalesce(json_agg(r), '[]') FROM (SELECT t.name, t.value,
    {postgres_at("t.observed_at")} AS "observedAt" FROM trait t
    WHERE t.customer_id = c.id ORDER BY t.name) r) AS traits,
  (SELECT coalesce(json_agg(json_build_object('tag', r)), '[]') FROM (SELECT g.id, g.name,
    g.category FROM customer_tag h JOIN tag g ON g.id = h.tag_id
    WHERE h.customer_id = c.id ORDER BY h.set_at, h.id) r) AS tags,
  (SELECT coalesce(json_agg(r), '[]') FROM (SELECT s.steady / {MICRO}::float8 AS value,
    json_build_object('id', m.id, 'name', m.name) AS model
    FROM customer_score s JOIN scoring_model m ON m.build_id = s.build_id
    WHERE s.customer_id = c.id ORDER BY m.id) r) AS scores,
  (SELECT row_to_json(r) FROM (SELECT a.id, a.name, a.domain FROM account a
    WHERE a.id = c.account_id) r) AS account,
  (SELECT coalesce(json_agg(r), '[]') FROM (SELECT e.id, e.type, e.name, e.summary,
    {postgres_at("e.occurred_at")} AS "occurredAt", e.properties,
    (SELECT row_to_json(s) FROM (SELECT s.name FROM source s WHERE s.id = e.source_id) s) AS source,
    (SELECT row_to_json(s) FROM (SELECT a.id, a.title FROM content_asset a
      WHERE a.id = e.asset_id) s) AS "contentAsset"
    FROM touchpoint e WHERE e.customer_id = c.id
    ORDER BY e.occurred_at DESC, e.id DESC LIMIT 20) r) AS timeline
  FROM customer c WHERE c.id = $1) x"""

_SQLITE = f"""SELECT json_object('id', c.id, 'displayName', c.display_name,
  'isIdentified', json(iif(c.is_identified, 'true', 'false')),
  'firstSeenAt', {sqlite_at("c.first_seen_at")}, 'lastSeenAt', {sqlite_at("c.last_seen_at")},
  'createdAt', {sqlite_at("c.created_at")},
  'identifiers', (SELECT json_group_array(json(j)) FROM (
    SELECT json_object('kind', i.kind, 'value', i.value) AS j FROM identifier i
    WHERE i.customer_id = c.id ORDER BY i.kind, i.value)),
  'traits', (SELECT json_group_array(json(j)) FROM (
    SELECT json_object('name', t.name, 'value', json(t.value),
      'observedAt', {sqlite_at("t.observed_at")}) AS j
    FROM trait t WHERE t.customer_id = c.id ORDER BY t.name)),
  'tags', (SELECT json_group_array(json(j)) FROM (
    SELECT json_object('tag', json_object('id', g.id, 'name', g.name, 'category', g.category)) AS j
    FROM customer_tag h JOIN tag g ON g.id = h.tag_id
    WHERE h.customer_id = c.id ORDER BY h.set_at, h.id)),
  'scores', (SELECT json_group_array(json(j)) FROM (
    SELECT json_object('value', s.steady / {MICRO}.0,
      'model', json_object('id', m.id, 'name', m.name)) AS j
    FROM customer_score s JOIN scoring_model m ON m.build_id = s.build_id
    WHERE s.customer_id = c.id ORDER BY m.id)),
  'account', (SELECT json_object('id', a.id, 'name', a.name, 'domain', a.domain)
    FROM account a WHERE a.id = c.account_id),
  'timeline', (SELECT json_group_array(json(j)) FROM (
    SELECT json_object('id', e.id, 'type', e.type, 'name', e.name, 'summary', e.summary,
      'occurredAt', {sqlite_at("e.occurred_at")}, 'properties', json(e.properties),
      'source', (SELECT json_object('name', s.name) FROM source s WHERE s.id = e.source_id),
      'contentAsset', (SELECT json_object('id', a.id, 'title', a.title) FROM content_asset a
        WHERE a.id = e.asset_id)) AS j
    FROM touchpoint e WHERE e.customer_id = c.id
    ORDER BY e.occurred_at DESC, e.id DESC LIMIT 20)))
  FROM customer c WHERE c.id = ?1"""

_POSTGRAPHILE = """query CustomerPage($customer: BigInt!) {
  customer(%(id)s: $customer) {
    id: %(id)s displayName isIdentified firstSeenAt lastSeenAt createdAt
    identifiers: identifiersList(orderBy: [KIND_ASC, VALUE_ASC]) { kind value }
    traits: traitsList(orderBy: [NAME_ASC]) { name value observedAt }
    tags: customerTagsList(orderBy: [SET_AT_ASC]) { tag { id: %(id)s name category } }
    scores: customerScoresList(condition: {buildId: "%(build)s"}) {
      model { id: %(id)s name } steady
    }
    account { id: %(id)s name domain }
    timeline: touchpointsList(first: 20, orderBy: [OCCURRED_AT_DESC, %(ID)s_DESC]) {
      id: %(id)s type name summary occurredAt properties source { name }
      contentAsset: asset { id: %(id)s title }
    }
  }
}"""

_DIRECTUS = """query CustomerPage($customer: ID!) {
  customer: customer_by_id(id: $customer) {
    id displayName: display_name isIdentified: is_identified
    firstSeenAt: first_seen_at lastSeenAt: last_seen_at createdAt: created_at
    identifiers(sort: ["kind", "value"], limit: -1) { kind value }
    traits(sort: ["name"], limit: -1) { name value observedAt: observed_at }
    tags(sort: ["set_at"], limit: -1) { tag: tag_id { id name category } }
    scores(limit: -1) { model: model_id { id name } steady }
    account: account_id { id name domain }
    timeline(sort: ["-occurred_at", "-id"], limit: 20) {
      id type name summary occurredAt: occurred_at properties source: source_id { name }
      contentAsset: asset_id { id title }
    }
  }
}"""

_FRAISEQL = """query CustomerPage($customer: Int!) {
  customer(id: $customer) {
    id displayName isIdentified firstSeenAt lastSeenAt createdAt
    identifiers { kind value }
    traits { name value observedAt }
    tags { tag { id name category } }
    scores { value model { id name } }
    account { id name domain }
    timeline {
      id type name summary occurredAt properties source { name } contentAsset { id title }
    }
  }
}"""

_BY_HAND = """query CustomerPage($customer: Int!) {
  customer(id: $customer) {
    id displayName isIdentified firstSeenAt lastSeenAt createdAt
    identifiers { kind value }
    traits { name value observedAt }
    tags { tag { id name category } }
    scores { value model { id name } }
    account { id name domain }
    timeline(first: 20) {
      id type name summary occurredAt properties source { name } contentAsset { id title }
    }
  }
}"""


def _in_points(told: Any) -> Any:
    """Whose table says steady micro-points has its client make points of them."""
    scores = [
        {"value": score["steady"] / MICRO, "model": score["model"]} for score in told["scores"]
    ]
    return {**told, "scores": scores}


def _postgraphile(**names: str) -> Ask:
    return Ask(_POSTGRAPHILE % {**names, "build": BUILD}, shape=_in_points)


def _draws(world: World, _look: Look) -> Sequence[Draw]:
    chance = world.chance("customer pages")
    return [{"customer": 1 + chance.randrange(world.customers)} for _ in range(2_000)]


WORKLOAD = Workload(
    key="W1",
    title="customer page",
    ours=Ask(_OURS, lambda draw: {"id": global_id("Customer", draw["customer"])}),
    limit=Limit(_POSTGRES, _SQLITE),
    peers={
        "fraiseql": Ask(_FRAISEQL),
        "directus": Ask(_DIRECTUS, shape=_in_points),
        "by_hand": Ask(_BY_HAND),
        "postgraphile4": _postgraphile(id="id", ID="ID"),
        "postgraphile5": _postgraphile(id="rowId", ID="ROW_ID"),
    },
    draws=_draws,
)
