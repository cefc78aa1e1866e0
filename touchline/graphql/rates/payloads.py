"""Answers to changes of exchange rates."""

from collections.abc import Sequence

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.payload import Answer
from touchline.graphql.rates.enums import ValueExchangeRateErrorCode
from touchline.graphql.rates.types import ValueExchangeRate


@mendable("a change of value exchange rates")
class ValueExchangeRateUserError(UserError):
    """The user error of the capability."""

    code: ValueExchangeRateErrorCode = attribute(description="What is wrong.")


@answer_to("valueExchangeRateSet")
class ValueExchangeRateSetPayload(Answer):
    """The rates that were added."""

    user_errors: list[ValueExchangeRateUserError] = refusals()
    rate_keys: strawberry.Private[Sequence[int]] = ()
    rates: list[ValueExchangeRate] = kept(
        "rate_keys", many=True, description="The new rates, in the order of the input."
    )


@answer_to("valueExchangeRateWithdraw")
class ValueExchangeRateWithdrawPayload(Answer):
    """The rate that holds no more."""

    user_errors: list[ValueExchangeRateUserError] = refusals()
    rate_key: strawberry.Private[int | None] = None
    rate: ValueExchangeRate | None = kept("rate_key", description="The rate, taken back.")
