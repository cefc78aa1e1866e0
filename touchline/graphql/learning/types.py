"""A suggested scoring model, and why its rules give what they give."""

import strawberry

from touchline.domain.learning.relations import SCORING_SUGGESTION
from touchline.graphql.base.fields import (
    column,
    document,
    global_id,
    key,
    related,
    same_row,
)
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime, Duration
from touchline.graphql.base.types import entity
from touchline.graphql.conditions.types import Condition
from touchline.graphql.scoring.models import ScoringModel
from touchline.graphql.tasks.types import Task

_ID = "The global id; to be kept and compared, not taken apart."


@entity(permission=READ, description="How well a suggested model tells conversions.")
class ScoringSuggestionFit:
    """Kept with the suggestion."""

    id: strawberry.ID = global_id(description=_ID)
    customers: int = key(description="How many customers were looked at.")
    conversions: int = key(description="How many of them converted.")
    unheard: int = key(
        description="How many more converted of whom nothing was known so long before; left out."
    )
    auc: float = key(
        description=(
            "How probable it is that one who converted is scored above one who did not, by models "
            "fitted without the two: the mean of the folds. 0.5 is guessing, 1 is certainty."
        )
    )
    auc_spread: float = key(
        "aucSpread", description="The standard deviation of it between the folds."
    )
    aucs: list[float] = key(description="It for each fold.")


@entity(permission=READ, description="A rule of a suggested model, and why it is one.")
class SuggestedRule:
    """As it was learned; the rule of the draft may be edited since."""

    id: strawberry.ID = global_id(description=_ID)
    name: str = key(description="What it is called in the draft.")
    summary: str = key(description="What must hold, in plain English.")
    points: float = key(description="What it gives, or takes; ten points double the odds.")
    weight_of_evidence: float = key(
        "weightOfEvidence",
        description=(
            "The logarithm of its share of those who converted over its share of those who did "
            "not: above 0 it speaks for a conversion, below 0 against."
        ),
    )
    share: float = key(description="The share of the customers looked at that meet it.")
    customers: int = key(description="How many of the customers looked at meet it.")
    conversions: int = key(description="How many of these converted.")
    explanation: str = key(description="All of it in words.")


@entity(
    SCORING_SUGGESTION,
    permission=READ,
    description="A scoring model that is learned from conversions, to be edited as a draft.",
)
class ScoringSuggestion(Node):
    """Found again by `node(id:)` while its task goes on."""

    name: str = column(description="What the draft is called.")
    event: str | None = column(description="The event by which customers convert.")
    condition: Condition | None = same_row(
        "condition", description="What comes to hold of customers who convert."
    )
    lookback: Duration = column(description="For how long what customers did counts.")
    ahead: Duration = column(description="How long before they converted customers are looked at.")
    folds: int = column(description="In how many parts customers are held back to try it.")
    task: Task = related({"task_id": "id"}, description="The work, and why it failed if it did.")
    scoring_model: ScoringModel | None = related(
        {"model_id": "id"}, description="The draft; null until the work is done."
    )
    fit: ScoringSuggestionFit | None = document(
        "fit", description="How well it tells conversions; null until the work is done."
    )
    rules: list[SuggestedRule] = document(
        "rules", description="Its rules as they were learned, those that move most first."
    )
    created_at: DateTime = column(description="When it was wished for.")
