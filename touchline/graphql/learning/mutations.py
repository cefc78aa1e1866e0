"""Having scoring models learned."""

import strawberry

from touchline.domain.kernel.clock import DAY
from touchline.domain.learning.sampling import Conversion
from touchline.domain.learning.service import Wish, suggest_model
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.conditions.reading import read_condition
from touchline.graphql.learning.inputs import ConversionInput, ScoringModelSuggestInput
from touchline.graphql.learning.payloads import ScoringModelSuggestPayload

_LOOKBACK = 90 * DAY
_AHEAD, _AHEAD_OF_CONDITION = DAY, 30 * DAY


@strawberry.type(description="Learning scoring models.")
class LearningMutation:
    """Part of the mutation root."""

    @resolved(
        permission=WRITE,
        cost=200,
        description=(
            "Have a scoring model learned from what customers did and were before they converted, "
            "as a draft to be edited; in the background."
        ),
    )
    async def scoring_model_suggest(
        self, info: strawberry.Info, given: Given[ScoringModelSuggestInput]
    ) -> ScoringModelSuggestPayload | None:
        conversion = _conversion(given.conversion)
        usual = _AHEAD if conversion.condition is None else _AHEAD_OF_CONDITION
        wish = Wish(
            given.name,
            conversion,
            _LOOKBACK if given.lookback is None else given.lookback,
            usual if given.ahead is None else given.ahead,
            given.folds,
        )
        suggestion = await suggest_model(info.context.actor, wish)
        return ScoringModelSuggestPayload(suggestion_key=suggestion)


def _conversion(given: ConversionInput) -> Conversion:
    if given.condition is not None:
        path = ("conversion", "condition")
        return Conversion(condition=read_condition(given.condition.value, path))
    return Conversion(event=given.event.value if given.event is not None else "")
