"""The words of customers."""

from enum import Enum

import strawberry


@strawberry.enum(description="How a trait came to be known; an earlier one here outranks a later.")
class ProvenanceKind(Enum):
    """The levels of precedence."""

    STATED = strawberry.enum_value("STATED", description="The customer said so.")
    CORRECTED = strawberry.enum_value("CORRECTED", description="A colleague corrected it.")
    CONNECTED = strawberry.enum_value("CONNECTED", description="A connected system said so.")
    INFERRED = strawberry.enum_value("INFERRED", description="It was concluded from other things.")


@strawberry.enum(description="What a list of accounts can be sorted by.")
class AccountOrderField(Enum):
    """The values are columns of the account relation."""

    NAME = strawberry.enum_value("name", description="What people call it.")
    PEOPLE = strawberry.enum_value("people_count", description="How many customers belong to it.")
    SCORE = strawberry.enum_value(
        "score_rank",
        description="The highest score of its people by the primary model; without people 0.",
    )


@strawberry.enum(description="What a list of customers can be sorted by.")
class CustomerOrderField(Enum):
    """The values are columns of the customer relation."""

    LAST_SEEN = strawberry.enum_value("last_seen_at", description="When last something happened.")
    FIRST_SEEN = strawberry.enum_value(
        "first_seen_at", description="When first something happened."
    )
    CREATED = strawberry.enum_value("created_at", description="When Touchline first heard of them.")
    SCORE = strawberry.enum_value(
        "score_rank",
        description="The score by the primary model; customers without any count as 0.",
    )
    NAME = strawberry.enum_value("display_name", description="The name that is shown.")
