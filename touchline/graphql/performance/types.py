"""What content achieves in a range of days."""

from touchline.domain.performance.errors import PerformanceErrorCode as Code
from touchline.domain.performance.relations import (
    CONTENT_CHANNEL,
    CONTENT_DAY,
    CONTENT_PERFORMANCE,
    CONTENT_VALUE,
    FAMILY_PERFORMANCE,
    FAMILY_VALUE,
    PUBLICATION_PERFORMANCE,
)
from touchline.graphql.base.facts import Order, Refusal
from touchline.graphql.base.fields import column, related
from touchline.graphql.base.money import Money
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.ranges import MOST_DAYS, ranged
from touchline.graphql.base.scalars import Date, DateTime, Decimal
from touchline.graphql.base.types import entity
from touchline.graphql.channels.types import Channel

_READS = "How often it was read: each `Content Read`."
_VIEWS = "How often its page or screen was seen, which is no reading yet."
_CLICKS = "Clicks on tracked links to it, by people: neither robots nor prefetches."
_SHARES = "How often it was shared: each `Content Shared`."
_READERS = "How many different customers read it, counted exactly, whoever was merged meanwhile."
_CONVERSIONS = (
    "Conversions of customers who met it last of all content, within 90 days before; on the day "
    "of the conversion."
)
_ASSISTED = "Conversions of customers who met it before, but other content last."
_COMPUTED = "When last a day of the range was summed; null when nothing happened on any."
_UNITS = "What all of it is worth in units of the reference action, by the rates of each day."
_MIXED = Refusal(
    "is_mixed", Code.CURRENCIES_MIXED, "These conversions are worth money of several currencies."
)
_VALUE = (
    "What its conversions are worth, refunds taken off; null when nothing says so, refused "
    "(`CURRENCIES_MIXED`) when in several currencies."
)


@entity(CONTENT_DAY, permission=READ, description="What happened with an asset on a day.")
class ContentDay:
    """One point of a chart."""

    day: Date = column(description="The day, in UTC.")
    reads: int = column(description=_READS)
    readers: int = column(description="How many different customers read it on that day.")
    views: int = column(description=_VIEWS)
    clicks: int = column(description=_CLICKS)
    shares: int = column(description=_SHARES)
    conversions: int = column(description=_CONVERSIONS)
    assisted_conversions: int = column("assisted", description=_ASSISTED)
    computed_at: DateTime = column(description="When the day was summed.")


@entity(CONTENT_CHANNEL, permission=READ, description="What happened with an asset by a channel.")
class ContentChannel:
    """One line of a table."""

    channel: Channel | None = related(
        {"channel_id": "id"}, description="The channel; null for none."
    )
    reads: int = column(description=_READS)
    views: int = column(description=_VIEWS)
    clicks: int = column(description=_CLICKS)
    shares: int = column(description=_SHARES)
    conversions: int = column(description=_CONVERSIONS)
    assisted_conversions: int = column("assisted", description=_ASSISTED)
    computed_at: DateTime = column(description="When last a day of the range was summed.")


@entity(CONTENT_PERFORMANCE, permission=READ, description="What happened with an asset.")
class ContentPerformance:
    """Summed from daily figures."""

    reads: int = column(description=_READS)
    readers: int = column(description=_READERS)
    views: int = column(description=_VIEWS)
    clicks: int = column(description=_CLICKS)
    shares: int = column(description=_SHARES)
    conversions: int = column(description=_CONVERSIONS)
    assisted_conversions: int = column("assisted", description=_ASSISTED)
    value: Money | None = ranged(
        {"asset": "id"}, relation=CONTENT_VALUE, within=True, refusal=_MIXED, description=_VALUE
    )
    value_units: Decimal = column(description=_UNITS)
    computed_at: DateTime | None = column(description=_COMPUTED)
    daily: list[ContentDay] = ranged(
        {"asset": "id"},
        within=True,
        order=Order(("day",)),
        limit=MOST_DAYS,
        description="Day by day; days on which nothing happened are left out.",
    )
    by_channel: list[ContentChannel] = ranged(
        {"asset": "id"},
        within=True,
        order=Order(("reads",), descending=True),
        limit=500,
        description="Channel by channel, that of most reads first.",
    )


@entity(FAMILY_PERFORMANCE, permission=READ, description="What happened with a family of assets.")
class ContentFamilyPerformance:
    """People who met several of its assets count once."""

    reads: int = column(description=_READS)
    readers: int = column(description="How many different customers read any of its assets.")
    views: int = column(description=_VIEWS)
    clicks: int = column(description=_CLICKS)
    shares: int = column(description=_SHARES)
    conversions: int = column(
        description="Conversions of customers who met one of its assets last of all content."
    )
    assisted_conversions: int = column(
        "assisted_once",
        description="Conversions of customers who met one of its assets, but others last.",
    )
    value: Money | None = ranged(
        {"family": "id"}, relation=FAMILY_VALUE, within=True, refusal=_MIXED, description=_VALUE
    )
    value_units: Decimal = column(description=_UNITS)
    computed_at: DateTime | None = column(description=_COMPUTED)


@entity(PUBLICATION_PERFORMANCE, permission=READ, description="What came of a publication.")
class PublicationPerformance:
    """Clicks are those on its own link; the rest is of its asset, by its channel."""

    clicks: int = column("link_clicks", description="Clicks on its tracked link, by people.")
    reads: int = column(description="How often its asset was read by who came by its channel.")
    views: int = column(description="How often its asset was seen by who came by its channel.")
    shares: int = column(description="How often its asset was shared by who came by its channel.")
    conversions: int = column(
        description="Conversions of customers who met its asset last, and by its channel."
    )
    assisted_conversions: int = column(
        "assisted", description="Conversions of customers who met it so, but other content last."
    )
    computed_at: DateTime | None = column(description=_COMPUTED)
