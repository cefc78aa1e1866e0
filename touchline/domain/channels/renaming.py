"""Calling a channel by another name."""

from touchline.domain.channels.errors import ChannelErrorCode as Code
from touchline.domain.channels.events import CHANNEL_RULES_APPLIED
from touchline.domain.channels.listing import IN_FORCE, WAITING, channels, hold_rules, in_force
from touchline.domain.channels.rollups import rebuild_channels
from touchline.domain.channels.rules import check_name, renamed
from touchline.domain.channels.ruling import judge_all, move
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import insert_rows


@transactional
async def rename_channel(actor: Actor, channel_id: int, name: str) -> None:
    """Give a channel another name, also in the rules in force and in those that wait.

    Senders that call it by the former name still mean it. Versions of the past stay as they were
    written. What was sent under the new name already comes to the channel, if a rule lets senders
    name channels.
    """
    actor.require(Scope.WRITE)
    check_name(name, "name")
    await hold_rules()
    await in_force()
    known, key = await channels(), name_key(name)
    rows = await fetch("SELECT name_key FROM channel WHERE id = ?", (channel_id,))
    if not rows:
        raise Refused(Code.CHANNEL_NOT_FOUND, "There is no such channel.", ("id",))
    if known.get(key, channel_id) != channel_id:
        message = "Another channel is called so, or was once."
        raise Refused(Code.CHANNEL_NAME_TAKEN, message, ("name",))
    former = str(rows[0]["name_key"])
    await execute("UPDATE channel SET name = ?, name_key = ? WHERE id = ?", (name, key, channel_id))
    if former != key:
        await _remember(former, key, channel_id)
    await _rewrite_rules(former, name)
    if key not in known:
        await _let_move()


async def _remember(former: str, key: str, channel_id: int) -> None:
    await execute("DELETE FROM channel_former_name WHERE name_key = ?", (key,))
    await insert_rows("channel_former_name", ["name_key", "channel_id"], [(former, channel_id)])


async def _rewrite_rules(former: str, name: str) -> None:
    rows = await fetch(
        "SELECT id, rules FROM channel_run WHERE status IN (?, ?)", (IN_FORCE, WAITING)
    )
    for row in rows:
        rules = renamed(str(row["rules"]), former, name)
        await execute("UPDATE channel_run SET rules = ? WHERE id = ?", (rules, row["id"]))


async def _let_move() -> None:
    """A name that nobody bore is one that senders may have used."""
    listed = await in_force()
    judged = await judge_all(listed)
    if judged.moved:
        await move(judged.moved)
        await rebuild_channels()
        news = {"touchpoints": judged.touchpoints, "changed": judged.changed}
        await emit(CHANNEL_RULES_APPLIED, {"version": listed.version, **news})
