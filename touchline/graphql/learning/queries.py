"""Root fields that read suggested scoring models."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import rows
from touchline.graphql.base.permissions import READ
from touchline.graphql.learning.types import ScoringSuggestion


@strawberry.type(description="Reads of suggested scoring models.")
class LearningQuery:
    """Part of the query root."""

    scoring_suggestions: list[ScoringSuggestion] | None = rows(
        {},
        order=Order(("created_at",), descending=True),
        limit=50,
        permission=READ,
        description="The latest suggested scoring models, the newest first.",
    )
