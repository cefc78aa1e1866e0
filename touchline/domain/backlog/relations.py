"""What others may read of backlogs."""

from touchline.domain.backlog.ordering import BEHIND
from touchline.domain.experiments.relations import EXPERIMENT
from touchline.domain.kernel.relations import (
    count_of,
    document,
    flag,
    key,
    moment,
    number,
    one_of,
    relation,
    text,
)
from touchline.domain.segments.relations import SIZE_OF_SEGMENT

IN_LIST = f"{{t}}.rank < '{BEHIND}'"
"""Holds for items that stand in the ordered list."""

_POSITION = (
    f"CASE WHEN {IN_LIST} THEN (SELECT count(*) FROM backlog_item above"
    " WHERE above.backlog_id = {t}.backlog_id AND above.rank <= {t}.rank) END"
)
_HELD = (
    "CASE WHEN {t}.scope = 'PERSON' THEN (SELECT coalesce(max(held.n), 0) FROM"
    " (SELECT count(*) AS n FROM backlog_item i WHERE i.backlog_id = {t}.backlog_id"
    " AND i.state IN ('IN_PROGRESS', 'IN_REVIEW') GROUP BY i.pulled_by_id) held)"
    " ELSE (SELECT count(*) FROM backlog_item i WHERE i.backlog_id = {t}.backlog_id"
    " AND i.state = {t}.scope) END"
)
_DAY = 86_400_000

# Of an item that is tried out: the latest experiment that was planned for it.
_TRIED = (
    f"SELECT e.{{column}} FROM {EXPERIMENT.table} e WHERE e.item_id = {{{{t}}}}.id"
    " ORDER BY e.id DESC LIMIT 1"
)

# Of an item that was measured: what was frozen.
_MEASURED = "SELECT m.{column} FROM backlog_measurement m WHERE m.item_id = {{t}}.id"

BACKLOG = relation(
    "backlog",
    key(),
    text("name"),
    text("name_key"),
    key("owner_id"),
    number("order_version"),
    text("actor_name"),
    moment("created_at"),
    key(
        "open_cycle_id",
        nullable=True,
        sql="SELECT min(open.id) FROM backlog_cycle open WHERE open.backlog_id = {t}.id"
        " AND open.closed_at IS NULL",
    ),
    count_of(
        "item_count",
        sql="SELECT count(*) FROM backlog_item i WHERE i.backlog_id = {t}.id"
        f" AND i.rank < '{BEHIND}'",
    ),
)

BACKLOG_ITEM = relation(
    "backlog_item",
    key(),
    key("backlog_id"),
    text("title"),
    text("description", nullable=True),
    text("kind"),
    text("state"),
    text("rank"),
    count_of("position", nullable=True, sql=_POSITION),
    number("effort", nullable=True),
    text("customer_kind", nullable=True),
    number("customer_level", nullable=True),
    key("goal_id", nullable=True),
    number("business_level", nullable=True),
    number("urgency", nullable=True),
    number("confidence", nullable=True),
    text("hypothesis", nullable=True),
    text("metric", nullable=True),
    number("target_milli", nullable=True),
    number("window_days", nullable=True),
    moment(
        "window_to",
        nullable=True,
        sql=f"{{t}}.launched_at + CAST({{t}}.window_days AS BIGINT) * {_DAY}",
    ),
    text(
        "verdict",
        nullable=True,
        sql=f"COALESCE({{t}}.verdict, ({_TRIED.format(column='verdict')}))",
    ),
    key("experiment_id", nullable=True, sql=_TRIED.format(column="id")),
    text(
        "verdict_sentence",
        nullable=True,
        sql=f"COALESCE(({_MEASURED.format(column='sentence')}),"
        f" ({_TRIED.format(column='verdict_sentence')}))",
    ),
    document("health", nullable=True, sql=_TRIED.format(column="health")),
    moment(
        "frozen_at",
        nullable=True,
        sql=f"COALESCE(({_TRIED.format(column='frozen_at')}),"
        f" ({_MEASURED.format(column='measured_at')}))",
    ),
    key("segment_id", nullable=True),
    key("campaign_id", nullable=True),
    number("reach", nullable=True, sql=SIZE_OF_SEGMENT.replace("{key}", "{t}.segment_id")),
    document("asset_ids"),
    document("depends_on"),
    flag("is_dependency_known"),
    document("missing"),
    flag("is_ready", sql="CAST({t}.missing AS text) = '[]'"),
    moment("blocked_since", nullable=True),
    text("blocked_reason", nullable=True),
    key("pulled_by_id", nullable=True),
    key("proposed_by_id", nullable=True),
    key("duplicate_of_id", nullable=True),
    key("based_on_id", nullable=True),
    count_of(
        "vote_count", sql="SELECT count(*) FROM backlog_vote vote WHERE vote.item_id = {t}.id"
    ),
    moment("created_at"),
    moment("state_at"),
    moment("launched_at", nullable=True),
    moment("closed_at", nullable=True),
)

