"""A long plain list: a hundred customers by name, each with the account alone."""

from collections.abc import Sequence

from bench.queries.workload import Ask, Draw, Limit, Look, Workload
from bench.queries.workloads.instants import postgres_at, sqlite_at
from bench.queries.world import World

_OURS = """query Lines {
  customers(first: 100, orderBy: {field: NAME, direction: ASC}) {
    nodes {
      id displayName isIdentified firstSeenAt lastSeenAt createdAt
      account { id name domain }
    }
  }
}"""

_POSTGRES = f"""SELECT coalesce(json_agg(x), '[]') FROM (SELECT c.id,
  c.display_name AS "displayName", c.is_identified AS "isIdentified",
  {postgres_at("c.first_seen_at")} AS "firstSeenAt",
  {postgres_at("c.last_seen_at")} AS "lastSeenAt", {postgres_at("c.created_at")} AS "createdAt",
  (SELECT row_to_json(r) FROM (SELECT a.id, a.name, a.domain FROM account a
    WHERE a.id = c.account_id) r) AS account
  FROM (SELECT * FROM customer WHERE merged_into_id IS NULL
    ORDER BY display_name, id LIMIT 100) c) x"""

_SQLITE = f"""SELECT json_group_array(json(x)) FROM (SELECT json_object('id', c.id,
  'displayName', c.display_name, 'isIdentified', json(iif(c.is_identified, 'true', 'false')),
  'firstSeenAt', {sqlite_at("c.first_seen_at")}, 'lastSeenAt', {sqlite_at("c.last_seen_at")},
  'createdAt', {sqlite_at("c.created_at")},
  'account', (SELECT json_object('id', a.id, 'name', a.name, 'domain', a.domain) FROM account a
    WHERE a.id = c.account_id)) AS x
  FROM customer c WHERE c.merged_into_id IS NULL ORDER BY c.display_name, c.id LIMIT 100)"""

_POSTGRAPHILE = """query Lines {
  customers: customersList(first: 100, orderBy: [DISPLAY_NAME_ASC, %(ID)s_ASC],
    condition: {mergedIntoId: null}) {
    id: %(id)s displayName isIdentified firstSeenAt lastSeenAt createdAt
    account { id: %(id)s name domain }
  }
}"""

_DIRECTUS = """query Lines {
  customers: customer(limit: 100, sort: ["display_name", "id"],
    filter: {merged_into_id: {_null: true}}) {
    id displayName: display_name isIdentified: is_identified
    firstSeenAt: first_seen_at lastSeenAt: last_seen_at createdAt: created_at
    account: account_id { id name domain }
  }
}"""

_FRAISEQL = """query Lines {
  lines(first: 100) {
    id displayName isIdentified firstSeenAt lastSeenAt createdAt
    account { id name domain }
  }
}"""

_BY_HAND = """query Lines {
  customers: customersByName(first: 100) {
    id displayName isIdentified firstSeenAt lastSeenAt createdAt
    account { id name domain }
  }
}"""


def _draws(_world: World, _look: Look) -> Sequence[Draw]:
    return [{}]


WORKLOAD = Workload(
    key="W4",
    title="plain list of 100",
    ours=Ask(_OURS),
    limit=Limit(_POSTGRES, _SQLITE),
    peers={
        "fraiseql": Ask(_FRAISEQL),
        "directus": Ask(_DIRECTUS),
        "by_hand": Ask(_BY_HAND),
        "postgraphile4": Ask(_POSTGRAPHILE % {"id": "id", "ID": "ID"}),
        "postgraphile5": Ask(_POSTGRAPHILE % {"id": "rowId", "ID": "ROW_ID"}),
    },
    draws=_draws,
)
