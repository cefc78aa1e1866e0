"""Customers who cannot be judged: they leave the queue, so that all others have their turn.

Something that is new about them, or ``retry``, has them judged again, and then of everything that
is known: what changed while they were set aside is not kept.
"""

from collections.abc import Collection, Mapping

import structlog

from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, transactional
from touchline.domain.kernel.rows import in_list, insert_rows
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import mark_found

_LONGEST = 500

log = structlog.get_logger(__name__)


async def set_aside(failed: Mapping[int, Exception]) -> None:
    """Note of customers why they could not be judged, in the surrounding transaction."""
    if not failed:
        return
    at = now()
    await insert_rows(
        "set_aside",
        ["customer_id", "error", "failed_at"],
        [(customer, _words(error), at) for customer, error in failed.items()],
        on_conflict="ON CONFLICT (customer_id) DO UPDATE"
        " SET error = excluded.error, failed_at = excluded.failed_at",
    )
    log.warning(
        "customers could not be judged and are set aside",
        customers=sorted(failed),
        exc_info=next(iter(failed.values())),
    )


async def take_back(customer_ids: Collection[int]) -> None:
    """They could be judged after all."""
    if customer_ids:
        condition, params = in_list("customer_id", customer_ids)
        await execute(f"DELETE FROM set_aside WHERE {condition}", params)


@transactional
async def retry() -> int:
    """Have all who are set aside judged again; returns how many there are."""
    return await mark_found(facts.EVERYTHING, "SELECT customer_id FROM set_aside", ())


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".replace("\0", "")[:_LONGEST]
