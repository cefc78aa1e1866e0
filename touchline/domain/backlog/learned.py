"""What is known around an item that was measured, and what follows from it.

Suggestions are worked out when they are asked for, from the figures of then. What was taken up or
turned down stands in the log, and is not suggested again in this backlog.
"""

from dataclasses import replace

from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.items import listed, opened
from touchline.domain.backlog.logbook import Entry, note, tell
from touchline.domain.backlog.proposing import propose_item, text_of
from touchline.domain.backlog.rights import require_owner
from touchline.domain.backlog.suggesting import Learned, Reach, Suggestion, suggestions
from touchline.domain.backlog.types import Change, ItemKind, ItemState, LogKind, Suggested, Verdict
from touchline.domain.backlog.words import checked_reason
from touchline.domain.channels.defaults import NO_PLACES
from touchline.domain.content.relations import CONTENT_ASSET
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import DAY, now
from touchline.domain.kernel.db import Row, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import in_list
from touchline.domain.links.relations import PUBLICATION
from touchline.domain.performance.comparing import (
    ChannelFigures,
    channels_compared,
    content_compared,
)
from touchline.domain.segments.relations import SEGMENT

LOOKED_BACK = 90
"""Figures of so many days say what does well."""
MOST_SEGMENTS = 20
_WORKED, _DID_NOT = (Verdict.WORKED,), (Verdict.DID_NOT, Verdict.NO_DIFFERENCE)
_TURNED_AWAY = (ItemState.DECLINED, ItemState.DUPLICATE, ItemState.DROPPED)


async def suggestions_of(item_id: int) -> list[Suggestion]:
    """What could be done next after an item; nothing before it is measured."""
    row = await fetch_one(
        "SELECT i.*, m.sentence, m.reached, m.needed, m.target, m.experiment_id,"
        " m.verdict AS measured, m.asset_ids AS measured_ids FROM backlog_item i"
        " JOIN backlog_measurement m ON m.item_id = i.id WHERE i.id = ?",
        (item_id,),
    )
    if row is None:
        return []
    settled = await fetch(
        "SELECT from_value FROM backlog_log WHERE backlog_id = ? AND kind = ?",
        (row["backlog_id"], LogKind.SUGGESTION),
    )
    return suggestions(await _learned(row), [one["from_value"] for one in settled])


@transactional
async def propose_suggested(
    actor: Actor, item_id: int, key: str, *, title: str | None = None
) -> int:
    """Put a suggestion before the Owner; returns the id of the new item, which names its base.

    What was written of the base is its beginning: kind, values, goal, metric, target and window.
    """
    actor.require(Scope.TEAM)
    backlog, item = await opened(item_id)
    found = await _found(item_id, key)
    base = await text_of(item_id)
    is_same = found.kind in (Suggested.LONGER, Suggested.AGAIN)
    text = replace(
        base,
        title=found.title if title is None else title,
        kind=ItemKind(base.kind),
        description=found.reason,
        effort=None,
        segment_id=found.segment_id or base.segment_id,
        window_days=found.window_days or base.window_days,
        asset_ids=base.asset_ids if is_same else (),
        depends_on=None,
    )
    made = await propose_item(actor, backlog.id, text, based_on=item_id)
    line = Entry(LogKind.SUGGESTION, key, ItemState.PROPOSED, found.reason, before_name=found.title)
    note(actor, backlog.id, item.id, line)
    return made


@transactional
async def dismiss_suggestion(actor: Actor, item_id: int, key: str, *, reason: str) -> None:
    """Turn a suggestion down: it does not come back in this backlog. The Owner's to do."""
    backlog, item = await opened(item_id)
    mandate = await require_owner(actor, backlog)
    why = checked_reason(reason)
    found = await _found(item_id, key)
    line = Entry(LogKind.SUGGESTION, key, ItemState.DECLINED, why, mandate, found.title)
    note(actor, backlog.id, item.id, line)
    await tell(backlog.id, item_id, item.state, backlog.order_version, Change.DECLINED)


async def _found(item_id: int, key: str) -> Suggestion:
    for one in await suggestions_of(item_id):
        if one.key == key:
            return one
    message = "This is not suggested, or not any more."
    raise Refused(Code.SUGGESTION_NOT_FOUND, message, ("key",))


