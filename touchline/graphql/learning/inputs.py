"""What the learning of scoring models is given."""

import strawberry

from touchline.graphql.base.scalars import Duration
from touchline.graphql.conditions.inputs import ConditionInput


@strawberry.input(one_of=True, description="What a model is to tell beforehand.")
class ConversionInput:
    """Exactly one of them."""

    event: strawberry.Maybe[str] = strawberry.field(
        description="That customers do this event, by its name, for the first time."
    )
    condition: strawberry.Maybe[ConditionInput] = strawberry.field(
        description=(
            "That this comes to hold of customers. It is asked as of now and as of `ahead` before; "
            "traits, tags, stages, segments and scores in it count as they are now both times, so "
            "that what customers did must decide."
        )
    )


@strawberry.input(description="What a scoring model is to be learned from.")
class ScoringModelSuggestInput:
    """What `scoringModelSuggest` is given."""

    name: str = strawberry.field(description="What to call the draft.")
    conversion: ConversionInput = strawberry.field(description="What it is to tell beforehand.")
    lookback: Duration | None = strawberry.field(
        default=None, description="For how long what customers did counts; by default 90 days."
    )
    ahead: Duration | None = strawberry.field(
        default=None,
        description=(
            "How long before their conversion customers are looked at; by default a day, and 30 "
            "days where a condition converts."
        ),
    )
    folds: int = strawberry.field(
        default=5,
        description="In how many parts customers are held back in turn to try it, 2 to 10.",
    )
