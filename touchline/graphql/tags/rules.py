"""A rule by which customers get a tag."""

from enum import Enum

import strawberry

from touchline.domain.tags.relations import TAG_RULE
from touchline.domain.tags.rules import RuleEffect, RuleStatus
from touchline.graphql.base.fields import column, related, same_row
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.conditions.types import Condition
from touchline.graphql.tags.labels import Tag
from touchline.graphql.tasks.types import Task


@strawberry.enum(description="Whether what is written of a rule or a model is in force.")
class PublishingStatus(Enum):
    """The ways of a draft, described."""

    DRAFT = strawberry.enum_value(
        RuleStatus.DRAFT.value, description="It is written; an earlier version may be in force."
    )
    BUILDING = strawberry.enum_value(
        RuleStatus.BUILDING.value,
        description="It is on its way into force; an earlier version may be in force until then.",
    )
    PUBLISHED = strawberry.enum_value(
        RuleStatus.PUBLISHED.value, description="It is in force as it is written."
    )
    FAILED = strawberry.enum_value(
        "FAILED",
        description="Bringing it into force failed: `recompute` tells why. Publish it again.",
    )
    RETIRED = strawberry.enum_value(
        RuleStatus.RETIRED.value, description="It is out of force for good."
    )


@strawberry.enum(description="What a rule does with its tag.")
class TagRuleEffect(Enum):
    """The effects, described."""

    ADD = strawberry.enum_value(
        RuleEffect.ADD.value,
        description="It adds the tag when the condition comes to hold, and leaves it.",
    )
    ADD_AND_REMOVE = strawberry.enum_value(
        RuleEffect.ADD_AND_REMOVE.value,
        description="Customers have the tag exactly while the condition holds.",
    )


@entity(TAG_RULE, permission=READ, description="When customers get a tag by themselves.")
class TagRule(Node):
    """As it is written now; `publishedVersion` is the version in force."""

    name: str = column(description="What people call it.")
    tag: Tag = related({"tag_id": "id"}, description="The tag.")
    status: PublishingStatus = column(description="Whether it is in force as it is written.")
    version: int = column(description="Which version is written here, counted from 1.")
    published_version: int | None = column(description="Which version is in force.")
    effect: TagRuleEffect = column(description="What it does.")
    condition: Condition = same_row(description="When it does so.")
    matched_count: int = column(description="Of how many customers it holds.")
    recompute: Task | None = related(
        {"task_id": "id"},
        description="The work that brings it into force, or did so last.",
    )
    actor_name: str = column(description="Who wrote it.")
    created_at: DateTime = column(description="When it was first written.")
    updated_at: DateTime = column(description="When it was last written.")
