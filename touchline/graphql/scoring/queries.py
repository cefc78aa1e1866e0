"""Root fields that read scoring models."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import lookup, rows
from touchline.graphql.base.permissions import READ
from touchline.graphql.scoring.models import ScoringModel


@strawberry.type(description="Reads of scoring models.")
class ScoringQuery:
    """Part of the query root."""

    scoring_model: ScoringModel | None = lookup(
        permission=READ, description="One scoring model by its id."
    )
    scoring_models: list[ScoringModel] | None = rows(
        {},
        order=Order(("name",)),
        limit=100,
        permission=READ,
        description="All scoring models, by name.",
    )
