"""Deleting a tag, with all that was ever said of it."""

from touchline.domain.conditions.registry import listed, users_of
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.outbox import emit
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import clear_wakes, hold_judgement, mark
from touchline.domain.tags.errors import TagErrorCode
from touchline.domain.tags.events import TAGS_CHANGED
from touchline.domain.tags.leaf import TAG_LEAF
from touchline.domain.tags.publishing import stop_building
from touchline.domain.tags.ruling import owner_of
from touchline.domain.tags.service import locked

_OF_TAG = ("customer_tag", "tag_rank", "tag_hold", "tag_report", "tag_word", "tag_rule")


@transactional
async def delete_tag(actor: Actor, tag_id: int, *, force: bool = False) -> None:
    """Delete a tag with its rules; one that stands with customers or is set only with ``force``.

    Refused in any case while a condition names it, wherever that is: it would come to mean nobody.
    """
    actor.require(Scope.WRITE)
    await hold_judgement()
    tag = await locked(tag_id)
    users = await users_of((TAG_LEAF.word, tag_id))
    if users:
        message = f"{tag['name']} is named by {listed(users)}; take it out of there first."
        raise Refused(TagErrorCode.TAG_NAMED, message, ("id",))
    rows = await fetch("SELECT customer_id FROM customer_tag WHERE tag_id = ?", (tag_id,))
    reason = await _use(tag_id, len(rows))
    if reason and not force:
        message = f"{tag['name']} {reason}; deleting it needs `force`."
        raise Refused(TagErrorCode.TAG_IN_USE, message, ("id",))
    for rule in await fetch(
        "SELECT id, build_id, task_id FROM tag_rule WHERE tag_id = ?", (tag_id,)
    ):
        await stop_building(rule)
        await clear_wakes(owner_of(rule["id"]))
        await execute("DELETE FROM tag_rule_version WHERE rule_id = ?", (rule["id"],))
    for table in _OF_TAG:
        await execute(f"DELETE FROM {table} WHERE tag_id = ?", (tag_id,))
    await execute("DELETE FROM tag WHERE id = ?", (tag_id,))
    if rows:
        mark({row["customer_id"]: [facts.tag(tag_id)] for row in rows})
        await emit(TAGS_CHANGED, {"changes": [[row["customer_id"], tag_id, None] for row in rows]})


async def _use(tag_id: int, customers: int) -> str:
    """What still needs a tag, in words; empty when nothing does."""
    if customers:
        return f"stands with {customers:,} customer{'s' if customers > 1 else ''}"
    names = [
        row["name"]
        for row in await fetch(
            "SELECT name FROM tag_rule WHERE tag_id = ?"
            " AND (published_version IS NOT NULL OR building_version IS NOT NULL) ORDER BY id",
            (tag_id,),
        )
    ]
    return f"is set by {listed(f'the tag rule {name}' for name in names)}" if names else ""
