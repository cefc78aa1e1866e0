"""Changing the list of rules: seen before it is done, and done for all of the past at once.

What rules look at is kept once for all touchpoints that are alike, so history is rewritten by
judging these anew. It is one transaction: readers see the list before it or the list after it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial

import orjson

from touchline.domain.channels.events import CHANNEL_RULES_APPLIED
from touchline.domain.channels.listing import (
    IN_FORCE,
    OVERTAKEN,
    REPLACED,
    WAITING,
    Listed,
    channels,
    hold_rules,
    in_force,
    make_channels,
    names_in,
)
from touchline.domain.channels.origins import Origin
from touchline.domain.channels.rollups import rebuild_channels
from touchline.domain.channels.rules import Rule, check_rules, from_json, to_json
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch, fetch_one, in_transaction, transactional
from touchline.domain.kernel.errors import Conflict
from touchline.domain.kernel.jobs import enqueue
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import insert_rows, parts, values_table

APPLY_RULES = "apply_channel_rules"
_AT_ONCE = 5_000
_TO_BE = -1
"""Stands for channels that a list names and that do not exist yet, the first of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many touchpoints a channel has before and after; channel ``None`` is none at all."""

    name: str
    channel: int | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a list would change, and the places of its rules that nothing met so far."""

    changes: tuple[Change, ...]
    idle: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a list says of the past. ``moved`` are origins and the channels that they come to."""

    changes: tuple[Change, ...]
    met: frozenset[int]
    moved: dict[int, int | None]
    origins: int
    touchpoints: int
    changed: int


@transactional
async def preview_rules(
    actor: Actor, rules: Sequence[Rule], *, expected_version: int | None = None
) -> Outlook:
    """What a list would change, channel by channel; nothing is changed."""
    actor.require(Scope.READ)
    check_rules(rules)
    await hold_rules()
    listed = await in_force()
    _expect(listed, expected_version)
    known = dict(listed.channels)
    for key in names_in(rules):
        known.setdefault(key, _TO_BE - len(known))
    wanted = replace(listed, rules=to_json(rules), channels=known)
    return _outlook(rules, await judge_all(wanted, names_in(rules)))


@transactional
async def set_rules(
    actor: Actor, rules: Sequence[Rule], *, expected_version: int | None = None
) -> tuple[int, Outlook]:
    """Write the next version of the list; a job brings it into force for past and future.

    Returns the run and what it changes. Channels that the list names first are made. A list that
    is the newest version already makes no other one.
    """
    actor.require(Scope.WRITE)
    check_rules(rules)
    await hold_rules()
    _expect(await in_force(), expected_version)
    await make_channels(rules)
    newest = await fetch_one(
        "SELECT id, version, status, rules FROM channel_run ORDER BY version DESC LIMIT 1"
    )
    assert newest is not None
    if newest["status"] in (IN_FORCE, WAITING) and from_json(str(newest["rules"])) == tuple(rules):
        known = Listed(newest["version"], to_json(rules), await channels())
        return int(newest["id"]), _outlook(rules, await judge_all(known, names_in(rules)))
    listed = Listed(newest["version"] + 1, to_json(rules), await channels())
    judged = await judge_all(listed, names_in(rules))
    rows = await insert_rows(
        "channel_run",
        [
            *("version", "status", "rules", "changes", "origin_count", "touchpoint_count"),
            *("changed_count", "actor_name", "created_at"),
        ],
        [
            (
                *(listed.version, WAITING, listed.rules, _kept(judged.changes), judged.origins),
                *(judged.touchpoints, judged.changed, actor.name, now()),
            )
        ],
        returning="id",
    )
    run = int(rows[0]["id"])
    await enqueue(APPLY_RULES, {"run": run})
    return run, _outlook(rules, judged)


async def apply_rules(run_id: int) -> None:
    """Bring a version into force; harmless when it was done, or a later one came before it."""
    await in_transaction(partial(_apply, run_id))
    crashpoint("channels.applied")


async def _apply(run_id: int) -> None:
    await hold_rules()
    row = await fetch_one("SELECT version, status, rules FROM channel_run WHERE id = ?", (run_id,))
    if row is None or row["status"] != WAITING:
        return
    before = await in_force()
    if before.version > row["version"]:
        await execute("UPDATE channel_run SET status = ? WHERE id = ?", (OVERTAKEN, run_id))
        return
    listed = Listed(row["version"], str(row["rules"]), before.channels)
    judged = await judge_all(listed)
    await move(judged.moved)
    await rebuild_channels()
    await execute("UPDATE channel_run SET status = ? WHERE status = ?", (REPLACED, IN_FORCE))
    await execute(
        "UPDATE channel_run SET status = ?, changes = ?, origin_count = ?, touchpoint_count = ?,"
        " changed_count = ?, finished_at = ? WHERE id = ?",
        (
            *(IN_FORCE, _kept(judged.changes), judged.origins, judged.touchpoints),
            *(judged.changed, now(), run_id),
        ),
    )
    news = {"touchpoints": judged.touchpoints, "changed": judged.changed}
    await emit(CHANNEL_RULES_APPLIED, {"version": listed.version, **news})


def _expect(listed: Listed, version: int | None) -> None:
    if version not in (None, listed.version):
        message = f"Version {listed.version} is in force by now."
        raise Conflict(message, listed.version, ("expectedVersion",))


async def judge_all(listed: Listed, named: dict[str, str] | None = None) -> Judged:
    """Hold a list against all origins. ``named`` are channels that are to be, by their keys."""
    before: Counter[int | None] = Counter()
    after: Counter[int | None] = Counter()
    moved: dict[int, int | None] = {}
    met: set[int] = set()
    origins = changed = reached = 0
    decide = listed.decide()
    while rows := await fetch(_ORIGINS, (reached, _AT_ONCE)):
        for row in rows:
            decided = decide(Origin(*(row[name] for name in Origin._fields)))
            found = None
            if decided is not None:
                met.add(decided[0])
                found = decided[1]
            before[row["channel_id"]] += row["touchpoints"]
            after[found] += row["touchpoints"]
            if found != row["channel_id"]:
                moved[row["id"]] = found
                changed += row["touchpoints"]
        origins += len(rows)
        reached = rows[-1]["id"]
    changes = await _changes(listed, before, after, named or {})
    return Judged(changes, frozenset(met), moved, origins, sum(before.values()), changed)


_ORIGINS = (
    f"SELECT o.id, o.channel_id, {', '.join(f'o.{name}' for name in Origin._fields)},"
    " (SELECT CAST(COALESCE(sum(d.touchpoints), 0) AS BIGINT) FROM origin_day d"
    " WHERE d.origin_id = o.id) AS touchpoints FROM touchpoint_origin o"
    " WHERE o.id > ? ORDER BY o.id LIMIT ?"
)


async def _changes(
    listed: Listed,
    before: Counter[int | None],
    after: Counter[int | None],
    named: dict[str, str],
) -> tuple[Change, ...]:
    names = {row["id"]: row["name"] for row in await fetch("SELECT id, name FROM channel")}
    found = []
    keys = {channel: key for key, channel in sorted(listed.channels.items(), reverse=True)}
    wanted = {listed.channels[key]: name for key, name in named.items()}
    for channel in sorted(keys, key=lambda one: keys[one]):
        if before[channel] or after[channel] or channel in wanted:
            name = names.get(channel) or wanted[channel]
            known = channel if channel in names else None
            found.append(Change(name, known, before[channel], after[channel]))
    if before[None] or after[None]:
        found.append(Change("", None, before[None], after[None]))
    return tuple(found)


async def move(moved: Mapping[int, int | None]) -> None:
    """Bring origins to other channels."""
    rows = [(origin, channel) for origin, channel in sorted(moved.items())]
    for some in parts(rows, _AT_ONCE):
        item, params = values_table("moved", [("origin", "bigint"), ("channel", "bigint")], some)
        await execute(
            f"WITH {item} UPDATE touchpoint_origin SET channel_id = moved.channel FROM moved"
            " WHERE touchpoint_origin.id = moved.origin",
            params,
        )


def _outlook(rules: Sequence[Rule], judged: Judged) -> Outlook:
    return Outlook(judged.changes, tuple(sorted(set(range(len(rules))) - judged.met)))


def _kept(changes: Sequence[Change]) -> str:
    return orjson.dumps([asdict(one) for one in changes]).decode()
