"""A table of a hundred assets, each with how often it was read, and what it converted, in 30 days.

The figures of a range are summed from those of its days, by every contender.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bench.queries.workload import Ask, Draw, Limit, Look, Variables, Workload
from bench.queries.workloads.instants import postgres_at, sqlite_at
from bench.queries.world import DAY, END, YEAR, World

_ROWS, _DAYS = 100, 30
_BEGINNING = date(1970, 1, 1)

_OURS = """query Assets($after: String!, $range: DateRangeInput!) {
  contentAssets(first: 100, after: $after, orderBy: {field: TITLE, direction: ASC}) {
    nodes {
      id slug language kind status title updatedAt
      performance(range: $range) { reads conversions }
    }
    pageInfo { endCursor hasNextPage }
  }
}"""

_OUR_CURSOR = """query Place($title: String!) {
  contentAssets(first: 1, filter: {search: $title}, orderBy: {field: TITLE, direction: ASC}) {
    pageInfo { endCursor }
  }
}"""

_SUMS = """coalesce(sum(d.reads), 0) AS reads, coalesce(sum(d.conversions), 0) AS conversions
      FROM asset_day d WHERE d.asset_id = a.id AND d.day BETWEEN {first} AND {last}"""

_POSTGRES = f"""SELECT coalesce(json_agg(x), '[]') FROM (SELECT a.id, a.slug, a.language, a.kind,
  a.status, a.title, {postgres_at("a.updated_at")} AS "updatedAt",
  (SELECT row_to_json(r) FROM (SELECT {_SUMS.format(first="$3::bigint", last="$4::bigint")}) r)
    AS performance
  FROM (SELECT * FROM content_asset WHERE (title_key, id) > ($2, $1)
    ORDER BY title_key, id LIMIT {_ROWS}) a) x"""

_SQLITE = f"""SELECT json_group_array(json(x)) FROM (SELECT json_object('id', a.id,
  'slug', a.slug, 'language', a.language, 'kind', a.kind, 'status', a.status, 'title', a.title,
  'updatedAt', {sqlite_at("a.updated_at")},
  'performance', (SELECT json_object('reads', reads, 'conversions', conversions)
    FROM (SELECT {_SUMS.format(first="?3", last="?4")}))) AS x
  FROM content_asset a WHERE (a.title_key, a.id) > (?2, ?1)
  ORDER BY a.title_key, a.id LIMIT {_ROWS})"""

_POSTGRAPHILE = """query Assets($after: Cursor!, $from: Int!, $to: Int!) {
  assets: contentAssets(first: 100, after: $after, orderBy: [TITLE_KEY_ASC, %(ID)s_ASC]) {
    nodes {
      id: %(id)s slug language kind status title updatedAt
      performance: summed(fromDay: $from, toDay: $to) { reads conversions }
    }
    pageInfo { endCursor hasNextPage }
  }
}"""

_POSTGRAPHILE_CURSOR = """query Place($id: BigInt!) {
  assets: contentAssets(first: 1, condition: {%(id)s: $id},
    orderBy: [TITLE_KEY_ASC, %(ID)s_ASC]) {
    pageInfo { endCursor }
  }
}"""

_DIRECTUS = """query Assets($offset: Int!, $from: GraphQLStringOrFloat!,
  $to: GraphQLStringOrFloat!) {
  assets: content_asset(limit: 100, offset: $offset, sort: ["title_key", "id"]) {
    id slug language kind status title updatedAt: updated_at
    days(filter: {day: {_gte: $from, _lte: $to}}, limit: -1) { reads conversions }
  }
}"""

_BY_HAND = """query Assets($title: String!, $id: Int!, $from: Int!, $to: Int!) {
  assets(afterTitle: $title, afterId: $id, first: 100) {
    id slug language kind status title updatedAt
    performance(from: $from, to: $to) { reads conversions }
  }
}"""


def _days(draw: Draw) -> Variables:
    return {"from": draw["from"], "to": draw["to"]}


def _dates(draw: Draw) -> Variables:
    ends = _days(draw).items()
    return {"range": {end: (_BEGINNING + timedelta(days=day)).isoformat() for end, day in ends}}


def _postgraphile(**names: str) -> Ask:
    return Ask(
        _POSTGRAPHILE % names,
        lambda draw: {"id": str(draw["id"])},
        cursor=_POSTGRAPHILE_CURSOR % names,
        beside=_days,
    )


def _summed(told: Any) -> Any:
    """Directus cannot sum beside what it lists: its client does."""
    return [
        {
            **{name: value for name, value in asset.items() if name != "days"},
            "performance": {
                name: sum(day[name] for day in asset["days"]) for name in ("reads", "conversions")
            },
        }
        for asset in told
    ]


def _draws(world: World, look: Look) -> Sequence[Draw]:
    """Assets that have a page behind them, each with thirty days of the year."""
    chance = world.chance("assets")
    behind = max(1, world.assets - _ROWS - 1)
    found = look(f"SELECT id, title_key FROM content_asset ORDER BY title_key, id LIMIT {behind}")
    end, year = END // DAY, YEAR // DAY
    starts = [end - year + chance.randrange(year - _DAYS) for _ in found]
    chosen = [
        {"id": row[0], "title": row[1], "offset": place, "from": start, "to": start + _DAYS - 1}
        for place, (row, start) in enumerate(zip(found, starts, strict=True), 1)
    ]
    chance.shuffle(chosen)
    return chosen[:100]


WORKLOAD = Workload(
    key="W3",
    title="table of 100 assets",
    ours=Ask(_OURS, lambda draw: {"title": draw["title"]}, cursor=_OUR_CURSOR, beside=_dates),
    limit=Limit(
        _POSTGRES, _SQLITE, lambda draw: [draw["id"], draw["title"], draw["from"], draw["to"]]
    ),
    peers={
        "directus": Ask(_DIRECTUS, shape=_summed),
        "by_hand": Ask(_BY_HAND),
        "postgraphile4": _postgraphile(id="id", ID="ID"),
        "postgraphile5": _postgraphile(id="rowId", ID="ROW_ID"),
    },
    draws=_draws,
)
