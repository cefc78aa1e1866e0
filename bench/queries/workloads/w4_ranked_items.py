"""The 200 items of a backlog in their order, each with the content that it makes.

A page of ours has at most a hundred, so the question names the first hundred and those after them.
"""

from collections.abc import Sequence
from typing import Any

from bench.queries.board_rows import BACKLOG, ORDERED
from bench.queries.workload import Ask, Draw, Limit, Look, Workload
from bench.queries.workloads.instants import postgres_at, sqlite_at
from bench.queries.world import World
from touchline.domain.kernel.ids import global_id

_HALF = ORDERED // 2
_STATES = ("BACKLOG", "READY")
_OF_STATES = f"state IN ({', '.join(repr(state) for state in _STATES)})"

_FIRST = f"first: {_HALF}, states: [{', '.join(_STATES)}]"

_OURS = f"""query Ranked($after: String!) {{
  backlog(id: "{global_id("Backlog", BACKLOG)}") {{
    top: items({_FIRST}) {{ nodes {{ ...line }} }}
    rest: items({_FIRST}, after: $after) {{ nodes {{ ...line }} }}
  }}
}}
fragment line on BacklogItem {{
  id title kind state effort urgency createdAt contentAssets {{ id title status }}
}}"""

_OUR_CURSOR = f"""{{
  backlog(id: "{global_id("Backlog", BACKLOG)}") {{
    items({_FIRST}) {{ pageInfo {{ endCursor }} }}
  }}
}}"""

_POSTGRES = f"""SELECT coalesce(json_agg(x), '[]') FROM (SELECT i.id, i.title, i.kind, i.state,
  i.effort, i.urgency, {postgres_at("i.created_at")} AS "createdAt",
  (SELECT coalesce(json_agg(r), '[]') FROM (SELECT a.id, a.title, a.status
    FROM json_array_elements_text(i.asset_ids) WITH ORDINALITY k(key, place)
    JOIN content_asset a ON a.id = k.key::bigint ORDER BY k.place) r) AS "contentAssets"
  FROM (SELECT * FROM backlog_item WHERE backlog_id = {BACKLOG} AND {_OF_STATES}
    ORDER BY rank LIMIT {ORDERED}) i) x"""

_SQLITE = f"""SELECT json_group_array(json(x)) FROM (SELECT json_object('id', i.id,
  'title', i.title, 'kind', i.kind, 'state', i.state, 'effort', i.effort, 'urgency', i.urgency,
  'createdAt', {sqlite_at("i.created_at")},
  'contentAssets', (SELECT json_group_array(json(j)) FROM (
    SELECT json_object('id', a.id, 'title', a.title, 'status', a.status) AS j
    FROM json_each(i.asset_ids) k JOIN content_asset a ON a.id = k.value ORDER BY k.key))) AS x
  FROM backlog_item i WHERE i.backlog_id = {BACKLOG} AND i.{_OF_STATES}
  ORDER BY i.rank LIMIT {ORDERED})"""

_POSTGRAPHILE = f"""query Ranked {{
  items: backlogItemsList(first: {ORDERED}, orderBy: [RANK_ASC],
    condition: {{backlogId: "{BACKLOG}"}}, filter: {{state: {{in: ["BACKLOG", "READY"]}}}}) {{
    id: %(id)s title kind state effort urgency createdAt
    contentAssets: assetsList {{ id: %(id)s title status }}
  }}
}}"""

_FRAISEQL = """query Ranked {
  items(first: 200) {
    id title kind state effort urgency createdAt contentAssets { id title status }
  }
}"""

_BY_HAND = f"""query Ranked {{
  items(backlog: {BACKLOG}, first: {ORDERED}) {{
    id title kind state effort urgency createdAt contentAssets {{ id title status }}
  }}
}}"""


def _whole(told: Any) -> Any:
    return told["top"] + told["rest"]


def _draws(_world: World, _look: Look) -> Sequence[Draw]:
    return [{}]


WORKLOAD = Workload(
    key="W4",
    title="backlog of 200",
    ours=Ask(_OURS, shape=_whole, cursor=_OUR_CURSOR),
    limit=Limit(_POSTGRES, _SQLITE),
    peers={
        "fraiseql": Ask(_FRAISEQL),
        "by_hand": Ask(_BY_HAND),
        "postgraphile4": Ask(_POSTGRAPHILE % {"id": "id"}),
        "postgraphile5": Ask(_POSTGRAPHILE % {"id": "rowId"}),
    },
    draws=_draws,
)
