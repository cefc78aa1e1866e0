"""Answers to changes of tag rules."""

from collections.abc import Sequence
from enum import Enum

import strawberry

from touchline.domain.tags.errors import TagErrorCode
from touchline.domain.tags.errors import TagRuleErrorCode as Code
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.conditions import codes
from touchline.graphql.customers.types import Customer
from touchline.graphql.payload import Answer
from touchline.graphql.tags.rules import TagRule
from touchline.graphql.tasks.types import Task


@strawberry.enum(description="Why a change of a tag rule is refused.")
class TagRuleErrorCode(Enum):
    """The codes of rules, and those of their conditions."""

    TAG_NOT_FOUND = strawberry.enum_value(
        TagErrorCode.TAG_NOT_FOUND, description="There is no tag with this id."
    )
    NOTHING_CHOSEN = strawberry.enum_value(
        TagErrorCode.NOTHING_CHOSEN, description="No tags are named, or too many."
    )
    EXPIRY_INVALID = strawberry.enum_value(
        TagErrorCode.EXPIRY_INVALID, description="The instant of expiry has passed."
    )
    RULE_NOT_FOUND = strawberry.enum_value(
        Code.RULE_NOT_FOUND, description="There is no rule with this id."
    )
    RULE_RETIRED = strawberry.enum_value(
        Code.RULE_RETIRED, description="The rule is out of force for good."
    )
    RULE_NAME_INVALID = strawberry.enum_value(
        Code.RULE_NAME_INVALID, description="The rule's name is empty or too long."
    )
    STALE_DRAFT = strawberry.enum_value(
        Code.STALE_DRAFT, description="The rule is not at the expected version any more."
    )
    ALREADY_PUBLISHED = strawberry.enum_value(
        Code.ALREADY_PUBLISHED, description="This version is in force already, or on its way."
    )
    CONDITION_MALFORMED = codes.MALFORMED
    CONDITION_TOO_LARGE = codes.TOO_LARGE
    CONDITION_EMPTY = codes.EMPTY
    CONDITION_CYCLE = codes.CYCLE
    NAME_INVALID = codes.NAME_INVALID
    VALUE_INVALID = codes.VALUE_INVALID
    COUNT_INVALID = codes.COUNT_INVALID
    WINDOW_INVALID = codes.WINDOW_INVALID
    EVENT_UNNAMED = codes.EVENT_UNNAMED
    IDENTIFIER_INVALID = codes.IDENTIFIER_INVALID
    UNKNOWN_REFERENCE = codes.UNKNOWN_REFERENCE


@mendable("a change of a tag rule")
class TagRuleUserError(UserError):
    """The user error of rules."""

    code: TagRuleErrorCode = attribute(description="What is wrong.")


@answer_to("tagRuleCreate")
class TagRuleCreatePayload(Answer):
    """The new rule, a draft."""

    user_errors: list[TagRuleUserError] = refusals()
    rule_key: strawberry.Private[int | None] = None
    tag_rule: TagRule | None = kept("rule_key", description="The new rule.")


@answer_to("tagRuleUpdate")
class TagRuleUpdatePayload(Answer):
    """The rule with its next version."""

    user_errors: list[TagRuleUserError] = refusals()
    rule_key: strawberry.Private[int | None] = None
    tag_rule: TagRule | None = kept("rule_key", description="The rule as it is written now.")


@answer_to("tagRulePublish")
class TagRulePublishPayload(Answer):
    """The rule, and the work that brings it into force."""

    user_errors: list[TagRuleUserError] = refusals()
    rule_key: strawberry.Private[int | None] = None
    task_key: strawberry.Private[int | None] = None
    tag_rule: TagRule | None = kept("rule_key", description="The rule, in force or on its way.")
    recompute: Task | None = kept(
        "task_key",
        description="The work that brings it into force; done already where customers are few.",
    )


@answer_to("tagRuleRetire")
class TagRuleRetirePayload(Answer):
    """The rule out of force."""

    user_errors: list[TagRuleUserError] = refusals()
    rule_key: strawberry.Private[int | None] = None
    tag_rule: TagRule | None = kept("rule_key", description="The rule, out of force.")


@answer_to("customersAddTags")
class CustomersAddTagsPayload(Answer):
    """The work that gives the tags."""

    user_errors: list[TagRuleUserError] = refusals()
    task_key: strawberry.Private[int | None] = None
    task: Task | None = kept("task_key", description="The work that gives the tags.")


@answer_to("customersRemoveTags")
class CustomersRemoveTagsPayload(Answer):
    """The work that takes the tags."""

    user_errors: list[TagRuleUserError] = refusals()
    task_key: strawberry.Private[int | None] = None
    task: Task | None = kept("task_key", description="The work that takes the tags.")


@answer_to("tagRulePreview")
class TagRulePreviewPayload(Answer):
    """What publishing would do."""

    user_errors: list[TagRuleUserError] = refusals()
    matched_count: int | None = attribute(
        default=None, description="Of how many customers the rule would hold."
    )
    added_count: int | None = attribute(
        default=None, description="How many of them have the tag by this rule not yet."
    )
    removed_count: int | None = attribute(
        default=None, description="Of how many it holds now and would no more."
    )
    sample_keys: strawberry.Private[Sequence[int]] = ()
    sample: list[Customer] = kept(
        "sample_keys", many=True, description="Some of whom it would hold, the newest first."
    )
