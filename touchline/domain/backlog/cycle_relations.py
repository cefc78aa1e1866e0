"""What others may read of cycles."""

from touchline.domain.backlog.relations import BACKLOG_ITEM
from touchline.domain.kernel.relations import (
    Kind,
    equals,
    flag,
    key,
    moment,
    number,
    relation,
    text,
)

_PLANNED = (
    "SELECT {what} FROM backlog_cycle_item planned JOIN backlog_item i ON i.id = planned.item_id"
    " WHERE planned.cycle_id = {{t}}.id"
)
_OUT = (
    " AND i.launched_at IS NOT NULL AND ({t}.closed_at IS NULL OR i.launched_at <= {t}.closed_at)"
)

CYCLE = relation(
    "backlog_cycle",
    key(),
    key("backlog_id"),
    text("goal"),
    number("first_day"),
    number("last_day"),
    number("capacity"),
    number("committed_points"),
    number("done_points", sql=_PLANNED.format(what="coalesce(sum(i.effort), 0)") + _OUT),
    text("showcase_notes", nullable=True),
    text("actor_name"),
    moment("created_at"),
    moment("closed_at", nullable=True),
)

# Items by the cycles for which they were planned: the id of a row is that of the item.
ITEM_OF_CYCLE = relation(
    "(SELECT i.*, planned.cycle_id, planned.is_carried, planned.joined_at,"
    " cycle.closed_at AS cycle_closed_at"
    " FROM backlog_cycle_item planned JOIN backlog_item i ON i.id = planned.item_id"
    " JOIN backlog_cycle cycle ON cycle.id = planned.cycle_id)",
    *BACKLOG_ITEM.columns.values(),
    key("cycle_id"),
    flag("is_carried"),
    moment("joined_at", nullable=True),
    moment("cycle_closed_at", nullable=True),
)

# A huddle is a day of a cycle: the id of a row is that of its first note.
HUDDLE = relation(
    "(SELECT min(n.id) AS id, n.cycle_id, n.day FROM backlog_huddle_note n"
    " GROUP BY n.cycle_id, n.day)",
    key(),
    key("cycle_id"),
    number("day"),
)

_STEPS = (
    "SELECT l.id, l.item_id, l.from_value, l.to_value, l.reason, l.actor_name, l.logged_at, {more}"
    " JOIN backlog_log l ON l.backlog_id = c.backlog_id AND l.kind = 'STATE'"
    " AND l.from_value IS NOT NULL AND l.logged_at > {since} AND l.logged_at <= {until}"
)
_STEP = (
    key(),
    key("item_id"),
    text("from_value"),
    text("to_value"),
    text("reason", nullable=True),
    text("actor_name"),
    moment("logged_at"),
    key("cycle_id"),
)

# What items did between the huddle before, or the beginning of the cycle, and the last word of one.
STEP_OF_HUDDLE = relation(
    "("
    + _STEPS.format(
        more="h.cycle_id, h.day FROM (SELECT n.cycle_id, n.day, max(n.written_at) AS ended"
        " FROM backlog_huddle_note n GROUP BY n.cycle_id, n.day) h"
        " JOIN backlog_cycle c ON c.id = h.cycle_id",
        since="coalesce((SELECT max(b.written_at) FROM backlog_huddle_note b"
        " WHERE b.cycle_id = h.cycle_id AND b.day < h.day), c.created_at)",
        until="h.ended",
    )
    + ")",
    *_STEP,
    number("day"),
)

# The same since the last huddle of a cycle.
STEP_SINCE_HUDDLE = relation(
    "("
    + _STEPS.format(
        more="c.id AS cycle_id FROM backlog_cycle c",
        since="coalesce((SELECT max(b.written_at) FROM backlog_huddle_note b"
        " WHERE b.cycle_id = c.id), c.created_at)",
        until="coalesce(c.closed_at, l.logged_at)",
    )
    + ")",
    *_STEP,
)

HUDDLE_NOTE = relation(
    "backlog_huddle_note",
    key(),
    key("cycle_id"),
    number("day"),
    key("member_id"),
    text("text"),
    text("blocked", nullable=True),
    moment("written_at"),
)

IMPROVEMENT = relation(
    "backlog_improvement",
    key(),
    key("cycle_id"),
    text("action"),
    flag("is_done", sql="{t}.done_at IS NOT NULL"),
    moment("done_at", nullable=True),
)

OF_BACKLOG = equals("backlog_id", Kind.KEY)
"""Filters cycles."""
