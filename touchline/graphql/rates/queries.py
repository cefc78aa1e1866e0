"""Root fields that read exchange rates."""

import strawberry

from touchline.domain.rates.relations import STANDS
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.rates.types import ValueExchangeRate


@strawberry.type(description="Reads of value exchange rates.")
class ValueExchangeRateQuery:
    """Part of the query root."""

    value_exchange_rates: Connection[ValueExchangeRate] | None = connection(
        "valueExchangeRates",
        order=Order(("action", "valid_from")),
        where=STANDS,
        permission=READ,
        description="The rates that stand, by action and day.",
    )
