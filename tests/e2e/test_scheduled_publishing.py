"""What is scheduled comes to readers once, whenever the worker is killed."""

import sys

from tests.support.content import an_asset, approve
from tests.support.product import TOUCHLINE, Product
from tests.support.waiting import until
from touchline.domain.content.publishing import publish_asset
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch
from touchline.settings import Settings

WITHIN_S = 180.0
DEATHS = ("content.publishing", "content.published")
"""In the midst of it, before the commit; and done, but with the job still on the list."""


async def published(asset: int) -> int:
    """How often readers got to see it, by the history; fails where asset and history differ."""
    (row,) = await fetch("SELECT status FROM content_asset WHERE id = ?", (asset,))
    steps = await fetch(
        "SELECT 1 FROM content_step WHERE asset_id = ? AND act = 'PUBLISH'", (asset,)
    )
    assert row["status"] == ("PUBLISHED" if steps else "SCHEDULED")
    return len(steps)


async def is_done() -> bool:
    return not await fetch("SELECT 1 FROM job WHERE kind = 'publish_scheduled'")


async def test_a_schedule_is_kept_once_however_often_the_worker_is_killed(db: Settings) -> None:
    asset = await an_asset()
    await approve(asset)
    await publish_asset(SYSTEM, asset, at=now() + 100)
    product = Product(db.data_dir, database_url=db.database_url)
    found = []
    try:
        for point in DEATHS:
            product.program = [sys.executable, "-m", "tests.e2e.mortal", "1", f"at:{point}"]
            product.start_worker()
            assert product.worker is not None
            await until(lambda: _is_dead(product), within_s=WITHIN_S)
            product.kill_worker()
            found.append(await published(asset))
            # As if the time of its lease had run out.
            await execute("UPDATE job SET lease_token = NULL, lease_until = NULL")
        product.program = TOUCHLINE
        product.start_worker()
        await until(is_done, within_s=WITHIN_S)
    finally:
        await product.stop()
    assert (found, await published(asset)) == ([0, 1], 1)


async def _is_dead(product: Product) -> bool:
    return product.worker is None or product.worker.poll() is not None
