"""Watching the scores of customers."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from touchline.domain.kernel.live import Subscription, subscribe
from touchline.domain.scoring.events import SCORES_CHANGED
from touchline.graphql.base.errors import bad_input, read_id
from touchline.graphql.base.fields import attribute, kept, streamed
from touchline.graphql.base.permissions import EVERYONE, READ
from touchline.graphql.base.types import entity
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


WatchedCustomer = Annotated[
    strawberry.ID | None,
    strawberry.argument(name="customerId", description="Only of this customer; by default of all."),
]
WatchedModel = Annotated[
    strawberry.ID | None,
    strawberry.argument(name="modelId", description="Only by this model; by default by all."),
]
AtMost = Annotated[
    int | None,
    strawberry.argument(name="atMost", description="End after so many; by default never."),
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
        customer = None if customer_id is None else read_id(customer_id, "customerId", "Customer")
        model = None if model_id is None else read_id(model_id, "modelId", "ScoringModel")
        if at_most is not None and at_most < 1:
            raise bad_input("`atMost` must be 1 or more.", "atMost")
        return _changed(subscribe(SCORES_CHANGED), customer, model, at_most)


async def _changed(
    messages: Subscription, customer: int | None, model: int | None, at_most: int | None
) -> AsyncGenerator[ScoreChangedPayload, None]:
    told = 0
    with messages:
        async for message in messages:
            for whose, before, after, band, cause in message["changes"]:
                if customer in (None, whose) and model in (None, message["model"]):
                    yield ScoreChangedPayload(
                        customer_key=whose,
                        model_key=message["model"],
                        from_=points(before),
                        to=points(after),
                        band=ScoreChangedBandPayload(name=band) if band else None,
                        cause=ScoreCause(cause),
                    )
                    told += 1
                    if told == at_most:
                        return
