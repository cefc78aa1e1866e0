"""Watching the scores of customers."""

from collections.abc import AsyncGenerator, Iterator
from typing import Annotated

import strawberry

from touchline.domain.kernel.live import Message
from touchline.domain.scoring.events import SCORES_CHANGED
from touchline.graphql.base.fields import attribute, kept, streamed
from touchline.graphql.base.permissions import EVERYONE, READ
from touchline.graphql.base.types import entity
from touchline.graphql.base.watching import AtMost, WatchedCustomer, wanted_key, watch
from touchline.graphql.customers.types import Customer
from touchline.graphql.scoring.enums import ScoreCause
from touchline.graphql.scoring.models import ScoringModel, points


@entity(permission=EVERYONE, description="The band that a score came into.")
class ScoreChangedBandPayload:
    """Part of `ScoreChangedPayload`."""

    name: str = attribute(description="What it is called, such as `Hot`.")


@entity(permission=EVERYONE, description="A score that has just moved.")
class ScoreChangedPayload:
    """One message of the subscription; its objects are read when it is sent."""

    customer_key: strawberry.Private[int]
    model_key: strawberry.Private[int]
    from_: float = attribute(name="from", description="What it was.")
    to: float = attribute(description="What it is.")
    cause: ScoreCause = attribute(description="Why it moved.")
    band: ScoreChangedBandPayload | None = attribute(
        description="The band in which it lies; null below the lowest."
    )
    customer: Customer | None = kept("customer_key", description="Whose, as they are now.")
    model: ScoringModel | None = kept("model_key", description="By which model.")


WatchedModel = Annotated[
    strawberry.ID | None,
    strawberry.argument(name="modelId", description="Only by this model; by default by all."),
]


@strawberry.type(description="Watching scores.")
class ScoreSubscription:
    """Part of the subscription root."""

    @streamed(permission=READ, description="Every score that moves from now on.")
    async def score_changed(
        self,
        info: strawberry.Info,
        customer_id: WatchedCustomer = None,
        model_id: WatchedModel = None,
        at_most: AtMost = None,
    ) -> AsyncGenerator[ScoreChangedPayload, None]:
        customer = wanted_key(customer_id, "customerId", "Customer")
        model = wanted_key(model_id, "modelId", "ScoringModel")
        return watch(SCORES_CHANGED, lambda message: _changed(message, customer, model), at_most)


def _changed(
    message: Message, customer: int | None, model: int | None
) -> Iterator[ScoreChangedPayload]:
    if model not in (None, message["model"]):
        return
    for whose, before, after, band, cause in message["changes"]:
        if customer in (None, whose):
            yield ScoreChangedPayload(
                customer_key=whose,
                model_key=message["model"],
                from_=points(before),
                to=points(after),
                band=ScoreChangedBandPayload(name=band) if band else None,
                cause=ScoreCause(cause),
            )
