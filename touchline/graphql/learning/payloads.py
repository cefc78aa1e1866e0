"""Answers to wishes for scoring models."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.learning.enums import ScoringSuggestionErrorCode
from touchline.graphql.learning.types import ScoringSuggestion
from touchline.graphql.payload import Answer


@mendable("a wish for a scoring model")
class ScoringSuggestionUserError(UserError):
    """The user error of the capability."""

    code: ScoringSuggestionErrorCode = attribute(description="What is wrong.")


@answer_to("scoringModelSuggest")
class ScoringModelSuggestPayload(Answer):
    """The suggestion, whose task goes on in the background."""

    user_errors: list[ScoringSuggestionUserError] = refusals()
    suggestion_key: strawberry.Private[int | None] = None
    suggestion: ScoringSuggestion | None = kept("suggestion_key", description="The suggestion.")
