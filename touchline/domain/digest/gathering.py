"""What an update tells of: the week before an instant."""

from touchline.domain.backlog.relations import BACKLOG_ITEM, BACKLOG_LOG
from touchline.domain.backlog.types import DONE, UNDER_WAY, ItemState, LogKind
from touchline.domain.digest.rendering import Digest, Section, plain, rendered, title_of
from touchline.domain.digest.weeks import WEEK
from touchline.domain.experiments.relations import EXPERIMENT
from touchline.domain.kernel.clock import Moment, format_moment
from touchline.domain.kernel.db import Row, fetch

MOST_LINES = 20
NEXT = 5
_WORDS = {
    ItemState.LAUNCHED: "launched",
    ItemState.MEASURED: "measured",
    ItemState.IN_PROGRESS: "pulled",
    ItemState.IN_REVIEW: "handed in for review",
}
_LAST_MOVES = (
    "SELECT i.title, i.verdict, l.to_value AS state, l.actor_name"
    f" FROM {BACKLOG_LOG.table} l JOIN {BACKLOG_ITEM.table} i ON i.id = l.item_id"
    " WHERE l.kind = ? AND l.logged_at >= ? AND l.logged_at < ? AND l.to_value IN (?, ?)"
    f" AND NOT EXISTS (SELECT 1 FROM {BACKLOG_LOG.table} later WHERE later.item_id = l.item_id"
    " AND later.kind = l.kind AND later.logged_at < ?"
    " AND (later.logged_at > l.logged_at OR (later.logged_at = l.logged_at AND later.id > l.id)))"
    " ORDER BY l.logged_at, l.id LIMIT ?"
)


async def digest_of(until: Moment) -> Digest:
    """The update of the week before ``until``. What is blocked and what is next is as of now."""
    since = until - WEEK
    sections = [
        Section("Done", await _moves(DONE, since, until), "Nothing was finished."),
        Section("Moved", await _moves(UNDER_WAY, since, until), "Nothing was moved."),
        Section("Blocked", await _blocked(), "Nothing is blocked."),
        Section("Results", await _results(since, until), "No experiment ended."),
        Section("Being tried out", await _under_way(), "Nothing is being tried out."),
        Section("Next", await _next(), "Nothing is ready to be pulled."),
    ]
    return rendered(title_of(until), sections)


async def _moves(states: tuple[ItemState, ItemState], since: Moment, until: Moment) -> list[str]:
    """The items whose last step in the week led to one of the states."""
    rows = await fetch(_LAST_MOVES, (LogKind.STATE, since, until, *states, until, MOST_LINES))
    return [_move(row) for row in rows]


def _move(row: Row) -> str:
    state = ItemState(row["state"])
    told = f"{plain(row['title'])}: {_WORDS[state]} by {plain(row['actor_name'])}"
    if state is ItemState.MEASURED and row["verdict"] is not None:
        return f"{told}, {row['verdict'].replace('_', ' ').lower()}"
    return told


async def _blocked() -> list[str]:
    rows = await fetch(
        f"SELECT title, blocked_since, blocked_reason FROM {BACKLOG_ITEM.table}"
        " WHERE blocked_since IS NOT NULL AND state NOT IN (?, ?, ?)"
        " ORDER BY blocked_since, id LIMIT ?",
        (*DONE, ItemState.DROPPED, MOST_LINES),
    )
    return [
        f"{plain(row['title'])}: since {format_moment(row['blocked_since'])[:10]},"
        f" {plain(row['blocked_reason'] or '')}"
        for row in rows
    ]


async def _next() -> list[str]:
    rows = await fetch(
        f"SELECT title FROM {BACKLOG_ITEM.table} WHERE state = ? ORDER BY backlog_id, rank LIMIT ?",
        (ItemState.READY, NEXT),
    )
    return [plain(row["title"]) for row in rows]


async def _results(since: Moment, until: Moment) -> list[str]:
    rows = await fetch(
        f"SELECT name, verdict_sentence FROM {EXPERIMENT.table}"
        " WHERE frozen_at >= ? AND frozen_at < ? ORDER BY frozen_at, id LIMIT ?",
        (since, until, MOST_LINES),
    )
    return [_finding(row) for row in rows]


async def _under_way() -> list[str]:
    rows = await fetch(
        f"SELECT name, verdict_sentence FROM {EXPERIMENT.table} WHERE state = 'RUNNING'"
        " ORDER BY ends_at, id LIMIT ?",
        (MOST_LINES,),
    )
    return [_finding(row) for row in rows]


def _finding(row: Row) -> str:
    return f"**{plain(row['name'])}**: {plain(row['verdict_sentence'])}"
