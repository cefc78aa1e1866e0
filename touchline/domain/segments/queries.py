"""Reads of segments that commands start from."""

from collections.abc import Mapping, Sequence

from touchline.domain.kernel.db import fetch, fetch_one
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import in_list
from touchline.domain.segments.errors import SegmentErrorCode as Code
from touchline.domain.segments.service import SegmentText


async def text_of(segment_id: int) -> SegmentText:
    """What is written about a segment now; refuses unknown ones."""
    row = await fetch_one(
        "SELECT name, description FROM segment WHERE archived_at IS NULL AND id = ?",
        (segment_id,),
    )
    if row is None:
        raise Refused(Code.SEGMENT_NOT_FOUND, "There is no such segment.", ("id",))
    return SegmentText(row["name"], row["description"])


async def sizes_of(segment_ids: Sequence[int]) -> Mapping[int, int]:
    """How many customers are in each of these segments, as far as there are any such in use."""
    if not segment_ids:
        return {}
    wanted, params = in_list("id", segment_ids)
    rows = await fetch(
        f"SELECT id, member_count FROM segment WHERE archived_at IS NULL AND {wanted}", params
    )
    return {row["id"]: row["member_count"] for row in rows}
