"""A table of a hundred accounts, each with what is known of it."""

from collections.abc import Sequence

from bench.queries.workload import Ask, Draw, Limit, Look, Workload
from bench.queries.workloads.instants import postgres_at, sqlite_at
from bench.queries.world import World

_ROWS = 100

_OURS = """query Accounts($after: String!) {
  accounts(first: 100, after: $after) {
    nodes {
      id key name domain createdAt
      traits { name value observedAt source { name } }
    }
    pageInfo { endCursor hasNextPage }
  }
}"""

_OUR_CURSOR = """query Place($name: String!) {
  accounts(first: 1, filter: {search: $name}) { pageInfo { endCursor } }
}"""

_POSTGRES = f"""SELECT coalesce(json_agg(x), '[]') FROM (SELECT a.id, a.key, a.name, a.domain,
  {postgres_at("a.created_at")} AS "createdAt",
  (SELECT coalesce(json_agg(r), '[]') FROM (SELECT t.name, t.value,
    {postgres_at("t.observed_at")} AS "observedAt",
    (SELECT row_to_json(s) FROM (SELECT s.name FROM source s WHERE s.id = t.source_id) s) AS source
    FROM account_trait t WHERE t.account_id = a.id ORDER BY t.name) r) AS traits
  FROM (SELECT * FROM account WHERE part_of_id IS NULL AND (name, id) > ($2, $1)
    ORDER BY name, id LIMIT {_ROWS}) a) x"""

_SQLITE = f"""SELECT json_group_array(json(x)) FROM (SELECT json_object('id', a.id, 'key', a.key,
  'name', a.name, 'domain', a.domain, 'createdAt', {sqlite_at("a.created_at")},
  'traits', (SELECT json_group_array(json(j)) FROM (
    SELECT json_object('name', t.name, 'value', json(t.value),
      'observedAt', {sqlite_at("t.observed_at")},
      'source', (SELECT json_object('name', s.name) FROM source s WHERE s.id = t.source_id)) AS j
    FROM account_trait t WHERE t.account_id = a.id ORDER BY t.name))) AS x
  FROM account a WHERE a.part_of_id IS NULL AND (a.name, a.id) > (?2, ?1)
  ORDER BY a.name, a.id LIMIT {_ROWS})"""

_POSTGRAPHILE = """query Accounts($after: Cursor!) {
  accounts(first: 100, after: $after, orderBy: [NAME_ASC, %(ID)s_ASC],
    condition: {partOfId: null}) {
    nodes {
      id: %(id)s key name domain createdAt
      traits: accountTraitsList(orderBy: [NAME_ASC]) { name value observedAt source { name } }
    }
    pageInfo { endCursor hasNextPage }
  }
}"""

_POSTGRAPHILE_CURSOR = """query Place($id: BigInt!) {
  accounts(first: 1, condition: {%(id)s: $id}, orderBy: [NAME_ASC, %(ID)s_ASC]) {
    pageInfo { endCursor }
  }
}"""

_DIRECTUS = """query Accounts($offset: Int!) {
  accounts: account(limit: 100, offset: $offset, sort: ["name", "id"],
    filter: {part_of_id: {_null: true}}) {
    id key name domain createdAt: created_at
    traits(sort: ["name"], limit: -1) {
      name value observedAt: observed_at source: source_id { name }
    }
  }
}"""

_BY_HAND = """query Accounts($name: String!, $id: Int!) {
  accounts(afterName: $name, afterId: $id, first: 100) {
    id key name domain createdAt
    traits { name value observedAt source { name } }
  }
}"""


def _postgraphile(**names: str) -> Ask:
    return Ask(
        _POSTGRAPHILE % names,
        lambda draw: {"id": str(draw["id"])},
        cursor=_POSTGRAPHILE_CURSOR % names,
    )


def _draws(world: World, look: Look) -> Sequence[Draw]:
    """Accounts that have a page behind them; no two have the same name."""
    behind = max(1, world.accounts - _ROWS - 1)
    found = look(f"SELECT id, name FROM account ORDER BY name, id LIMIT {behind}")
    chosen = [{"id": row[0], "name": row[1], "offset": place} for place, row in enumerate(found, 1)]
    world.chance("accounts").shuffle(chosen)
    return chosen[:100]


WORKLOAD = Workload(
    key="W3",
    title="table of accounts",
    ours=Ask(_OURS, lambda draw: {"name": draw["name"]}, cursor=_OUR_CURSOR),
    limit=Limit(_POSTGRES, _SQLITE, lambda draw: [draw["id"], draw["name"]]),
    peers={
        "directus": Ask(_DIRECTUS),
        "by_hand": Ask(_BY_HAND),
        "postgraphile4": _postgraphile(id="id", ID="ID"),
        "postgraphile5": _postgraphile(id="rowId", ID="ROW_ID"),
    },
    draws=_draws,
)
