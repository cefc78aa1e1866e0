"""Commands of identity: placing touchpoints, and what people decide about customers."""

from collections.abc import Sequence

from touchline.domain.identity.resolving import Observation, Placement, Resolution, place

__all__ = ["Observation", "Placement", "Resolution", "resolve"]


async def resolve(observations: Sequence[Observation]) -> Resolution:
    """Find or make the customer of each observation.

    Runs in the transaction of the pipeline, which appends the touchpoints afterwards. Whatever
    the order and the batches in which touchpoints arrive, the customers end the same. Customers
    that turn out to be one are merged, and those a late touchpoint parts are parted again, with
    all that came by their links.
    """
    return await place(observations)
