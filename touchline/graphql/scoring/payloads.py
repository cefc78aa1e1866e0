"""Answers to changes of scores."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.base.permissions import EVERYONE
from touchline.graphql.base.types import entity
from touchline.graphql.customers.types import Customer
from touchline.graphql.payload import Answer
from touchline.graphql.scoring.enums import ScoreErrorCode
from touchline.graphql.scoring.models import ScoringModel
from touchline.graphql.tasks.types import Task


@mendable("a change of scores")
class ScoreUserError(UserError):
    """The user error of the capability."""

    code: ScoreErrorCode = attribute(description="What is wrong.")


@answer_to("scoringModelCreate")
class ScoringModelCreatePayload(Answer):
    """The new model, a draft."""

    user_errors: list[ScoreUserError] = refusals()
    model_key: strawberry.Private[int | None] = None
    scoring_model: ScoringModel | None = kept("model_key", description="The new model.")


@answer_to("scoringModelUpdate")
class ScoringModelUpdatePayload(Answer):
    """The model with its next version."""

    user_errors: list[ScoreUserError] = refusals()
    model_key: strawberry.Private[int | None] = None
    scoring_model: ScoringModel | None = kept(
        "model_key", description="The model as it is written now."
    )


@answer_to("scoringModelPublish")
class ScoringModelPublishPayload(Answer):
    """The model, and the work by which its scores are made."""

    user_errors: list[ScoreUserError] = refusals()
    model_key: strawberry.Private[int | None] = None
    task_key: strawberry.Private[int | None] = None
    scoring_model: ScoringModel | None = kept("model_key", description="The model.")
    recompute: Task | None = kept(
        "task_key",
        description="The work that makes all scores; those before it count until it is done.",
    )


@answer_to("scoringModelMakePrimary")
class ScoringModelMakePrimaryPayload(Answer):
    """The model, and the work by which lists are sorted."""

    user_errors: list[ScoreUserError] = refusals()
    model_key: strawberry.Private[int | None] = None
    task_key: strawberry.Private[int | None] = None
    scoring_model: ScoringModel | None = kept("model_key", description="The model.")
    recompute: Task | None = kept(
        "task_key",
        description="The work that sorts all lists; the model before it does until it is done.",
    )


@answer_to("scoringModelRetire")
class ScoringModelRetirePayload(Answer):
    """The model out of force."""

    user_errors: list[ScoreUserError] = refusals()
    model_key: strawberry.Private[int | None] = None
    scoring_model: ScoringModel | None = kept("model_key", description="The model, out of force.")


@answer_to("customerAdjustScore")
class CustomerAdjustScorePayload(Answer):
    """The customer with the score."""

    user_errors: list[ScoreUserError] = refusals()
    customer_key: strawberry.Private[int | None] = None
    customer: Customer | None = kept("customer_key", description="The customer as it is now.")


@entity(permission=EVERYONE, description="How many customers a band holds.")
class ScoreBandSharePayload:
    """A bar of a preview; part of `ScoringModelPreviewPayload`."""

    band: str | None = attribute(description="The band; null for scores below the lowest.")
    count: int = attribute(description="How many customers lie in it.")


@entity(permission=EVERYONE, description="A customer whose score would be another.")
class ScoreMovePayload:
    """Part of `ScoringModelPreviewPayload`."""

    customer_key: strawberry.Private[int]
    from_: float = attribute(name="from", description="The score now.")
    to: float = attribute(description="The score by the draft.")
    customer: Customer | None = kept("customer_key", description="Who.")


@entity(permission=EVERYONE, description="A tenth of the customers of a back-test.")
class ScoreLiftPayload:
    """Part of `ScoreBackTestPayload`."""

    decile: int = attribute(description="Which tenth; 1 holds the highest scores.")
    rate: float = attribute(description="The share of them that converted.")
    lift: float = attribute(description="How many times the share of all that is.")


@entity(permission=EVERYONE, description="How well scores told beforehand who would convert.")
class ScoreBackTestPayload:
    """Part of `ScoringModelPreviewPayload`."""

    customers: int = attribute(description="How many customers had not converted at its beginning.")
    conversions: int = attribute(description="How many of them converted since.")
    auc: float | None = attribute(
        description=(
            "How probable it is that one who converted was scored above one who did not; null "
            "where there are none of either."
        )
    )
    lift: list[ScoreLiftPayload] = attribute(description="By tenths, the highest scores first.")


@answer_to("scoringModelPreview")
class ScoringModelPreviewPayload(Answer):
    """What publishing would do."""

    user_errors: list[ScoreUserError] = refusals()
    looked_at: int | None = attribute(
        default=None, description="How many customers were looked at, at most 50,000."
    )
    before: list[ScoreBandSharePayload] = attribute(
        default=[], description="Customers by band now; empty when the model is not in force."
    )
    after: list[ScoreBandSharePayload] = attribute(
        default=[], description="Customers by band according to the draft."
    )
    gainers: list[ScoreMovePayload] = attribute(
        default=[], description="Who would gain most, at most 20."
    )
    losers: list[ScoreMovePayload] = attribute(
        default=[], description="Who would lose most, at most 20."
    )
    back_test: ScoreBackTestPayload | None = attribute(
        default=None,
        description="How well the draft would have told conversions; null without an event.",
    )
