"""Pages of the feed of everybody's touchpoints, far from its beginning; and how deep costs."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bench.queries.workload import Ask, Draw, Limit, Look, Variables, Workload
from bench.queries.workloads.instants import postgres_at, sqlite_at
from bench.queries.world import World
from touchline.domain.kernel.clock import format_moment

_PAGE = 50

_OURS = """query Feed($after: String!) {
  touchpoints(first: 50, after: $after) {
    nodes {
      id type name summary occurredAt
      subject { id ... on Customer { displayName } }
      source { id name }
      contentAsset { id title }
    }
    pageInfo { endCursor hasNextPage }
  }
}"""

_OUR_CURSOR = """query Place($from: DateTime!, $to: DateTime!) {
  touchpoints(first: 1, filter: {from: $from, to: $to}) { pageInfo { endCursor } }
}"""

_POSTGRES = f"""SELECT coalesce(json_agg(x), '[]') FROM (SELECT e.id, e.type, e.name, e.summary,
  {postgres_at("e.occurred_at")} AS "occurredAt",
  (SELECT row_to_json(r) FROM (SELECT c.id, c.display_name AS "displayName" FROM customer c
    WHERE c.id = e.customer_id) r) AS subject,
  (SELECT row_to_json(r) FROM (SELECT s.id, s.name FROM source s
    WHERE s.id = e.source_id) r) AS source,
  (SELECT row_to_json(r) FROM (SELECT a.id, a.title FROM content_asset a
    WHERE a.id = e.asset_id) r) AS "contentAsset"
  FROM (SELECT * FROM touchpoint WHERE (occurred_at, id) < ($1, $2)
    ORDER BY occurred_at DESC, id DESC LIMIT 50) e) x"""

_SQLITE = f"""SELECT json_group_array(json(x)) FROM (SELECT json_object('id', e.id,
  'type', e.type, 'name', e.name, 'summary', e.summary,
  'occurredAt', {sqlite_at("e.occurred_at")},
  'subject', (SELECT json_object('id', c.id, 'displayName', c.display_name) FROM customer c
    WHERE c.id = e.customer_id),
  'source', (SELECT json_object('id', s.id, 'name', s.name) FROM source s
    WHERE s.id = e.source_id),
  'contentAsset', (SELECT json_object('id', a.id, 'title', a.title) FROM content_asset a
    WHERE a.id = e.asset_id)) AS x
  FROM touchpoint e WHERE (e.occurred_at, e.id) < (?1, ?2)
  ORDER BY e.occurred_at DESC, e.id DESC LIMIT 50)"""

_POSTGRAPHILE = """query Feed($after: Cursor!) {
  touchpoints(first: 50, after: $after, orderBy: [OCCURRED_AT_DESC, %(ID)s_DESC]) {
    nodes {
      id: %(id)s type name summary occurredAt
      subject: customer { id: %(id)s displayName }
      source { id: %(id)s name }
      contentAsset: asset { id: %(id)s title }
    }
    pageInfo { endCursor hasNextPage }
  }
}"""

_POSTGRAPHILE_CURSOR = """query Place($id: BigInt!) {
  touchpoints(first: 1, condition: {%(id)s: $id}, orderBy: [OCCURRED_AT_DESC, %(ID)s_DESC]) {
    pageInfo { endCursor }
  }
}"""

_DIRECTUS = """query Feed($occurred_at: GraphQLBigInt!, $id: GraphQLBigInt!) {
  touchpoints: touchpoint(limit: 50, sort: ["-occurred_at", "-id"], filter: {_and: [
    {occurred_at: {_lte: $occurred_at}},
    {_or: [{occurred_at: {_lt: $occurred_at}}, {id: {_lt: $id}}]}
  ]}) {
    id type name summary occurredAt: occurred_at
    subject: customer_id { id displayName: display_name }
    source: source_id { id name }
    contentAsset: asset_id { id title }
  }
}"""

_BY_HAND = """query Feed($occurred_at: Float!, $id: Int!) {
  touchpoints(before: $occurred_at, beforeId: $id, first: 50) {
    id type name summary occurredAt
    subject { id displayName }
    source { id name }
    contentAsset { id title }
  }
}"""


def _postgraphile(**names: str) -> Ask:
    return Ask(
        _POSTGRAPHILE % names,
        lambda draw: {"id": str(draw["id"])},
        cursor=_POSTGRAPHILE_CURSOR % names,
    )


def _ours(draw: Draw) -> Variables:
    """The instant of the row; no two rows of the data set share one."""
    at = draw["occurred_at"]
    return {"from": format_moment(at), "to": format_moment(at + 1)}


def _from_page(first: float, last: float) -> Callable[[World, Look], Sequence[Draw]]:
    """Draws of the last row before each page between two shares of the first thousand pages."""

    def draws(world: World, look: Look) -> Sequence[Draw]:
        pages = min(1_000, world.touchpoints // _PAGE - 2)
        begin = max(1, int(pages * first))
        length = max(1, int(pages * (last - first)))
        found = look(
            "SELECT occurred_at, id FROM touchpoint ORDER BY occurred_at DESC, id DESC"
            f" LIMIT {length * _PAGE} OFFSET {begin * _PAGE - 1}"
        )[::_PAGE]
        edges = [{"occurred_at": row[0], "id": row[1]} for row in found]
        world.chance("feed").shuffle(edges)
        return edges

    return draws


WORKLOAD = Workload(
    key="W6",
    title="feed page",
    ours=Ask(_OURS, _ours, cursor=_OUR_CURSOR),
    limit=Limit(_POSTGRES, _SQLITE),
    peers={
        "directus": Ask(_DIRECTUS, lambda draw: {name: str(value) for name, value in draw.items()}),
        "by_hand": Ask(_BY_HAND),
        "postgraphile4": _postgraphile(id="id", ID="ID"),
        "postgraphile5": _postgraphile(id="rowId", ID="ROW_ID"),
    },
    draws=_from_page(0.45, 0.55),
)
FIRST_PAGES = replace(
    WORKLOAD, key="W6a", title="feed pages 1 to 10", peers={}, draws=_from_page(0, 0.01)
)
LAST_PAGES = replace(
    WORKLOAD, key="W6z", title="feed pages 990 to 1,000", peers={}, draws=_from_page(0.99, 1)
)
