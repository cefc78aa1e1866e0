"""The mutation root, put together from the capabilities."""

import strawberry

from touchline.graphql.access.mutations import AccessMutation
from touchline.graphql.attribution.mutations import AttributionMutation
from touchline.graphql.backlog.deciding import BacklogItemMutation
from touchline.graphql.backlog.learning import BacklogResultMutation
from touchline.graphql.backlog.mutations import BacklogMutation
from touchline.graphql.backlog.ordering import BacklogOrderMutation
from touchline.graphql.backlog.planning import CycleMutation
from touchline.graphql.backlog.working import BacklogWorkMutation
from touchline.graphql.campaigns.mutations import CampaignMutation
from touchline.graphql.channels.mutations import ChannelMutation
from touchline.graphql.collect.mutations import CollectMutation
from touchline.graphql.conditions.mutations import ConditionMutation
from touchline.graphql.content.lineage import LineageMutation
from touchline.graphql.content.mutations import ContentMutation
from touchline.graphql.content.publishing import PublishingMutation
from touchline.graphql.conversions.mutations import ConversionMutation
from touchline.graphql.customers.mutations import CustomerMutation
from touchline.graphql.digest.mutations import DigestMutation
from touchline.graphql.documents.mutations import DocumentMutation
from touchline.graphql.experiments.mutations import ExperimentMutation
from touchline.graphql.forecasts.mutations import ForecastMutation
from touchline.graphql.identity.mutations import IdentityMutation
from touchline.graphql.learning.mutations import LearningMutation
from touchline.graphql.links.mutations import LinkMutation
from touchline.graphql.members.mutations import MemberMutation
from touchline.graphql.rates.mutations import ValueExchangeRateMutation
from touchline.graphql.scoring.mutations import ScoringMutation
from touchline.graphql.segments.mutations import SegmentMutation
from touchline.graphql.sources.mutations import SourceMutation
from touchline.graphql.spend.mutations import SpendMutation
from touchline.graphql.stages.mutations import StageMutation
from touchline.graphql.tags.mutations import TagMutation
from touchline.graphql.tags.rule_mutations import TagRuleMutation


@strawberry.type(description="Everything that can be changed; each field is one act of its own.")
class Mutation(
    CustomerMutation,
    IdentityMutation,
    TagMutation,
    TagRuleMutation,
    ScoringMutation,
    LearningMutation,
    ExperimentMutation,
    DigestMutation,
    StageMutation,
    ConditionMutation,
    SegmentMutation,
    ContentMutation,
    LineageMutation,
    PublishingMutation,
    ConversionMutation,
    ForecastMutation,
    ValueExchangeRateMutation,
    ChannelMutation,
    AttributionMutation,
    LinkMutation,
    SpendMutation,
    CampaignMutation,
    BacklogMutation,
    BacklogItemMutation,
    BacklogWorkMutation,
    BacklogResultMutation,
    BacklogOrderMutation,
    CycleMutation,
    SourceMutation,
    CollectMutation,
    AccessMutation,
    MemberMutation,
    DocumentMutation,
):
    """The root of changes."""
