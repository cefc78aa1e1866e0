"""Working out a segment for all customers at once.

The callers hold the transaction and the judgement: the old members stand until it is committed,
then the new ones, never a mix.
"""

from dataclasses import dataclass

from touchline.domain.conditions.building import wake_all
from touchline.domain.conditions.compiling import matching
from touchline.domain.conditions.registry import users_of
from touchline.domain.conditions.sql import Query
from touchline.domain.customers.relations import CUSTOMER
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.outbox import emit
from touchline.domain.segments.definitions import WORD, Definition
from touchline.domain.segments.events import SEGMENT_REBUILT
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import clear_wakes, mark_found

_STAGE = "INSERT INTO segment_staged (segment_id, customer_id)"
_STAGED = "SELECT s.customer_id FROM segment_staged s WHERE s.segment_id = ?"
_PRESENT = "SELECT m.customer_id FROM segment_member m WHERE m.segment_id = ?"


@dataclass(frozen=True, slots=True)
class Built:
    """What a rebuild made of a segment."""

    members: int
    entered: int
    left: int


async def build(segment: Definition) -> Built:
    """Work out who is in and when time will change it. Members that stay keep since when.

    Only what differs is written: the condition is asked once for those who are to come, and once
    for those who are to go.
    """
    at = now()
    built = await put(segment, members_query(segment, at), at)
    await wake_all(segment.owner, None if segment.is_static else segment.condition, at)
    return built


async def put(segment: Definition, meant: Query, at: Moment) -> Built:
    """Have those be in a segment whom a query yields as ``customer_id``; tell who came and went."""
    await _stage(segment, _but(meant, Query(_PRESENT, (segment.id,))))
    crashpoint("segments.staged")
    entered = await execute(
        "INSERT INTO segment_member (segment_id, customer_id, entered_at)"
        " SELECT CAST(? AS BIGINT), e.customer_id, CAST(? AS BIGINT)"
        f" FROM ({_STAGED}) e ORDER BY e.customer_id",
        (segment.id, at, segment.id),
    )
    await _tell_staged(segment)
    await _stage(segment, _but(Query(_PRESENT, (segment.id,)), meant))
    left = await execute(
        f"DELETE FROM segment_member WHERE segment_id = ? AND customer_id IN ({_STAGED})",
        (segment.id, segment.id),
    )
    await _tell_staged(segment)
    (row,) = await fetch(f"SELECT count(*) AS members FROM ({_PRESENT}) m", (segment.id,))
    built = Built(int(row["members"]), entered, left)
    await execute(
        "UPDATE segment SET member_count = ?, computed_at = ? WHERE id = ?",
        (built.members, at, segment.id),
    )
    await emit(SEGMENT_REBUILT, _told(segment, built))
    return built


async def put_first(segment: Definition, meant: Query, at: Moment) -> Built:
    """The same for a segment that nobody is in yet and nobody was told of."""
    if segment.is_static:
        await execute(
            "INSERT INTO segment_origin (segment_id, customer_id)"
            f" SELECT CAST(? AS BIGINT), found.customer_id FROM ({meant.text}) found",
            (segment.id, *meant.params),
        )
    entered = await execute(
        "INSERT INTO segment_member (segment_id, customer_id, entered_at)"
        " SELECT CAST(? AS BIGINT), found.customer_id, CAST(? AS BIGINT)"
        f" FROM ({meant.text}) found ORDER BY found.customer_id",
        (segment.id, at, *meant.params),
    )
    await execute(
        "UPDATE segment SET member_count = ?, computed_at = ? WHERE id = ?",
        (entered, at, segment.id),
    )
    if await users_of((WORD, segment.id)):  # they were judged while nobody was in it
        await mark_found(facts.segment(segment.id), _PRESENT, (segment.id,))
    built = Built(entered, entered, 0)
    await emit(SEGMENT_REBUILT, _told(segment, built))
    return built


async def empty(segment: Definition) -> None:
    """Forget who is in a segment; it is never woken again."""
    for table in ("segment_member", "segment_origin"):
        await execute(f"DELETE FROM {table} WHERE segment_id = ?", (segment.id,))
    await clear_wakes(segment.owner)


def members_query(segment: Definition, at: Moment, origins: list[int] | None = None) -> Query:
    """Yields ``customer_id`` of all that are in the segment at an instant.

    Of a static segment: whom those have become who were taken in (only of ``origins``, if given).
    """
    if not segment.is_static:
        return matching(segment.condition, at=at)
    among = f" AND o.customer_id IN ({', '.join('?' * len(origins))})" if origins else ""
    return Query(
        "WITH RECURSIVE grown(id) AS ("
        f"SELECT o.customer_id FROM segment_origin o WHERE o.segment_id = ?{among}"
        f" UNION SELECT c.merged_into_id FROM grown JOIN {CUSTOMER.table} c ON c.id = grown.id"
        " WHERE c.merged_into_id IS NOT NULL)"
        f" SELECT grown.id AS customer_id FROM grown JOIN {CUSTOMER.table} c ON c.id = grown.id"
        " WHERE c.merged_into_id IS NULL",
        (segment.id, *(origins or ())),
    )


def _but(these: Query, those: Query) -> Query:
    """The customers of the first query that are not among those of the second."""
    text = (
        f"SELECT a.customer_id FROM ({these.text}) a"
        f" EXCEPT SELECT b.customer_id FROM ({those.text}) b"
    )
    return Query(text, these.params + those.params)


async def _stage(segment: Definition, query: Query) -> None:
    await execute(
        f"{_STAGE} SELECT CAST(? AS BIGINT), found.customer_id FROM ({query.text}) found",
        (segment.id, *query.params),
    )


async def _tell_staged(segment: Definition) -> None:
    """Note with all who are staged that they entered or left, if anybody asks; forget them."""
    if await users_of((WORD, segment.id)):
        await mark_found(facts.segment(segment.id), _STAGED, (segment.id,))
    await execute("DELETE FROM segment_staged WHERE segment_id = ?", (segment.id,))


def _told(segment: Definition, built: Built) -> dict[str, int]:
    return {
        "segment": segment.id,
        "version": segment.version,
        "members": built.members,
        "entered": built.entered,
        "left": built.left,
    }


async def member_ids(segment_id: int) -> set[int]:
    """Who is in a segment as it is stored."""
    rows = await fetch("SELECT customer_id FROM segment_member WHERE segment_id = ?", (segment_id,))
    return {row[0] for row in rows}
