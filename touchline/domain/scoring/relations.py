"""What others may read of scores and of the models that make them."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from touchline.domain.customers.relations import ACCOUNT, CUSTOMER, SCORE_RANK
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.relations import (
    Condition,
    Kind,
    document,
    flag,
    key,
    moment,
    number,
    relation,
    text,
)
from touchline.domain.scoring.decay import MICRO, faded_sql
from touchline.domain.scoring.gathering import LATEST
from touchline.domain.tasks.relations import TASK, unless_failed
from touchline.domain.timeline.relations import TOUCHPOINT

_LANDMARK = "(SELECT b.landmark FROM scoring_build b WHERE b.id = {t}.build_id)"
_HALF_LIFE = "(SELECT b.half_life FROM scoring_build b WHERE b.id = {t}.build_id)"
WORTH = (
    f"(SELECT {faded_sql('{fading}', '{now}', 'b.landmark', 'b.half_life')}"
    " FROM scoring_build b WHERE b.id = {build_id})"
)
"""What the fading part of a score is worth; with holes for the instant and the score's columns."""

_LAST_TASK = "FROM scoring_build b {join}WHERE b.model_id = {{t}}.id ORDER BY b.id DESC LIMIT 1"
_TASK_STATUS = _LAST_TASK.format(join=f"JOIN {TASK.table} k ON k.id = b.task_id ")
SCORING_MODEL = relation(
    "scoring_model",
    key(),
    text("name"),
    text("status", sql=unless_failed("{t}.status", f"SELECT k.status {_TASK_STATUS}")),
    key("task_id", nullable=True, sql=f"SELECT b.task_id {_LAST_TASK.format(join='')}"),
    number("version"),
    number("published_version", nullable=True),
    document("bands"),
    number("half_life", nullable=True),
    number("time_window", nullable=True),
    text("conversion", nullable=True),
    flag("is_primary"),
    moment("created_at"),
    moment("updated_at"),
)

SCORING_RULE = relation(
    "scoring_rule",
    key(),
    key("model_id"),
    text("name"),
    number("place"),
    number("points"),
    text("dimension", nullable=True),
    flag("once"),
    number("cap_per_day", nullable=True),
    text("group_name", nullable=True),
    text("condition", sql="CAST({t}.condition AS TEXT)"),
    text("condition_summary"),
    key("condition_id", sql="({t}.id * 8 + 3)"),
)
IS_WRITTEN = "{t}.dropped_at IS NULL"

# Not a table: the columns that every relation has which shows a band.
SCORE_BAND = relation("", key("band_id"), text("band_name"), number("band_minimum"))

SCORE_BAND_COUNT = relation(
    "(SELECT min(s.id) AS id, s.model_id, s.band_name, s.band_minimum, count(*) AS customers"
    " FROM customer_score s JOIN scoring_model m ON m.build_id = s.build_id"
    " GROUP BY s.model_id, s.band_name, s.band_minimum)",
    key(),
    key("model_id"),
    text("band_name", nullable=True),
    number("band_minimum", nullable=True),
    number("band_order", sql="COALESCE({t}.band_minimum, -9000000000000000000)"),
    key("band_id", sql="({t}.id * 4)"),
    number("customers"),
)

CUSTOMER_SCORE = relation(
    "customer_score",
    key(),
    key("customer_id"),
    key("model_id"),
    key("build_id"),
    number("fading"),
    number("steady"),
    text("band_name", nullable=True),
    number("band_minimum", nullable=True),
    key("band_id", sql="({t}.id * 4 + 1)"),
    moment("next_band_at", nullable=True),
    moment("landmark", sql=_LANDMARK),
    number("half_life", nullable=True, sql=_HALF_LIFE),
)
COUNTS = "{t}.build_id IN (SELECT m.build_id FROM scoring_model m)"

