"""Weighing tags anew and telling who depends on them."""

from collections.abc import Iterable

from touchline.domain.kernel.clock import Moment
from touchline.domain.tags.weighing import weigh


async def settle(customer_ids: Iterable[int], at: Moment) -> None:
    """Weigh the tags of some customers, in the transaction of the caller."""
    await weigh(customer_ids, at)
