"""Deleting a tag, with all that was ever said of it."""

from touchline.domain.conditions.influence import affected_by
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.outbox import emit
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import clear_wakes, hold_judgement, mark
from touchline.domain.tags.errors import TagErrorCode
from touchline.domain.tags.events import TAGS_CHANGED
from touchline.domain.tags.publishing import stop_building
from touchline.domain.tags.ruling import in_force, owner_of
from touchline.domain.tags.service import locked

_OF_TAG = ("customer_tag", "tag_hold", "tag_word", "tag_rule")


@transactional
async def delete_tag(actor: Actor, tag_id: int, *, force: bool = False) -> None:
    """Delete a tag with its rules; one in use only with ``force``.

    In use is what stands with customers, what rules in force set, and what their conditions name.
    """
    actor.require(Scope.WRITE)
    await hold_judgement()
    tag = await locked(tag_id)
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
    for rule in await in_force():
        if rule.tag_id == tag_id:
            return "is set by a rule"
        if facts.tag(tag_id) in affected_by(rule.condition):
            return "is named by the rule of another tag"
    return ""
