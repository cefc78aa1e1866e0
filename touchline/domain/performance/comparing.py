"""Content and channels beside each other, by the figures of days: what does best where."""

from collections.abc import Collection
from dataclasses import dataclass

from touchline.domain.channels.relations import CHANNEL
from touchline.domain.content.relations import CONTENT_ASSET
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rows import in_list
from touchline.domain.links.relations import PUBLICATION
from touchline.domain.segments.relations import SEGMENT_OF_CUSTOMER


@dataclass(frozen=True, slots=True)
class ChannelFigures:
    """How often content was read by way of a channel, and how much was ever published on it."""

    id: int
    name: str
    reads: int
    publications: int


@dataclass(frozen=True, slots=True)
class ContentFigures:
    """How well an asset does: how often it was read, or by how many people of a segment."""

    id: int
    title: str
    kind: str
    language: str
    family_id: int
    figure: int


async def channels_compared(first: int, last: int) -> list[ChannelFigures]:
    """All channels, with what happened on the days from ``first`` to ``last``."""
    rows = await fetch(
        "WITH seen AS (SELECT d.channel_id, sum(d.reads) AS reads FROM asset_channel_day d"
        " WHERE d.day >= ? AND d.day <= ? GROUP BY d.channel_id),"
        f" put AS (SELECT p.channel_id, count(*) AS n FROM {PUBLICATION.table} p"
        " GROUP BY p.channel_id)"
        " SELECT c.id, c.name, CAST(COALESCE(seen.reads, 0) AS BIGINT) AS reads,"
        f" COALESCE(put.n, 0) AS publications FROM {CHANNEL.table} c"
        " LEFT JOIN seen ON seen.channel_id = c.id LEFT JOIN put ON put.channel_id = c.id"
        " ORDER BY c.id",
        (first, last),
    )
    return [
        ChannelFigures(row["id"], row["name"], row["reads"], row["publications"]) for row in rows
    ]


async def content_compared(
    first: int, last: int, *, segment_id: int | None, channel_ids: Collection[int] = ()
) -> list[ContentFigures]:
    """What was read on the days from ``first`` to ``last``: by people of a segment, or else by way
    of some channels, or of any."""
    if segment_id is not None:
        return await _compared(_BY_SEGMENT, (segment_id, first, last))
    if not channel_ids:
        return await _compared(_BY_DAY, (first, last))
    named, params = in_list("d.channel_id", channel_ids)
    return await _compared(_BY_CHANNEL.format(named), (first, last, *params))


async def _compared(figures: str, params: tuple[object, ...]) -> list[ContentFigures]:
    rows = await fetch(
        "SELECT a.id, a.title, a.kind, a.language, a.family_id, CAST(f.figure AS BIGINT) AS figure"
        f" FROM ({figures}) f JOIN {CONTENT_ASSET.table} a ON a.id = f.asset_id"
        " WHERE f.figure > 0 ORDER BY f.figure DESC, a.id",
        params,
    )
    return [
        ContentFigures(
            *(row["id"], row["title"], row["kind"], row["language"]),
            *(row["family_id"], row["figure"]),
        )
        for row in rows
    ]


_BY_SEGMENT = (
    "SELECT r.asset_id, count(DISTINCT r.customer_id) AS figure FROM asset_reader r"
    f" JOIN {SEGMENT_OF_CUSTOMER.table} m ON m.customer_id = r.customer_id AND m.segment_id = ?"
    " WHERE r.day >= ? AND r.day <= ? GROUP BY r.asset_id"
)
_BY_DAY = (
    "SELECT d.asset_id, sum(d.reads) AS figure FROM asset_day d"
    " WHERE d.day >= ? AND d.day <= ? GROUP BY d.asset_id"
)
_BY_CHANNEL = (
    "SELECT d.asset_id, sum(d.reads) AS figure FROM asset_channel_day d"
    " WHERE d.day >= ? AND d.day <= ? AND {} GROUP BY d.asset_id"
)
