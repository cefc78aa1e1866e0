"""Reads of segments that commands start from."""

from touchline.domain.kernel.db import fetch_one
from touchline.domain.kernel.errors import Refused
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
