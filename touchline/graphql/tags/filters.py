"""Which tags and tag rules a list shows."""

from dataclasses import replace

import strawberry

from touchline.domain.tags import relations
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import combined, held
from touchline.graphql.tags.rules import PublishingStatus


@strawberry.input(description="Which tags to show. All that is given must hold.")
class TagFilter:
    """Filter of `tags`."""

    search: str | None = held(
        relations.NAME_CONTAINS, description="Only whose name contains this, in any case."
    )
    category: str | None = held(relations.OF_CATEGORY, description="Only of this category.")
    and_: list["TagFilter"] | None = combined("and", description="All of these hold.")
    or_: list["TagFilter"] | None = combined("or", description="Any of these holds.")
    not_: "TagFilter | None" = combined("not", description="This does not hold.")


def _tag_id(given: str) -> int:
    return read_id(given, "filter.tag", "Tag")


def _status(given: PublishingStatus) -> str:
    return str(given.value)


@strawberry.input(description="Which tag rules to show. All that is given must hold.")
class TagRuleFilter:
    """Filter of `tagRules`."""

    tag: strawberry.ID | None = held(
        replace(relations.OF_TAG, prepare=_tag_id), description="Only of the tag with this id."
    )
    status: PublishingStatus | None = held(
        replace(relations.IN_STATUS, prepare=_status), description="Only those that stand so."
    )
    and_: list["TagRuleFilter"] | None = combined("and", description="All of these hold.")
    or_: list["TagRuleFilter"] | None = combined("or", description="Any of these holds.")
    not_: "TagRuleFilter | None" = combined("not", description="This does not hold.")