BACKLOG_LOG = relation(
    "backlog_log",
    key(),
    key("backlog_id"),
    key("item_id"),
    text("kind"),
    text(
        "from_value",
        nullable=True,
        sql="CASE WHEN {t}.kind = 'SUGGESTION' THEN {t}.from_name"
        " ELSE COALESCE({t}.from_name, {t}.from_value) END",
    ),
    text("to_value", nullable=True, sql="COALESCE({t}.to_name, {t}.to_value)"),
    text("reason", nullable=True),
    text("actor_name"),
    text("mandate", nullable=True),
    moment("logged_at"),
)

BACKLOG_MEASUREMENT = relation(
    "backlog_measurement",
    key(),
    key("item_id"),
    text("source"),
    text("verdict"),
    text("sentence"),
    text("metric", nullable=True),
    text("value", nullable=True),
    text("currency", nullable=True),
    text("target", nullable=True),
    moment("began_at"),
    moment("ended_at"),
    number("reached", nullable=True),
    number("needed", nullable=True),
    document("asset_ids"),
    key("experiment_id", nullable=True),
    moment("measured_at"),
)

BACKLOG_COMMENT = relation(
    "backlog_comment",
    key(),
    key("item_id"),
    text("text"),
    text("actor_name"),
    moment("created_at"),
)

BACKLOG_VOTE = relation("backlog_vote", key(), key("item_id"), key("member_id"), moment("voted_at"))

BACKLOG_MANDATE = relation(
    "backlog_mandate",
    key(),
    key("backlog_id"),
    key("member_id"),
    text("kind"),
    text("reason"),
    text("actor_name"),
    moment("began_at"),
    moment("ends_at"),
)

BACKLOG_ORDER_PROPOSAL = relation(
    "backlog_order_proposal",
    key(),
    key("backlog_id"),
    text("formula"),
    text("state"),
    number("order_version"),
    flag(
        "is_stale",
        sql="{t}.state = 'OPEN' AND {t}.order_version <> (SELECT b.order_version FROM backlog b"
        " WHERE b.id = {t}.backlog_id)",
    ),
    text("actor_name"),
    moment("created_at"),
    moment("closed_at", nullable=True),
)

BACKLOG_ORDER_MOVE = relation(
    "backlog_order_move",
    key(),
    key("proposal_id"),
    key("item_id"),
    number("from_place"),
    number("to_place"),
    text("score"),
    moment("accepted_at", nullable=True),
)

BACKLOG_WIP_LIMIT = relation(
    "backlog_wip_limit",
    key(),
    key("backlog_id"),
    text("scope"),
    number("most"),
    count_of("held", sql=_HELD),
)

BUSINESS_GOAL = relation(
    "business_goal",
    key(),
    text("name"),
    text("kind"),
    text("actor_name"),
    moment("created_at"),
)

IN_STATES = one_of("state")
OF_KINDS = one_of("kind")
"""Filters of items."""
