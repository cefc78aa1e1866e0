"""Who read what, after customers became others: merged, parted, taken apart by hand."""

from collections.abc import Collection

from touchline.domain.kernel.db import Row, execute, fetch
from touchline.domain.kernel.rows import in_list, values_table
from touchline.domain.performance.counting import READERS
from touchline.domain.performance.service import note_readers, sum_anew
from touchline.domain.staleness.draining import Judged

Reader = tuple[int, int, int]
"""An asset, a day and a customer."""


async def judge(judged: Judged) -> None:
    """Bring up to date what the touched customers read; appending notes the rest by itself."""
    customers = judged.touched(frozenset())
    if not customers:
        return
    condition, params = in_list("customer_id", customers)
    sql = f"SELECT asset_id, day, customer_id FROM asset_reader WHERE {condition}"
    present = _readers(await fetch(sql, params))  # first: what is noted meanwhile is not surplus
    condition, params = in_list("t.customer_id", customers)
    meant = _readers(await fetch(f"{READERS} AND {condition}", params))
    await _forget(present - meant)
    await note_readers(sorted(meant - present))
    await sum_anew((asset, day) for asset, day, _ in present ^ meant)


def _readers(rows: Collection[Row]) -> set[Reader]:
    return {(row[0], row[1], row[2]) for row in rows}


async def _forget(readers: Collection[Reader]) -> None:
    if not readers:
        return
    columns = [("asset", "bigint"), ("day", "bigint"), ("customer", "bigint")]
    item, params = values_table("gone", columns, sorted(readers))
    await execute(
        f"WITH {item} DELETE FROM asset_reader WHERE EXISTS (SELECT 1 FROM gone"
        " WHERE gone.asset = asset_reader.asset_id AND gone.day = asset_reader.day"
        " AND gone.customer = asset_reader.customer_id)",
        params,
    )
