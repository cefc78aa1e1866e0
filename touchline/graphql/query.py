"""The query root, put together from the capabilities."""

import strawberry

from touchline.graphql.access.queries import AccessQuery
from touchline.graphql.attribution.queries import AttributionQuery
from touchline.graphql.backlog.queries import BacklogQuery
from touchline.graphql.base.fields import node_lookup, nodes_lookup
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.campaigns.queries import CampaignQuery
from touchline.graphql.channels.queries import ChannelQuery
from touchline.graphql.collect.queries import CollectQuery
from touchline.graphql.content.queries import ContentQuery
from touchline.graphql.conversions.queries import ConversionQuery
from touchline.graphql.customers.queries import CustomerQuery
from touchline.graphql.digest.queries import DigestQuery
from touchline.graphql.documents.queries import DocumentQuery
from touchline.graphql.experiments.queries import ExperimentQuery
from touchline.graphql.forecasts.queries import ForecastQuery
from touchline.graphql.learning.queries import LearningQuery
from touchline.graphql.links.queries import LinkQuery
from touchline.graphql.members.queries import MemberQuery
from touchline.graphql.performance.queries import PerformanceQuery
from touchline.graphql.rates.queries import ValueExchangeRateQuery
from touchline.graphql.scoring.queries import ScoringQuery
from touchline.graphql.segments.queries import SegmentQuery
from touchline.graphql.sources.queries import SourceQuery
from touchline.graphql.spend.queries import SpendQuery
from touchline.graphql.stages.queries import StageQuery
from touchline.graphql.tags.queries import TagQuery
from touchline.graphql.timeline.queries import TimelineQuery


@strawberry.type(description="Everything that can be read.")
class Query(
    CustomerQuery,
    TimelineQuery,
    TagQuery,
    ScoringQuery,
    LearningQuery,
    ExperimentQuery,
    DigestQuery,
    StageQuery,
    SegmentQuery,
    ContentQuery,
    ConversionQuery,
    ForecastQuery,
    ValueExchangeRateQuery,
    ChannelQuery,
    AttributionQuery,
    LinkQuery,
    SpendQuery,
    PerformanceQuery,
    CampaignQuery,
    BacklogQuery,
    SourceQuery,
    CollectQuery,
    AccessQuery,
    MemberQuery,
    DocumentQuery,
):
    """The root of reads."""

    node: Node | None = node_lookup(
        permission=READ, description="Any object by its id; null when there is none."
    )
    nodes: list[Node] | None = nodes_lookup(
        permission=READ,
        description="Objects by their ids, in the given order; unknown ones are left out.",
    )
