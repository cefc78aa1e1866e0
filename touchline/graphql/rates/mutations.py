"""Setting exchange rates, and taking them back."""

from typing import Annotated

import strawberry

from touchline.domain.rates import service
from touchline.domain.rates.service import NewRate
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.rates.inputs import ValueExchangeRateInput, ValueExchangeRateSetInput
from touchline.graphql.rates.payloads import (
    ValueExchangeRateSetPayload,
    ValueExchangeRateWithdrawPayload,
)

RateId = Annotated[strawberry.ID, strawberry.argument(name="id", description="The id of the rate.")]


@strawberry.type(description="Changes of value exchange rates.")
class ValueExchangeRateMutation:
    """Part of the mutation root."""

    @resolved(
        permission=WRITE,
        cost=50,
        description="Say how many of an action are worth one of the reference action.",
    )
    async def value_exchange_rate_set(
        self, info: strawberry.Info, given: Given[ValueExchangeRateSetInput]
    ) -> ValueExchangeRateSetPayload | None:
        rates = [_rate(one, at) for at, one in enumerate(given.rates)]
        made = await service.set_rates(
            info.context.actor, rates, reference_action=given.reference_action
        )
        return ValueExchangeRateSetPayload(rate_keys=made)

    @resolved(permission=WRITE, description="Take a rate back, as if it had never been set.")
    async def value_exchange_rate_withdraw(
        self, info: strawberry.Info, rate_id: RateId
    ) -> ValueExchangeRateWithdrawPayload | None:
        rate = read_id(rate_id, "id", "ValueExchangeRate")
        await service.withdraw_rate(info.context.actor, rate)
        return ValueExchangeRateWithdrawPayload(rate_key=rate)


def _rate(given: ValueExchangeRateInput, at: int) -> NewRate:
    channel = given.channel_id
    return NewRate(
        given.action,
        given.units_per_reference,
        int(given.valid_from),
        None if given.valid_to is None else int(given.valid_to),
        None if channel is None else read_id(channel, f"input.rates.{at}.channelId", "Channel"),
    )
