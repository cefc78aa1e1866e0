"""What mutations of scores are given."""

import strawberry

from touchline.graphql.base.scalars import DateTime, Duration
from touchline.graphql.conditions.inputs import ConditionInput


@strawberry.input(description="A rule of a scoring model.")
class ScoringRuleInput:
    """A plain `did` counts at each occurrence, everything else while it holds."""

    name: str = strawberry.field(
        description="What it is called in explanations; by its name a rule is known again."
    )
    points: float = strawberry.field(description="What it gives; negative points take.")
    condition: ConditionInput = strawberry.field(
        description=(
            "A `did` without count or time gives points at each occurrence; any other condition "
            "gives them while it holds."
        )
    )
    dimension: str | None = strawberry.field(
        default=None, description="What it speaks of, such as `engagement` or `fit`."
    )
    once: bool = strawberry.field(
        default=False, description="Whether only the first occurrence counts."
    )
    cap_per_day: float | None = strawberry.field(
        default=None, description="The most it gives on one day (UTC)."
    )
    group: str | None = strawberry.field(
        default=None, description="The name of a group of the model."
    )


@strawberry.input(description="A band of a scoring model.")
class ScoringBandInput:
    """From its minimum up to the next band's."""

    name: str = strawberry.field(description="What it is called, such as `Hot`.")
    minimum: float = strawberry.field(description="The least score that lies in it.")


@strawberry.input(description="Rules whose points of a day are capped together.")
class ScoringGroupInput:
    """Named by rules."""

    name: str = strawberry.field(description="What rules call it.")
    cap_per_day: float = strawberry.field(
        description="The most its rules give together on one day (UTC)."
    )


@strawberry.input(description="A new scoring model, as a draft.")
class ScoringModelCreateInput:
    """What `scoringModelCreate` is given."""

    name: str = strawberry.field(description="What to call it.")
    rules: list[ScoringRuleInput] = strawberry.field(description="Its rules, at most 100.")
    bands: list[ScoringBandInput] = strawberry.field(
        default_factory=list, description="Its bands, the lowest first, at most 20."
    )
    groups: list[ScoringGroupInput] = strawberry.field(
        default_factory=list, description="Groups of rules that are capped together."
    )
    half_life: Duration | None = strawberry.field(
        default=None, description="How long points take to halve; by default they do not."
    )
    window: Duration | None = strawberry.field(
        default=None, description="For how long points count; by default for ever."
    )
    conversion: str | None = strawberry.field(
        default=None, description="The event by which back-tests try it."
    )


@strawberry.input(description="The next version of a scoring model; what is absent stays.")
class ScoringModelUpdateInput:
    """What `scoringModelUpdate` is given."""

    name: strawberry.Maybe[str] = strawberry.field(description="What to call it.")
    rules: strawberry.Maybe[list[ScoringRuleInput]] = strawberry.field(description="All its rules.")
    bands: strawberry.Maybe[list[ScoringBandInput]] = strawberry.field(
        description="All its bands, the lowest first."
    )
    groups: strawberry.Maybe[list[ScoringGroupInput]] = strawberry.field(
        description="All its groups."
    )
    half_life: strawberry.Maybe[Duration | None] = strawberry.field(
        description="How long points take to halve; null for ever."
    )
    window: strawberry.Maybe[Duration | None] = strawberry.field(
        description="For how long points count; null for ever."
    )
    conversion: strawberry.Maybe[str | None] = strawberry.field(
        description="The event by which back-tests try it; null for none."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="The version that you saw; another one is refused."
    )


@strawberry.input(description="Points that a colleague gives or takes.")
class CustomerAdjustScoreInput:
    """What `customerAdjustScore` is given."""

    customer_id: strawberry.ID = strawberry.field(description="Whose score.")
    model_id: strawberry.ID = strawberry.field(description="By which scoring model.")
    points: float = strawberry.field(description="How many points; negative ones are taken.")
    reason: str = strawberry.field(description="Why, for colleagues; at most 500 characters.")
    expires_at: DateTime | None = strawberry.field(
        default=None, description="When they lapse; by default never."
    )
