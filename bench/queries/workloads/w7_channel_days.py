"""How many touchpoints came by each channel on each of ninety days: from daily counts, and counted.

``WORKLOAD`` asks the product and by SQL for counts that are kept. ``BESIDE_COUNTING`` asks the
product the same, and has the SQL look through the touchpoints.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bench.queries.workload import Ask, Draw, Limit, Look, Variables, Workload
from bench.queries.world import DAY, END, YEAR, World

_DAYS = 90
_BEGINNING = date(1970, 1, 1)

_OURS = """query ChannelDays($range: DateRangeInput!) {
  channelActivity(range: $range) { days series { channel { name } touchpoints } }
}"""

_KEPT = """SELECT d.day, coalesce(c.name, '') AS channel, d.touchpoints
  FROM channel_day d LEFT JOIN channel c ON c.id = d.channel_id
  WHERE d.touchpoints > 0 AND d.day BETWEEN {first} AND {last}"""

_COUNTED = f"""SELECT t.occurred_at / {DAY} AS day, coalesce(c.name, '') AS channel,
  count(*) AS touchpoints
  FROM touchpoint t LEFT JOIN touchpoint_origin o ON o.id = t.origin_id
  LEFT JOIN channel c ON c.id = o.channel_id
  WHERE t.occurred_at >= {{first}} * {DAY} AND t.occurred_at < ({{last}} + 1) * {DAY}
  GROUP BY 1, 2"""

_KEPT_BY_PEERS = """query ChannelDays($from: Int!, $to: Int!) {
  days: channelDaysList(
    filter: {day: {greaterThanOrEqualTo: $from, lessThanOrEqualTo: $to},
      touchpoints: {greaterThan: "0"}}
  ) { day channel { name } touchpoints }
}"""


def _postgres(rows: str) -> str:
    found = rows.format(first="$1::bigint", last="$2::bigint")
    return (
        "SELECT coalesce(json_agg(x), '[]')"
        f' FROM (SELECT * FROM ({found}) r ORDER BY day, channel COLLATE "C") x'
    )


def _sqlite(rows: str) -> str:
    found = rows.format(first="?1", last="?2")
    return (
        "SELECT json_group_array(json_object("
        "'day', day, 'channel', channel, 'touchpoints', touchpoints))"
        f" FROM (SELECT * FROM ({found}) ORDER BY day, channel)"
    )


def _limit(rows: str) -> Limit:
    return Limit(_postgres(rows), _sqlite(rows), lambda draw: [draw["from"], draw["to"]])


def _in_dates(draw: Draw) -> Variables:
    return {
        "range": {
            end: (_BEGINNING + timedelta(days=draw[end])).isoformat() for end in ("from", "to")
        }
    }


def _flat(told: Any) -> list[dict[str, Any]]:
    """A row for each day and channel that has touchpoints, in order."""
    first = (date.fromisoformat(told["days"][0]) - _BEGINNING).days
    rows = [
        {"day": day, "channel": (one["channel"] or {"name": ""})["name"], "touchpoints": count}
        for one in told["series"]
        for day, count in enumerate(one["touchpoints"], first)
        if count
    ]
    return sorted(rows, key=lambda row: (row["day"], row["channel"]))


def _named(told: Any) -> list[dict[str, Any]]:
    rows = [{**row, "channel": (row["channel"] or {"name": ""})["name"]} for row in told]
    return sorted(rows, key=lambda row: (row["day"], row["channel"]))


def _draws(world: World, _look: Look) -> Sequence[Draw]:
    chance = world.chance("channel days")
    end, year = END // DAY, YEAR // DAY
    starts = [end - year + chance.randrange(year - _DAYS) for _ in range(50)]
    return [{"from": start, "to": start + _DAYS - 1} for start in starts]


_BY_PEERS = Ask(_KEPT_BY_PEERS, shape=_named)

WORKLOAD = Workload(
    key="W7",
    title="counts per channel and day",
    ours=Ask(_OURS, _in_dates, _flat),
    limit=_limit(_KEPT),
    peers={"postgraphile4": _BY_PEERS, "postgraphile5": _BY_PEERS},
    draws=_draws,
)

BESIDE_COUNTING = replace(
    WORKLOAD,
    key="W7n",
    title="the same, beside SQL that counts touchpoints",
    limit=_limit(_COUNTED),
    peers={},
)
