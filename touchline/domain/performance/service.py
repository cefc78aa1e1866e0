"""Counting what is appended. Callers stand above and hold the transaction."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import after_commit, fetch
from touchline.domain.kernel.doorbell import ASSET_DAYS, ring
from touchline.domain.kernel.rows import in_list, insert_rows
from touchline.domain.links.relations import TRACKED_LINK
from touchline.domain.performance.counting import COUNTS, Happening, counted_as

DELTA = ("asset_id", "day", "origin_id", "link_id", *COUNTS)

Pair = tuple[int, int]
"""An asset and a day."""


async def count_in(happenings: Sequence[Happening]) -> None:
    """Have touchpoints that were just appended counted, and note who read what on which day."""
    said = [(one, counted_as(one.kind, one.name, one.properties)) for one in happenings]
    counted = [
        (one, count)
        for one, count in said
        if count == "clicks" or (count is not None and one.asset_id is not None)
    ]
    if not counted:
        return
    links = await _links(
        {str(one.properties.get("code")) for one, count in counted if count == "clicks"}
    )
    sums: dict[tuple[int, int, int, int], list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    for one, count in counted:
        link = links.get(str(one.properties.get("code")), 0) if count == "clicks" else 0
        key = (one.asset_id or 0, one.moment // DAY, one.origin_id, link)
        sums[key][COUNTS.index(count)] += 1
    await insert_rows("asset_delta", DELTA, [(*key, *told) for key, told in sorted(sums.items())])
    readers = {
        (one.asset_id, one.moment // DAY, one.customer_id)
        for one, count in counted
        if count == "reads"
    }
    await note_readers(sorted(readers))
    after_commit(lambda: ring(ASSET_DAYS))


async def note_readers(readers: Sequence[Sequence[int | None]]) -> None:
    """Write down that customers read assets on days."""
    await insert_rows(
        "asset_reader",
        ["asset_id", "day", "customer_id"],
        readers,
        on_conflict="ON CONFLICT (asset_id, day, customer_id) DO NOTHING",
    )


async def sum_anew(pairs: Iterable[Pair]) -> None:
    """Have the figures of some days summed anew, because of more than what was appended."""
    rows = [(asset, day, 0, 0, 0, 0, 0, 0) for asset, day in sorted(set(pairs))]
    if rows:
        await insert_rows("asset_delta", DELTA, rows)
        after_commit(lambda: ring(ASSET_DAYS))


async def _links(codes: Iterable[str]) -> dict[str, int]:
    wanted = sorted(codes)
    if not wanted:
        return {}
    condition, params = in_list("code", wanted)
    rows = await fetch(f"SELECT id, code FROM {TRACKED_LINK.table} WHERE {condition}", params)
    return {row["code"]: row["id"] for row in rows}
