"""What mutations of tag rules are given."""

import strawberry

from touchline.graphql.base.scalars import DateTime
from touchline.graphql.conditions.inputs import ConditionInput
from touchline.graphql.tags.rules import TagRuleEffect


@strawberry.input(description="A new rule of a tag, as a draft.")
class TagRuleCreateInput:
    """What `tagRuleCreate` is given."""

    tag_id: strawberry.ID = strawberry.field(description="Which tag customers get.")
    name: str = strawberry.field(description="What to call it, at most 100 characters.")
    condition: ConditionInput = strawberry.field(description="When they get it.")
    effect: TagRuleEffect = strawberry.field(
        default=TagRuleEffect.ADD_AND_REMOVE, description="What the rule does."
    )


@strawberry.input(description="The next version of a rule, as a draft; what is absent stays.")
class TagRuleUpdateInput:
    """What `tagRuleUpdate` is given."""

    name: strawberry.Maybe[str] = strawberry.field(description="What to call it.")
    condition: strawberry.Maybe[ConditionInput] = strawberry.field(
        description="When customers get the tag."
    )
    effect: strawberry.Maybe[TagRuleEffect] = strawberry.field(description="What the rule does.")
    expected_version: int | None = strawberry.field(
        default=None, description="The version that you saw; another one is refused."
    )


@strawberry.input(description="Which tags all customers get who meet a condition.")
class CustomersAddTagsInput:
    """What `customersAddTags` is given."""

    condition: ConditionInput = strawberry.field(description="Who gets them.")
    tag_ids: list[strawberry.ID] = strawberry.field(description="The tags, at most 50.")
    expires_at: DateTime | None = strawberry.field(
        default=None, description="When they lapse; by default never."
    )


@strawberry.input(description="Which tags all customers lose who meet a condition.")
class CustomersRemoveTagsInput:
    """What `customersRemoveTags` is given."""

    condition: ConditionInput = strawberry.field(description="Who loses them.")
    tag_ids: list[strawberry.ID] = strawberry.field(description="The tags, at most 50.")
