"""The subscription root, put together from the capabilities."""

import strawberry

from touchline.graphql.backlog.subscriptions import BacklogSubscription
from touchline.graphql.conversions.subscriptions import ConversionSubscription
from touchline.graphql.scoring.subscriptions import ScoreSubscription
from touchline.graphql.segments.subscriptions import SegmentSubscription
from touchline.graphql.tags.subscriptions import TagSubscription
from touchline.graphql.timeline.subscriptions import TimelineSubscription


@strawberry.type(description="Everything that can be watched.")
class Subscription(
    TimelineSubscription,
    TagSubscription,
    ScoreSubscription,
    SegmentSubscription,
    ConversionSubscription,
    BacklogSubscription,
):
    """The root of what is watched."""
