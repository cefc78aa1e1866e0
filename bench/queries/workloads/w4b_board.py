"""The board: a page of a hundred of the 200 ordered items of a backlog, each as its whole card.

Scores and age are worked out for each card; no item names a segment, so that RICE has no reach.
"""

from collections.abc import Sequence

from bench.queries.board_rows import BACKLOG
from bench.queries.workload import Ask, Draw, Limit, Look, Workload
from bench.queries.workloads.instants import postgres_at, sqlite_at
from bench.queries.world import DAY, World
from touchline.domain.kernel.ids import global_id

_PAGE = 100

_OURS = f"""query Board($after: String!) {{
  backlog(id: "{global_id("Backlog", BACKLOG)}") {{
    id name owner {{ name }} orderVersion
    items(first: {_PAGE}, after: $after, states: [BACKLOG, READY]) {{
      nodes {{
        id title kind state position effort
        customerValue {{ kind level }}
        businessValue {{ goal {{ id name }} level }}
        scores {{ wsjf rice ice valuePerEffort }}
        proposedBy {{ name }} pulledBy {{ name }} blocked {{ since reason }} ageDays
        readiness {{ ready missing }}
        experiment {{ hypothesis metric target verdict }}
      }}
      pageInfo {{ hasNextPage endCursor }}
    }}
  }}
}}"""

_OUR_CURSOR = f"""query Place($behind: Int!) {{
  backlog(id: "{global_id("Backlog", BACKLOG)}") {{
    items(first: $behind, states: [BACKLOG, READY]) {{ pageInfo {{ endCursor }} }}
  }}
}}"""

_FIBONACCI = "(CASE {} WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 3 WHEN 4 THEN 5 ELSE 8 END)"
_WSJF = " + ".join(
    _FIBONACCI.format(f"i.{column}") for column in ("customer_level", "business_level", "urgency")
)
_EASE = (
    "(CASE i.effort WHEN 1 THEN 10 WHEN 2 THEN 9 WHEN 3 THEN 8 WHEN 5 THEN 6 WHEN 8 THEN 4"
    " ELSE 1 END)"
)
_SCORES = {
    "wsjf": f"({_WSJF}) / CAST(i.effort AS DOUBLE PRECISION)",
    "rice": "NULL",
    "ice": "(i.customer_level + i.business_level) * i.confidence"
    f" / CAST(10 AS DOUBLE PRECISION) * {_EASE}",
    "valuePerEffort": "(i.customer_level + i.business_level) / CAST(i.effort AS DOUBLE PRECISION)",
}
_VERDICT = (
    "coalesce(i.verdict, (SELECT e.verdict FROM experiment e WHERE e.item_id = i.id"
    " ORDER BY e.id DESC LIMIT 1))"
)
_FROM = f"""FROM (SELECT one.*, row_number() OVER (ORDER BY one.rank) AS position
    FROM backlog_item one WHERE one.backlog_id = {BACKLOG} AND one.rank < '~') i
  WHERE i.rank > {{after}} AND i.state IN ('BACKLOG', 'READY') ORDER BY i.rank LIMIT {_PAGE}"""


def _card(build: str, at: str, ready: str, missing: str, age: str) -> str:
    """The pairs of a card: ``build`` makes an object of pairs."""
    scores = ", ".join(f"'{name}', {sql}" for name, sql in _SCORES.items())
    people = ", ".join(
        f"'{name}', (SELECT {build}('name', m.name) FROM team_member m WHERE m.id = i.{column})"
        for name, column in (("proposedBy", "proposed_by_id"), ("pulledBy", "pulled_by_id"))
    )
    return f"""{build}('id', i.id, 'title', i.title, 'kind', i.kind, 'state', i.state,
    'position', i.position, 'effort', i.effort,
    'customerValue', {build}('kind', i.customer_kind, 'level', i.customer_level),
    'businessValue', {build}('goal', (SELECT {build}('id', g.id, 'name', g.name)
      FROM business_goal g WHERE g.id = i.goal_id), 'level', i.business_level),
    'scores', {build}({scores}), {people},
    'blocked', CASE WHEN i.blocked_since IS NOT NULL THEN
      {build}('since', {at}, 'reason', i.blocked_reason) END,
    'ageDays', ({age} - i.created_at) / {DAY},
    'readiness', {build}('ready', {ready}, 'missing', {missing}),
    'experiment', {build}('hypothesis', i.hypothesis, 'metric', i.metric,
      'target', i.target_milli / 1000.0, 'verdict', {_VERDICT}))"""


_POSTGRES = f"""SELECT json_build_object('id', b.id, 'name', b.name,
  'owner', (SELECT json_build_object('name', m.name) FROM team_member m WHERE m.id = b.owner_id),
  'orderVersion', b.order_version,
  'items', (SELECT coalesce(json_agg(card), '[]') FROM (SELECT {
    _card(
        "json_build_object",
        postgres_at("i.blocked_since"),
        "CAST(i.missing AS text) = '[]'",
        "i.missing",
        "CAST(extract(epoch FROM now()) * 1000 AS BIGINT)",
    )
} AS card {_FROM.format(after="$1")}) cards))
  FROM backlog b WHERE b.id = {BACKLOG}"""

_SQLITE = f"""SELECT json_object('id', b.id, 'name', b.name,
  'owner', (SELECT json_object('name', m.name) FROM team_member m WHERE m.id = b.owner_id),
  'orderVersion', b.order_version,
  'items', (SELECT json_group_array(json(card)) FROM (SELECT {
    _card(
        "json_object",
        sqlite_at("i.blocked_since"),
        "json(iif(i.missing = '[]', 'true', 'false'))",
        "json(i.missing)",
        "CAST(strftime('%s', 'now') AS INTEGER) * 1000",
    )
} AS card {_FROM.format(after="?1")})))
  FROM backlog b WHERE b.id = {BACKLOG}"""


def _draws(_world: World, look: Look) -> Sequence[Draw]:
    """A page behind each item of the upper half."""
    found = look(
        f"SELECT rank FROM backlog_item WHERE backlog_id = {BACKLOG} AND rank < '~'"
        f" ORDER BY rank LIMIT {_PAGE}"
    )
    return [{"behind": place, "rank": row[0]} for place, row in enumerate(found, 1)]


WORKLOAD = Workload(
    key="W4b",
    title="board: 100 of 200 cards",
    ours=Ask(_OURS, lambda draw: {"behind": draw["behind"]}, cursor=_OUR_CURSOR),
    limit=Limit(_POSTGRES, _SQLITE, lambda draw: [draw["rank"]]),
    peers={},
    draws=_draws,
)
