"""Root fields that read tags."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, lookup
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.tags.filters import TagFilter, TagRuleFilter
from touchline.graphql.tags.labels import Tag
from touchline.graphql.tags.rules import TagRule


@strawberry.type(description="Reads of tags.")
class TagQuery:
    """Part of the query root."""

    tag: Tag | None = lookup(permission=READ, description="One tag by its id.")
    tags: Connection[Tag] | None = connection(
        "tags",
        order=Order(("name",)),
        filters=TagFilter,
        permission=READ,
        description="All tags, by name.",
    )
    tag_rule: TagRule | None = lookup(permission=READ, description="One tag rule by its id.")
    tag_rules: Connection[TagRule] | None = connection(
        "tagRules",
        order=Order(("name",)),
        filters=TagRuleFilter,
        permission=READ,
        description="All tag rules, by name.",
    )
