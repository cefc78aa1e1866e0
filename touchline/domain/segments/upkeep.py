"""Working out segments anew, by hand."""

from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.segments.building import Built
from touchline.domain.segments.errors import SegmentErrorCode as Code
from touchline.domain.segments.service import in_dependence, rebuild_segment


async def rebuild_segments(name: str | None = None) -> list[tuple[str, Built]]:
    """Rebuild all segments, or the one of this name; each in a transaction of its own.

    Segments that others name come first, so that one round is enough.
    """
    wanted = [
        segment
        for segment in await in_dependence()
        if name is None or name_key(segment.name) == name_key(name)
    ]
    if name is not None and not wanted:
        raise Refused(Code.SEGMENT_NOT_FOUND, f"There is no segment called {name}.", ("name",))
    return [(segment.name, await rebuild_segment(segment.id)) for segment in wanted]
