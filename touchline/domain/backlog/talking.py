"""What people say of items: comments and votes, which never move anything."""

from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.items import opened
from touchline.domain.backlog.logbook import tell
from touchline.domain.backlog.rights import require_member
from touchline.domain.backlog.types import Change
from touchline.domain.backlog.words import checked_text
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import insert_rows


@transactional
async def comment_item(actor: Actor, item_id: int, text: str) -> int:
    """Say something about an item; returns the comment's id."""
    actor.require(Scope.TEAM)
    said = checked_text(text, "text")
    if said is None:
        raise Refused(Code.TEXT_INVALID, "A comment says something.", ("text",))
    backlog, item = await opened(item_id)
    made = await insert_rows(
        "backlog_comment",
        ["item_id", "text", "actor_name", "member_id", "created_at"],
        [(item_id, said, actor.name, actor.member_id, now())],
        returning="id",
    )
    await tell(backlog.id, item_id, item.state, backlog.order_version, Change.COMMENTED)
    return int(made[0]["id"])


@transactional
async def vote_for_item(actor: Actor, item_id: int) -> None:
    """Be for an item; a second vote of the same member counts no more than the first."""
    member = require_member(actor)
    backlog, item = await opened(item_id)
    await insert_rows(
        "backlog_vote",
        ["item_id", "member_id", "voted_at"],
        [(item_id, member, now())],
        on_conflict="ON CONFLICT (item_id, member_id) DO NOTHING",
    )
    await tell(backlog.id, item_id, item.state, backlog.order_version, Change.VOTED)


@transactional
async def withdraw_vote(actor: Actor, item_id: int) -> None:
    """Be for an item no more; harmless without a vote."""
    member = require_member(actor)
    backlog, item = await opened(item_id)
    text = "DELETE FROM backlog_vote WHERE item_id = ? AND member_id = ?"
    await execute(text, (item_id, member))
    await tell(backlog.id, item_id, item.state, backlog.order_version, Change.VOTED)
