"""A company, and what its people make of it."""

import strawberry

from touchline.domain.customers.relations import ACCOUNT, ACCOUNT_TRAIT
from touchline.domain.kernel.clock import as_of
from touchline.domain.kernel.db import Row
from touchline.domain.scoring.decay import faded
from touchline.domain.scoring.relations import ACCOUNT_SCORE
from touchline.domain.stages.relations import (
    ACCOUNT_STAGE_COUNT,
    IS_FIRST_OF_STAGE,
    STAGE_OF_ACCOUNT,
)
from touchline.domain.tags.relations import ACCOUNT_TAG, IS_FIRST_OF_TAG
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import column, expression, global_id, related, rows
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import JSON, DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.scoring.models import ScoringModel, points
from touchline.graphql.sources.types import Source
from touchline.graphql.stages.types import Stage
from touchline.graphql.tags.labels import Tag

_ID = "The global id; to be kept and compared, not taken apart."
_KEPT = ("sums", "landmark", "half_life")


def _values(row: Row) -> list[int]:
    """What the scores of the people are worth at the instant of the answer, in micro-points."""
    at, landmark, half_life = as_of(), row["landmark"], row["half_life"]
    pairs = (pair.split(":") for pair in (row["sums"] or "").split())
    return [faded(int(fading), at, landmark, half_life) + int(steady) for fading, steady in pairs]


def _max(row: Row) -> float:
    return points(max(_values(row), default=0))


def _sum(row: Row) -> float:
    return points(sum(_values(row)))


def _instant(_row: Row) -> DateTime:
    return DateTime(as_of())


@entity(ACCOUNT_TAG, permission=READ, description="A tag that people of an account have.")
class AccountTag:
    """Counted when it is asked for."""

    id: strawberry.ID = global_id("account_tag_id", description=_ID)
    tag: Tag = related({"tag_id": "id"}, description="The tag.")
    people_count: int = column("people", description="How many people of the account have it.")


@entity(ACCOUNT_STAGE_COUNT, permission=READ, description="People of an account in a stage.")
class AccountStageCount:
    """Counted when it is asked for."""

    id: strawberry.ID = global_id("account_stage_id", description=_ID)
    stage: Stage = related({"stage_id": "id"}, description="The stage.")
    people_count: int = column("people", description="How many people of the account are in it.")


@entity(ACCOUNT_SCORE, permission=READ, description="What the people of an account score together.")
class AccountScore:
    """By the primary model, as it is at the instant of the answer."""

    id: strawberry.ID = global_id(description=_ID)
    model: ScoringModel = related({"model_id": "id"}, description="The model that makes it.")
    max: float = expression(
        _max, needs=_KEPT, description="The score of whoever of its people scores highest."
    )
    sum: float = expression(_sum, needs=_KEPT, description="The sum of its people's scores.")
    computed_at: DateTime = expression(
        _instant, needs=("id",), description="For which instant the values are worked out."
    )


@entity(ACCOUNT_TRAIT, permission=READ, description="Something known of an account.")
class AccountTrait:
    """Within a name the latest statement wins."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    name: str = column(description="What it is about, such as `industry`.")
    value: JSON = column(description="What is known.")
    observed_at: DateTime = column(description="When it was said.")
    source: Source | None = related({"source_id": "id"}, description="Which source said it.")


@entity(ACCOUNT, permission=READ, description="A company that customers belong to.")
class Account(Node):
    """Named by a source, or by the e-mail domain of its people."""

    key: str | None = column(description="The id by which sources name it.")
    domain: str | None = column(description="The e-mail domain of its people.")
    name: str = column(description="What people call it.")
    created_at: DateTime = column(description="When Touchline first heard of it.")
    people_count: int = column(
        description="How many customers belong to it; `customers` finds them by its id."
    )
    tags: list[AccountTag] = rows(
        {"id": "account_id"},
        order=Order(("place", "name")),
        where=IS_FIRST_OF_TAG,
        limit=200,
        description="The tags of its people, those that most of them have first.",
    )
    score: AccountScore | None = related(
        {"id": "id"},
        description="What its people score; null without people, or without a primary model.",
    )
    stage: Stage | None = related(
        {"id": "account_id"},
        relation=STAGE_OF_ACCOUNT,
        description="The furthest stage of the journey in which one of its people is.",
    )
    stage_counts: list[AccountStageCount] = rows(
        {"id": "account_id"},
        order=Order(("place",)),
        where=IS_FIRST_OF_STAGE,
        limit=100,
        description="How many of its people are in each stage, in the order of the journey.",
    )
    traits: list[AccountTrait] = rows(
        {"id": "account_id"}, order=Order(("name",)), limit=500, description="What is known of it."
    )