async def _learned(row: Row) -> Learned:
    assets = await _assets([*listed(row["asset_ids"]), *listed(row["measured_ids"])])
    families = frozenset(one["family_id"] for one in assets)
    verdict = Verdict(row["verdict"])
    known = Learned(
        id=row["id"],
        title=row["title"],
        verdict=verdict,
        sentence=row["sentence"],
        content=assets[0]["title"] if assets else None,
        lineage=str(min(families)) if families else f"item{row['id']}",
        kinds=frozenset(one["kind"] for one in assets),
        families=families,
        languages=frozenset(one["language"] for one in assets),
        segment=await _segment(row["segment_id"]),
        window_days=row["window_days"],
        has_target=row["target"] is not None,
        reached=row["reached"],
        needed=row["needed"],
        is_tried=row["experiment_id"] is not None,
        is_overruled=row["measured"] != verdict,
        days=LOOKED_BACK,
    )
    if verdict in _WORKED:
        return await _with_places(known, row)
    return await _with_others(known) if verdict in _DID_NOT else known


async def _with_places(known: Learned, row: Row) -> Learned:
    """Where its lineage has not been: channels without a publication, segments without an item."""
    today = now() // DAY
    shown = set(await _channels_of(known.families))
    channels = await channels_compared(today - LOOKED_BACK + 1, today)
    tried = await _segments_tried(known, row["backlog_id"])
    return replace(
        known,
        channels=[one for one in channels if one.id not in shown and _is_place(one)],
        segments=[one for one in await _largest_segments(tried) if one.id not in tried],
    )


def _is_place(channel: ChannelFigures) -> bool:
    """Whether a team publishes there, or could, and content is read by way of it."""
    return channel.publications > 0 or (channel.reads > 0 and channel.name not in NO_PLACES)


async def _with_others(known: Learned) -> Learned:
    """Other content by how it does in its segment; without one, on its channels."""
    today, shown = now() // DAY, await _channels_of(known.families)
    segment = None if known.segment is None else known.segment.id
    first = today - LOOKED_BACK + 1
    others = await content_compared(first, today, segment_id=segment, channel_ids=shown)
    where = ""
    if shown and segment is None:
        every = await channels_compared(first, today)
        where = f" by way of {_names(every, set(shown))}"
    return replace(known, others=others, where=where)


def _names(channels: list[ChannelFigures], wanted: set[int]) -> str:
    return ", ".join(sorted(one.name for one in channels if one.id in wanted))


async def _assets(asset_ids: list[int]) -> list[Row]:
    """The assets in this order, each once."""
    wanted = list(dict.fromkeys(asset_ids))
    if not wanted:
        return []
    named, params = in_list("a.id", wanted)
    rows = await fetch(
        "SELECT a.id, a.title, a.kind, a.family_id, a.language"
        f" FROM {CONTENT_ASSET.table} a WHERE {named}",
        params,
    )
    return sorted(rows, key=lambda row: wanted.index(row["id"]))


async def _channels_of(families: frozenset[int]) -> list[int]:
    """The channels on which anything of these families was published."""
    if not families:
        return []
    named, params = in_list("a.family_id", sorted(families))
    rows = await fetch(
        f"SELECT DISTINCT p.channel_id FROM {PUBLICATION.table} p JOIN {CONTENT_ASSET.table} a"
        f" ON a.id = p.asset_id WHERE {named} ORDER BY p.channel_id",
        params,
    )
    return [row["channel_id"] for row in rows]


async def _segment(segment_id: int | None) -> Reach | None:
    if segment_id is None:
        return None
    row = await fetch_one(
        f"SELECT id, name, member_count FROM {SEGMENT.table} WHERE id = ?", (segment_id,)
    )
    return None if row is None else Reach(row["id"], row["name"], row["member_count"])


async def _segments_tried(known: Learned, backlog_id: int) -> set[int]:
    """The segments that items of this lineage, or that came from this one, were meant for."""
    rows = await fetch(
        "SELECT id, segment_id, based_on_id, asset_ids, state FROM backlog_item"
        " WHERE backlog_id = ? AND segment_id IS NOT NULL",
        (backlog_id,),
    )
    alive = [row for row in rows if row["state"] not in _TURNED_AWAY]
    named = {asset for row in alive for asset in listed(row["asset_ids"])}
    kin = {one["id"] for one in await _assets([*named]) if one["family_id"] in known.families}
    return {
        row["segment_id"]
        for row in alive
        if known.id in (row["id"], row["based_on_id"]) or kin & {*listed(row["asset_ids"])}
    }


async def _largest_segments(besides: set[int]) -> list[Reach]:
    rows = await fetch(
        f"SELECT id, name, member_count FROM {SEGMENT.table} WHERE archived_at IS NULL"
        " AND member_count > 0 ORDER BY member_count DESC, id LIMIT ?",
        (MOST_SEGMENTS + len(besides),),
    )
    return [Reach(row["id"], row["name"], row["member_count"]) for row in rows]
