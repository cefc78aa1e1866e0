"""What mutations of tag rules are given."""

import strawberry

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