# The scores by the primary model of the people of an account, as sums: what they are worth now is
# not for a database to say, which cannot know the instant of the answer.
_OF_PEOPLE = (
    f"FROM {CUSTOMER.table} p CROSS JOIN customer_score s WHERE p.account_id = {{t}}.id"
    " AND s.customer_id = p.id AND s.build_id = {t}.build_id"
)
ACCOUNT_SCORE = relation(
    "(SELECT a.id, m.id AS model_id, b.id AS build_id, b.landmark, b.half_life"
    f" FROM {ACCOUNT.table} a JOIN scoring_model m ON m.is_primary = TRUE"
    " JOIN scoring_build b ON b.id = m.build_id"
    f" WHERE EXISTS (SELECT 1 FROM {CUSTOMER.table} p WHERE p.account_id = a.id))",
    key(),
    key("model_id"),
    moment("landmark"),
    number("half_life", nullable=True),
    text(
        "sums",
        nullable=True,
        sql="SELECT string_agg(CAST(s.fading AS TEXT) || ':' || CAST(s.steady AS TEXT), ' ')"
        f" {_OF_PEOPLE}",
    ),
)

_LINE = (
    "(SELECT s.id * 1000000 + CAST(l.key AS BIGINT) AS id, s.customer_id, s.build_id,"
    " CAST(l.key AS BIGINT) AS place, l.value ->> 0 AS kind, l.value ->> 1 AS label,"
    + ",".join(
        f" CAST(l.value ->> {place} AS BIGINT) AS {name}"
        for place, name in enumerate(
            ("rule_id", "before", "fading", "steady", "occurrences", "latest"), 2
        )
    )
    + ", l.value ->> 8 AS actor_name, CAST(l.value ->> 9 AS BIGINT) AS expires_at"
    " FROM customer_score s CROSS JOIN json_each(s.lines) l)"
)
_LAST_BITS = (1 << LATEST) - 1
_TOUCHPOINT = (
    f"(SELECT max(p.id) FROM {TOUCHPOINT.table} p WHERE p.customer_id = {{t}}.customer_id"
    f" AND p.occurred_at = ({{t}}.latest >> {LATEST})"
    f" AND (p.id & {_LAST_BITS}) = ({{t}}.latest & {_LAST_BITS}))"
)

SCORE_LINE = relation(
    _LINE,
    key(),
    key("customer_id"),
    key("build_id"),
    number("place"),
    text("kind"),
    text("label"),
    key("rule_id", nullable=True),
    number("before"),
    number("fading"),
    number("steady"),
    number("occurrences"),
    key("touchpoint_id", nullable=True, sql=_TOUCHPOINT),
    text("actor_name", nullable=True),
    moment("expires_at", nullable=True),
    moment("landmark", sql=_LANDMARK),
    number("half_life", nullable=True, sql=_HALF_LIFE),
)

SCORE_CHANGE = relation(
    "score_change",
    key(),
    key("customer_id"),
    key("model_id"),
    number("version"),
    number("value"),
    text("band_name", nullable=True),
    number("band_minimum", nullable=True),
    key("band_id", sql="({t}.id * 4 + 2)"),
    text("cause"),
    moment("at"),
)

# The rank (see ``decay.rank``) that a score by the primary model has just now.
_RANK = """(SELECT CASE WHEN b.half_life IS NULL THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT)
    + CAST(trunc(b.half_life * CAST(? AS DOUBLE PRECISION) + 0.5) AS BIGINT) * CAST(? AS BIGINT)
    END FROM scoring_model m JOIN scoring_build b ON b.id = m.build_id WHERE m.is_primary)"""


def _between(given: Mapping[str, float | None]) -> tuple[str, tuple[Any, ...]]:
    """Only the bounds that are given, each by what its rank is made of."""
    said, params = ["EXISTS (SELECT 1 FROM scoring_model WHERE is_primary)"], list[Any]()
    for sign, points in ((">=", given.get("atLeast")), ("<=", given.get("atMost"))):
        if points is not None:
            said.append(f"({SCORE_RANK}) {sign} {_RANK}")
            params += _ranked(round(max(-1e9, min(points, 1e9)) * MICRO))
    return f"({' AND '.join(said)})", tuple(params)


def _ranked(micro: int) -> Sequence[int | float]:
    """The parameters of a score's rank: as it is, or by its sign, the instant and a logarithm."""
    if not micro:
        return 0, 0, 0.0, 0
    sign = -1 if micro < 0 else 1
    return micro, sign * now(), math.log2(abs(micro)), sign


SCORE_BETWEEN = Condition("", Kind.JSON, varies=True, write=_between)
"""Filters customers by their score by the primary model."""
