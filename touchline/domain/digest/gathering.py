"""What an update tells of: the week before an instant."""

from touchline.domain.backlog.relations import (
    BACKLOG,
    BACKLOG_ITEM,
    BACKLOG_LOG,
    BACKLOG_MEASUREMENT,
)
from touchline.domain.backlog.types import DONE, UNDER_WAY, ItemState, LogKind, Measure, Verdict
from touchline.domain.digest.rendering import Digest, Section, plain, rendered, title_of
from touchline.domain.digest.weeks import WEEK
from touchline.domain.experiments.relations import EXPERIMENT
from touchline.domain.kernel.clock import Moment, format_moment
from touchline.domain.kernel.db import Row, fetch

MOST_LINES = 20
NEXT = 5
_WORDS = {
    ItemState.LAUNCHED: "launched",
    ItemState.IN_PROGRESS: "pulled",
    ItemState.IN_REVIEW: "handed in for review",
}
_CAME_OF = {
    Verdict.WORKED: "it worked",
    Verdict.DID_NOT: "it did not work",
    Verdict.NO_DIFFERENCE: "it made no difference",
}
_UNCLEAR = "it is not clear what came of it"
_TITLE = (
    f"CASE WHEN (SELECT count(*) FROM {BACKLOG.table}) > 1 THEN (SELECT b.name FROM {BACKLOG.table}"
    " b WHERE b.id = i.backlog_id) || ': ' || i.title ELSE i.title END"
)
"""What an item is called; where there are several backlogs, behind the name of its own."""
_STEPS = (
    f"SELECT {_TITLE} AS title, l.to_value AS state, l.actor_name"
    f" FROM {BACKLOG_LOG.table} l JOIN {BACKLOG_ITEM.table} i ON i.id = l.item_id"
    " WHERE l.kind = ? AND l.logged_at >= ? AND l.logged_at < ?"
)
_IS_LAST = (
    f" AND NOT EXISTS (SELECT 1 FROM {BACKLOG_LOG.table} later WHERE later.item_id = l.item_id"
    " AND later.kind = l.kind AND later.logged_at < ?"
    " AND (later.logged_at > l.logged_at OR (later.logged_at = l.logged_at AND later.id > l.id)))"
)
_IN_ORDER = " ORDER BY l.logged_at, l.id LIMIT ?"


async def digest_of(until: Moment) -> Digest:
    """The update of the week before ``until``. What is blocked and what is next is as of now."""
    since = until - WEEK
    sections = [
        Section("Done", await _done(since, until), "Nothing was launched."),
        Section("Moved", await _moved(since, until), "Nothing was moved."),
        Section("Blocked", await _blocked(), "Nothing is blocked."),
        Section("Results", await _results(since, until), "Nothing was measured."),
        Section("Being tried out", await _under_way(), "Nothing is being tried out."),
        Section("Next", await _next(), "Nothing is ready to be pulled."),
    ]
    return rendered(title_of(until), sections)


async def _done(since: Moment, until: Moment) -> list[str]:
    """What was launched in the week, measured since or not."""
    text = f"{_STEPS} AND l.to_value = ?{_IN_ORDER}"
    rows = await fetch(text, (LogKind.STATE, since, until, ItemState.LAUNCHED, MOST_LINES))
    return [_step(row) for row in rows]


async def _moved(since: Moment, until: Moment) -> list[str]:
    """What came under way in the week, and is no farther by its end."""
    text = f"{_STEPS} AND l.to_value IN (?, ?){_IS_LAST}{_IN_ORDER}"
    rows = await fetch(text, (LogKind.STATE, since, until, *UNDER_WAY, until, MOST_LINES))
    return [_step(row) for row in rows]


def _step(row: Row) -> str:
    word = _WORDS[ItemState(row["state"])]
    return f"{plain(row['title'])}: {word} by {plain(row['actor_name'])}"


async def _blocked() -> list[str]:
    rows = await fetch(
        f"SELECT {_TITLE} AS title, i.blocked_since, i.blocked_reason FROM {BACKLOG_ITEM.table} i"
        " WHERE blocked_since IS NOT NULL AND state NOT IN (?, ?, ?)"
        " ORDER BY blocked_since, id LIMIT ?",
        (*DONE, ItemState.DROPPED, MOST_LINES),
    )
    return [
        f"{plain(row['title'])}: since {format_moment(row['blocked_since'])[:10]}."
        f" {plain(row['blocked_reason'] or '')}"
        for row in rows
    ]


async def _next() -> list[str]:
    rows = await fetch(
        f"SELECT {_TITLE} AS title FROM (SELECT r.*, row_number() OVER"
        " (PARTITION BY r.backlog_id ORDER BY r.rank) AS place"
        f" FROM {BACKLOG_ITEM.table} r WHERE r.state = ?) i"
        " WHERE i.place <= ? ORDER BY i.backlog_id, i.place LIMIT ?",
        (ItemState.READY, NEXT, MOST_LINES),
    )
    return [plain(row["title"]) for row in rows]


async def _results(since: Moment, until: Moment) -> list[str]:
    """What came of items that were measured in the week, and of experiments done for none.

    What an experiment found begins with its verdict by itself.
    """
    rows = await fetch(
        f"SELECT {_TITLE} AS name, m.sentence AS verdict_sentence, m.measured_at AS at,"
        " CASE WHEN m.source = ? AND i.verdict = m.verdict THEN NULL ELSE i.verdict END AS verdict"
        f" FROM {BACKLOG_MEASUREMENT.table} m JOIN {BACKLOG_ITEM.table} i ON i.id = m.item_id"
        " WHERE m.measured_at >= ? AND m.measured_at < ?"
        " UNION ALL SELECT e.name, e.verdict_sentence, e.frozen_at, NULL"
        f" FROM {EXPERIMENT.table} e WHERE e.frozen_at >= ? AND e.frozen_at < ?"
        f" AND NOT EXISTS (SELECT 1 FROM {BACKLOG_MEASUREMENT.table} o"
        " WHERE o.experiment_id = e.id) ORDER BY 3, 1 LIMIT ?",
        (Measure.EXPERIMENT, since, until, since, until, MOST_LINES),
    )
    return [_finding(row, row["verdict"]) for row in rows]


async def _under_way() -> list[str]:
    rows = await fetch(
        f"SELECT name, verdict_sentence FROM {EXPERIMENT.table} WHERE state = 'RUNNING'"
        " ORDER BY ends_at, id LIMIT ?",
        (MOST_LINES,),
    )
    return [_finding(row) for row in rows]


def _finding(row: Row, verdict: str | None = None) -> str:
    came = "" if verdict is None else f"{_CAME_OF.get(Verdict(verdict), _UNCLEAR)}. "
    return f"**{plain(row['name'])}**: {came}{plain(row['verdict_sentence'])}"
