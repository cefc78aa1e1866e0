"""What counts as reading, viewing, clicking and sharing: once in Python and once in SQL.

The pipeline counts what it appends, a rebuild counts the log. Both must come to the same.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from touchline.domain.kernel.clock import Moment
from touchline.domain.links.relations import TRACKED_LINK
from touchline.domain.timeline.relations import ON_DAY, TOUCHPOINT
from touchline.domain.timeline.robots import IS_OF_ROBOT, is_of_robot

READ, SHARED, CLICKED = "Content Read", "Content Shared", "Link Clicked"
COUNTS = ("reads", "views", "clicks", "shares")
_BY_NAME = {READ: "reads", SHARED: "shares", CLICKED: "clicks"}


class Happening(NamedTuple):
    """A touchpoint as it is appended."""

    asset_id: int | None
    customer_id: int
    origin_id: int
    moment: Moment
    kind: str
    name: str
    properties: Mapping[str, Any]


def counted_as(kind: str, name: str, properties: Mapping[str, Any]) -> str | None:
    """Which count a touchpoint belongs to; robots and prefetches click nothing."""
    if kind in ("PAGE", "SCREEN"):
        return "views"
    found = _BY_NAME.get(name) if kind == "TRACK" else None
    return None if found == "clicks" and is_of_robot(kind, name, properties) else found


_DAY = ON_DAY.replace("{t}", "t")
_NOBODY = IS_OF_ROBOT.replace("{t}", "t")
IS = {
    "reads": f"t.type = 'TRACK' AND t.name = '{READ}'",
    "views": "t.type IN ('PAGE', 'SCREEN')",
    "clicks": f"t.type = 'TRACK' AND t.name = '{CLICKED}'",
    "shares": f"t.type = 'TRACK' AND t.name = '{SHARED}'",
}
"""Whether a touchpoint ``t`` is such a one; of clicks, whether by robots or not."""
MEETS = (
    f"({IS['views']}) OR ({IS['reads']}) OR ({IS['shares']})"
    f" OR ({IS['clicks']} AND NOT ({_NOBODY}))"
)
"""Whether somebody met the asset by a touchpoint ``t``."""
_SUMS = ", ".join(
    f"sum(CASE WHEN {condition} THEN 1 ELSE 0 END) AS {count}" for count, condition in IS.items()
)

_COUNTED = (
    f"SELECT t.asset_id, {_DAY} AS day, COALESCE(t.origin_id, 0) AS origin_id, 0 AS link_id,"
    f" {_SUMS}"
    f" FROM {TOUCHPOINT.table} t WHERE t.asset_id IS NOT NULL"
    f" AND (({IS['views']}) OR ({IS['reads']}) OR ({IS['shares']}))"
    " GROUP BY 1, 2, 3"
    " UNION ALL SELECT c.asset_id, c.day, c.origin_id, COALESCE(l.id, 0), 0, 0, sum(c.clicks), 0"
    f" FROM (SELECT COALESCE(t.asset_id, 0) AS asset_id, {_DAY} AS day,"
    " COALESCE(t.origin_id, 0) AS origin_id, t.properties ->> 'code' AS code, count(*) AS clicks"
    f" FROM {TOUCHPOINT.table} t WHERE {IS['clicks']} AND NOT ({_NOBODY})"
    f" GROUP BY 1, 2, 3, 4) c LEFT JOIN {TRACKED_LINK.table} l ON l.code = c.code"
    " GROUP BY 1, 2, 3, 4"
)
COUNTED = (
    "SELECT x.asset_id, x.day, x.origin_id, x.link_id,"
    f" {', '.join(f'sum(x.{one})' for one in COUNTS)} FROM ({_COUNTED}) x GROUP BY 1, 2, 3, 4"
)
"""The rows of ``asset_origin_day``, counted from the log."""

READERS = (
    f"SELECT DISTINCT t.asset_id, {_DAY} AS day, t.customer_id FROM {TOUCHPOINT.table} t"
    f" WHERE t.asset_id IS NOT NULL AND {IS['reads']}"
)
"""The rows of ``asset_reader``, found in the log."""
