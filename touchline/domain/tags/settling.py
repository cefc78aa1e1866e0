"""Weighing tags anew and telling who depends on them."""

from collections.abc import Iterable, Mapping

from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.statements import Found
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import mark, set_wakes
from touchline.domain.tags.sayings import Place
from touchline.domain.tags.standing import Said
from touchline.domain.tags.weighing import weigh

EXPIRY = "tag_expiry"
"""Who asks to be woken when a person's word lapses."""


async def settle(
    customer_ids: Iterable[int],
    at: Moment,
    said: Mapping[Place, Said] | None = None,
    told: Found | None = None,
) -> set[int]:
    """Weigh the tags of some customers, in the transaction of the caller.

    ``said`` is about to be written: it counts in place of what was said of the same before.
    ``told`` is what ``sayings.telling`` found of the tags in question, where it was read already.
    Returns the customers of whom another tag stands, or in another state.
    """
    weighed = await weigh(customer_ids, at, said or {}, told)
    changed: dict[int, set[str]] = {}
    for customer, tag in weighed.changed:
        changed.setdefault(customer, set()).add(facts.tag(tag))
    mark(changed)
    set_wakes(EXPIRY, weighed.lapses)
    return set(changed)
