"""A value exchange rate."""

from touchline.domain.channels.relations import CHANNEL
from touchline.domain.rates.relations import VALUE_EXCHANGE_RATE
from touchline.graphql.base.fields import column, related
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import Date, DateTime, Decimal
from touchline.graphql.base.types import entity
from touchline.graphql.channels.types import Channel


@entity(
    VALUE_EXCHANGE_RATE,
    permission=READ,
    description="So many of an action are worth one of the reference action.",
)
class ValueExchangeRate(Node):
    """It is never changed: another one follows it, or it is taken back."""

    action: str = column(description="The name of the event.")
    units_per_reference: Decimal = column(
        "units", description="How many of them are worth one of the reference action."
    )
    reference_action: str = column(
        "reference", description="The event that counts one, by which all are measured."
    )
    channel: Channel | None = related(
        {"channel_id": "id"},
        relation=CHANNEL,
        description="On which channel alone; null for all that have no rate of their own.",
    )
    valid_from: Date = column(description="Since which day (UTC) it holds.")
    valid_to: Date | None = column(
        description="Its last day; null where it holds until the next begins."
    )
    actor_name: str = column(description="Who set it.")
    set_at: DateTime = column(description="When it was set.")
    withdrawn_by: str | None = column(description="Who took it back; null while it stands.")
    withdrawn_at: DateTime | None = column(description="When it was taken back.")
