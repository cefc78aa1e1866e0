"""What a condition is given as: a tree in which each part says one thing."""

import strawberry

from touchline.graphql.base.scalars import JSON, DateTime, Duration
from touchline.graphql.tags.enums import TagState
from touchline.graphql.timeline.enums import TouchpointType

_WITHIN = "Only what happened in this length of time until now."


@strawberry.input(
    one_of=True,
    description=(
        "How a value is compared; exactly one is given. Text is never equal to a number. What "
        "holds no value, or one of another type, meets `exists: false` at most."
    ),
)
class ComparisonInput:
    """One operator and its value."""

    equals: strawberry.Maybe[JSON] = strawberry.field(
        description="It is exactly this text, number or truth value."
    )
    not_equals: strawberry.Maybe[JSON] = strawberry.field(
        description="There is a value, and it is another."
    )
    one_of: strawberry.Maybe[list[JSON]] = strawberry.field(
        description="It is exactly one of these, at most 100."
    )
    contains: strawberry.Maybe[str] = strawberry.field(
        description="It is text with this in it; A to Z are as a to z."
    )
    starts_with: strawberry.Maybe[str] = strawberry.field(
        description="It is text that begins with this; A to Z are as a to z."
    )
    less_than: strawberry.Maybe[JSON] = strawberry.field(
        description="It is a smaller number, or a text that sorts before this (such as a date)."
    )
    at_most: strawberry.Maybe[JSON] = strawberry.field(description="It is this or less.")
    more_than: strawberry.Maybe[JSON] = strawberry.field(
        description="It is a greater number, or a text that sorts after this."
    )
    at_least: strawberry.Maybe[JSON] = strawberry.field(description="It is this or more.")
    exists: strawberry.Maybe[bool] = strawberry.field(
        description="There is a value; with false, there is none."
    )


@strawberry.input(description="A trait and what its value is compared with.")
class TraitConditionInput:
    """Of a customer or of an account."""

    name: str = strawberry.field(description="The name of the trait, such as `plan`.")
    is_: ComparisonInput = strawberry.field(name="is", description="How its value is compared.")


@strawberry.input(description="What the customer is known by.")
class IdentifierConditionInput:
    """A kind, and what its value is compared with."""

    kind: str = strawberry.field(description="What sort of identifier it is, such as `email`.")
    is_: ComparisonInput | None = strawberry.field(
        name="is", default=None, description="How its value is compared; by default any will do."
    )


@strawberry.input(description="A property of a touchpoint and what its value is compared with.")
class PropertyConditionInput:
    """Dots lead into objects."""

    property: str = strawberry.field(
        description="The name of the property; dots lead into objects, as in `product.sku`."
    )
    is_: ComparisonInput = strawberry.field(name="is", description="How its value is compared.")


@strawberry.input(description="Touchpoints of a name, of a type, or of both.")
class StepConditionInput:
    """One step of a sequence."""

    event: str | None = strawberry.field(
        default=None, description="The name of the touchpoint, such as `Signed Up`."
    )
    type: TouchpointType | None = strawberry.field(
        default=None, description="The type of the touchpoint, such as `PAGE`."
    )
    where: list[PropertyConditionInput] | None = strawberry.field(
        default=None, description="What all of its properties named here meet."
    )


@strawberry.input(description="How often the customer did something, and when.")
class DidConditionInput(StepConditionInput):
    """Without a count: at least once."""

    at_least: int | None = strawberry.field(default=None, description="So many times or more.")
    at_most: int | None = strawberry.field(
        default=None, description="So many times or fewer; 0 for never."
    )
    exactly: int | None = strawberry.field(default=None, description="Exactly so many times.")
    within: Duration | None = strawberry.field(default=None, description=_WITHIN)
    from_: DateTime | None = strawberry.field(
        name="from", default=None, description="Only what happened at this instant or later."
    )
    to: DateTime | None = strawberry.field(
        default=None, description="Only what happened before this instant."
    )


@strawberry.input(description="Touchpoints in this order, each later than the one before.")
class SequenceConditionInput:
    """Two to ten steps."""

    steps: list[StepConditionInput] = strawberry.field(
        description="The steps, two to ten; others may lie between them."
    )
    span: Duration | None = strawberry.field(
        default=None, description="The last came less than so long after the first."
    )
    within: Duration | None = strawberry.field(default=None, description=_WITHIN)


@strawberry.input(description="A touchpoint that came by a campaign.")
class ChannelConditionInput:
    """At least one of the three is given."""

    source: ComparisonInput | None = strawberry.field(
        default=None, description="The source of the campaign, such as `linkedin`."
    )
    medium: ComparisonInput | None = strawberry.field(
        default=None, description="The medium of the campaign, such as `cpc`."
    )
    campaign: ComparisonInput | None = strawberry.field(
        default=None, description="The name of the campaign."
    )
    within: Duration | None = strawberry.field(default=None, description=_WITHIN)


@strawberry.input(description="A tag of the customer.")
class TagConditionInput:
    """In any state that counts, or in these."""

    tag: strawberry.ID = strawberry.field(description="The id of the tag.")
    states: list[TagState] | None = strawberry.field(
        default=None,
        description="Only in one of these states; by default the customer has it in any way.",
    )


@strawberry.input(description="The customer's score: a range, or a band.")
class ScoreConditionInput:
    """By one scoring model."""

    model: strawberry.ID = strawberry.field(description="The id of the scoring model.")
    at_least: float | None = strawberry.field(default=None, description="The score or more.")
    at_most: float | None = strawberry.field(default=None, description="The score or less.")
    band: str | None = strawberry.field(default=None, description="The name of a band.")


@strawberry.input(
    one_of=True,
    description=(
        "What may be said of a customer; exactly one is given. A tree has at most 200 parts and "
        "10 levels. A touchpoint counts from the millisecond at which it occurred; within a "
        "duration it counts for exactly that long."
    ),
)
class ConditionInput:
    """The language of tags, segments, stages and scores."""

    all: strawberry.Maybe[list["ConditionInput"]] = strawberry.field(
        description="Each of these holds."
    )
    any: strawberry.Maybe[list["ConditionInput"]] = strawberry.field(
        description="At least one of these holds."
    )
    not_: strawberry.Maybe["ConditionInput"] = strawberry.field(
        name="not", description="This does not hold."
    )
    trait: strawberry.Maybe[TraitConditionInput] = strawberry.field(
        description="A trait of the customer."
    )
    account_trait: strawberry.Maybe[TraitConditionInput] = strawberry.field(
        description="A trait of the customer's account."
    )
    identifier: strawberry.Maybe[IdentifierConditionInput] = strawberry.field(
        description="What the customer is known by."
    )
    did: strawberry.Maybe[DidConditionInput] = strawberry.field(
        description="What the customer did, how often and when."
    )
    sequence: strawberry.Maybe[SequenceConditionInput] = strawberry.field(
        description="What the customer did in an order."
    )
    channel: strawberry.Maybe[ChannelConditionInput] = strawberry.field(
        description="By which campaign the customer came."
    )
    tag: strawberry.Maybe[TagConditionInput] = strawberry.field(
        description="A tag of the customer."
    )
    score: strawberry.Maybe[ScoreConditionInput] = strawberry.field(
        description="The customer's score."
    )
    stage: strawberry.Maybe[strawberry.ID] = strawberry.field(
        description="The customer is in the stage with this id."
    )
    segment: strawberry.Maybe[strawberry.ID] = strawberry.field(
        description="The customer is in the segment with this id."
    )
