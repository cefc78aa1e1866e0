"""Which customers and accounts a list shows, and in which order."""

from dataclasses import replace

import strawberry

from touchline.domain.customers import relations
from touchline.domain.identity.relations import HAS_KIND, NAME_OR_IDENTIFIER_CONTAINS
from touchline.domain.scoring.relations import SCORE_BETWEEN
from touchline.domain.segments.relations import IN_SEGMENT
from touchline.domain.stages.relations import IN_STAGE
from touchline.domain.tags.relations import HAS_TAG
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import combined, held
from touchline.graphql.base.paging import OrderDirection
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.conditions.filtering import MATCHES
from touchline.graphql.conditions.inputs import ConditionInput
from touchline.graphql.customers.enums import AccountOrderField, CustomerOrderField


def _account_id(given: str) -> int:
    return read_id(given, "filter.account", "Account")


def _tag_id(given: str) -> int:
    return read_id(given, "filter.hasTag", "Tag")


def _segment_id(given: str) -> int:
    return read_id(given, "filter.inSegment", "Segment")


def _stage_id(given: str) -> int:
    return read_id(given, "filter.inStage", "Stage")


@strawberry.input(description="A range of scores. All that is given must hold.")
class ScoreFilter:
    """Part of `CustomerFilter`."""

    at_least: float | None = strawberry.field(default=None, description="This score or more.")
    at_most: float | None = strawberry.field(default=None, description="This score or less.")


@strawberry.input(description="Which customers to show. All that is given must hold.")
class CustomerFilter:
    """Filter of `customers`."""

    search: str | None = held(
        NAME_OR_IDENTIFIER_CONTAINS,
        description="Only whose name or identifier contains this, in any case.",
    )
    is_identified: bool | None = held(
        relations.IS_IDENTIFIED, description="Only the identified, or only the others."
    )
    identifier_kind: str | None = held(
        HAS_KIND, description="Only who is known by an identifier of this kind, such as `email`."
    )
    seen_from: DateTime | None = held(
        relations.SEEN_SINCE, description="Only who was last seen at this instant or later."
    )
    seen_to: DateTime | None = held(
        relations.SEEN_UNTIL, description="Only who was last seen before this instant."
    )
    account: strawberry.ID | None = held(
        replace(relations.OF_ACCOUNT, prepare=_account_id),
        description="Only who belongs to the account with this id.",
    )
    has_tag: strawberry.ID | None = held(
        replace(HAS_TAG, prepare=_tag_id), description="Only who has the tag with this id."
    )
    in_segment: strawberry.ID | None = held(
        replace(IN_SEGMENT, prepare=_segment_id),
        description="Only who is in the segment with this id.",
    )
    in_stage: strawberry.ID | None = held(
        replace(IN_STAGE, prepare=_stage_id), description="Only who is in the stage with this id."
    )
    score: ScoreFilter | None = held(
        SCORE_BETWEEN, description="Only whose score by the primary model lies between these."
    )
    matches: ConditionInput | None = held(
        MATCHES, description="Only of whom this condition holds now; see `conditionPreview`."
    )
    and_: list["CustomerFilter"] | None = combined("and", description="All of these hold.")
    or_: list["CustomerFilter"] | None = combined("or", description="Any of these holds.")
    not_: "CustomerFilter | None" = combined("not", description="This does not hold.")


@strawberry.input(description="The order of a list of customers.")
class CustomerOrder:
    """Order of `customers`."""

    field: CustomerOrderField = strawberry.field(description="What to sort by.")
    direction: OrderDirection = strawberry.field(description="Which end comes first.")


@strawberry.input(description="The order of a list of accounts.")
class AccountOrder:
    """Order of `accounts`."""

    field: AccountOrderField = strawberry.field(description="What to sort by.")
    direction: OrderDirection = strawberry.field(description="Which end comes first.")


@strawberry.input(description="Which accounts to show. All that is given must hold.")
class AccountFilter:
    """Filter of `accounts`."""

    search: str | None = held(
        relations.ACCOUNT_NAME_CONTAINS,
        description="Only whose name contains this, in any case.",
    )
    and_: list["AccountFilter"] | None = combined("and", description="All of these hold.")
    or_: list["AccountFilter"] | None = combined("or", description="Any of these holds.")
    not_: "AccountFilter | None" = combined("not", description="This does not hold.")
