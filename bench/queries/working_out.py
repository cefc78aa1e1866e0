"""Having the product work out, in this process, what follows from rows that stand already.

The same functions as of ``touchline recompute``, and of the worker that would come after them.
"""

from touchline.domain.attribution import rolling
from touchline.domain.attribution import upkeep as attribution
from touchline.domain.channels import backfilling as channels
from touchline.domain.conversions import upkeep as conversions
from touchline.domain.kernel.db import close_database, execute, open_database
from touchline.domain.performance import rollups as performance
from touchline.settings import Settings
from touchline.workers.judges import judge_stale


async def work_out(settings: Settings) -> None:
    """Channels, conversions, the credit for them, and what content achieved on every day.

    Nothing is left for a worker to do: news are of what was worked out here, and nobody hears them.
    """
    await open_database(settings)
    try:
        await channels.recompute()
        await conversions.rebuild()
        await attribution.rebuild()
        while await judge_stale() or await rolling.roll():
            pass
        await performance.rebuild()
        await execute("DELETE FROM outbox")
    finally:
        await close_database()
