"""Writing rules of tags, trying them, and bringing them into force."""

from typing import Annotated

import strawberry

from touchline.domain.tags import rules
from touchline.domain.tags.bulk import tag_all
from touchline.domain.tags.publishing import publish_rule, retire_rule
from touchline.domain.tags.rules import RuleEffect, RuleText
from touchline.domain.tags.trying import try_rule
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import READ, WRITE
from touchline.graphql.conditions.reading import read_condition
from touchline.graphql.tags.rule_inputs import (
    CustomersAddTagsInput,
    CustomersRemoveTagsInput,
    TagRuleCreateInput,
    TagRuleUpdateInput,
)
from touchline.graphql.tags.rule_payloads import (
    CustomersAddTagsPayload,
    CustomersRemoveTagsPayload,
    TagRuleCreatePayload,
    TagRulePreviewPayload,
    TagRulePublishPayload,
    TagRuleRetirePayload,
    TagRuleUpdatePayload,
)
from touchline.graphql.tags.rules import TagRuleEffect

RuleId = Annotated[strawberry.ID, strawberry.argument(name="id", description="The id of the rule.")]
Expected = Annotated[
    int | None,
    strawberry.argument(
        name="expectedVersion", description="The version that you saw; another one is refused."
    ),
]


@strawberry.type(description="Changes of tag rules.")
class TagRuleMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, description="Write a rule of a tag, as a draft.")
    async def tag_rule_create(
        self, info: strawberry.Info, given: Given[TagRuleCreateInput]
    ) -> TagRuleCreatePayload | None:
        tag = read_id(given.tag_id, "input.tagId", "Tag")
        text = RuleText(given.name, read_condition(given.condition), _effect(given.effect))
        rule = await rules.create_rule(info.context.actor, tag, text)
        return TagRuleCreatePayload(rule_key=rule)

    @resolved(
        permission=WRITE,
        description="Write the next version of a rule; that in force stays in force.",
    )
    async def tag_rule_update(
        self, info: strawberry.Info, rule_id: RuleId, given: Given[TagRuleUpdateInput]
    ) -> TagRuleUpdatePayload | None:
        rule = _read(rule_id)
        held = await rules.text_of_rule(rule)
        text = RuleText(
            held.name if given.name is None else given.name.value,
            held.condition if given.condition is None else read_condition(given.condition.value),
            held.effect if given.effect is None else _effect(given.effect.value),
        )
        expected = given.expected_version
        await rules.update_rule(info.context.actor, rule, text, expected_version=expected)
        return TagRuleUpdatePayload(rule_key=rule)

    @resolved(
        permission=READ, cost=50, description="See what publishing would do; nothing is changed."
    )
    async def tag_rule_preview(
        self, info: strawberry.Info, rule_id: RuleId
    ) -> TagRulePreviewPayload | None:
        found = await try_rule(info.context.actor, _read(rule_id))
        return TagRulePreviewPayload(
            matched_count=found.matched,
            added_count=found.added,
            removed_count=found.removed,
            sample_keys=found.sample,
        )

    @resolved(
        permission=WRITE,
        cost=50,
        description=(
            "Bring a rule as it is written into force, for all customers at once; in the "
            "background where they are many."
        ),
    )
    async def tag_rule_publish(
        self, info: strawberry.Info, rule_id: RuleId, expected_version: Expected = None
    ) -> TagRulePublishPayload | None:
        rule = _read(rule_id)
        task = await publish_rule(info.context.actor, rule, expected_version=expected_version)
        return TagRulePublishPayload(rule_key=rule, task_key=task)

    @resolved(
        permission=WRITE,
        cost=50,
        description="Put a rule out of force for good; the tags that it alone says are gone.",
    )
    async def tag_rule_retire(
        self, info: strawberry.Info, rule_id: RuleId
    ) -> TagRuleRetirePayload | None:
        rule = _read(rule_id)
        await retire_rule(info.context.actor, rule)
        return TagRuleRetirePayload(rule_key=rule)

    @resolved(
        permission=WRITE,
        cost=50,
        description="Give tags to all customers who meet a condition, in the background.",
    )
    async def customers_add_tags(
        self, info: strawberry.Info, given: Given[CustomersAddTagsInput]
    ) -> CustomersAddTagsPayload | None:
        task = await tag_all(
            info.context.actor,
            condition=read_condition(given.condition),
            tag_ids=[read_id(one, "input.tagIds", "Tag") for one in given.tag_ids],
            expires_at=given.expires_at,
        )
        return CustomersAddTagsPayload(task_key=task)

    @resolved(
        permission=WRITE,
        cost=50,
        description="Take tags from all customers who meet a condition, in the background.",
    )
    async def customers_remove_tags(
        self, info: strawberry.Info, given: Given[CustomersRemoveTagsInput]
    ) -> CustomersRemoveTagsPayload | None:
        task = await tag_all(
            info.context.actor,
            condition=read_condition(given.condition),
            tag_ids=[read_id(one, "input.tagIds", "Tag") for one in given.tag_ids],
            remove=True,
        )
        return CustomersRemoveTagsPayload(task_key=task)


def _read(rule_id: strawberry.ID) -> int:
    return read_id(rule_id, "id", "TagRule")


def _effect(given: TagRuleEffect) -> RuleEffect:
    return RuleEffect(str(given.value))
