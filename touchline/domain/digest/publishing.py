"""Writing the update when it is due, and to whom it goes.

That an edition is written and that it is to go to a target are rows with unique keys, written in
one transaction with the jobs: whoever is killed where, there is one edition a week and one delivery
of it for each target.
"""

from touchline.domain.digest.delivering import queue
from touchline.domain.digest.gathering import digest_of
from touchline.domain.digest.service import has_targets
from touchline.domain.digest.weeks import last_due
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import fetch, fetch_one, transactional
from touchline.domain.kernel.rows import insert_rows


async def publish_due(when: str) -> int | None:
    """Write the update whose hour (``MON 07:00``) came last, once; returns it if it was written.

    It goes to the targets that there were at that hour; without any it is not written.
    """
    due = last_due(now(), when)
    known = await fetch_one("SELECT max(due_at) AS latest FROM digest_edition")
    if known is not None and known["latest"] is not None and known["latest"] >= due:
        return None
    if not await has_targets():
        return None
    found = await digest_of(due)
    return await _write(due, found.title, found.markdown)


@transactional
async def _write(due: int, title: str, markdown: str) -> int | None:
    targets = await fetch(
        "SELECT id FROM digest_target WHERE removed_at IS NULL AND created_at <= ? ORDER BY id",
        (due,),
    )
    if not targets:
        return None
    rows = await insert_rows(
        "digest_edition",
        ["due_at", "title", "markdown", "created_at"],
        [(due, title, markdown, now())],
        on_conflict="ON CONFLICT (due_at) DO NOTHING",
        returning="id",
    )
    if not rows:
        return None
    edition = int(rows[0]["id"])
    deliveries = await insert_rows(
        "digest_delivery",
        ["edition_id", "target_id", "state", "attempts", "created_at"],
        [(edition, row["id"], "PENDING", 0, now()) for row in targets],
        returning="id",
    )
    for row in deliveries:
        await queue(row["id"])
    crashpoint("digest.written")
    return edition
