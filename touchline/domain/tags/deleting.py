"""Deleting a tag, with all that was ever said of it."""

from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.outbox import emit
from touchline.domain.tags.errors import TagErrorCode
from touchline.domain.tags.events import TAGS_CHANGED
from touchline.domain.tags.service import locked


@transactional
async def delete_tag(actor: Actor, tag_id: int, *, force: bool = False) -> None:
    """Delete a tag; one that customers have, or are kept from, only with ``force``."""
    actor.require(Scope.WRITE)
    tag = await locked(tag_id)
    rows = await fetch("SELECT customer_id FROM customer_tag WHERE tag_id = ?", (tag_id,))
    if rows and not force:
        count = f"{len(rows):,} customer{'s' if len(rows) > 1 else ''}"
        message = f"{tag['name']} stands with {count}; deleting it needs `force`."
        raise Refused(TagErrorCode.TAG_IN_USE, message, ("id",))
    for table in ("customer_tag", "tag_hold", "tag_word"):
        await execute(f"DELETE FROM {table} WHERE tag_id = ?", (tag_id,))
    await execute("DELETE FROM tag WHERE id = ?", (tag_id,))
    if rows:
        await emit(TAGS_CHANGED, {"changes": [[row["customer_id"], tag_id, None] for row in rows]})
