"""The words of the timeline."""

from enum import Enum

import strawberry


@strawberry.enum(description="What sort of entry a touchpoint is.")
class TouchpointType(Enum):
    """A call that a source made, or an entry of a person or of Touchline itself."""

    IDENTIFY = strawberry.enum_value("IDENTIFY", description="A source said who somebody is.")
    TRACK = strawberry.enum_value("TRACK", description="Somebody did something.")
    PAGE = strawberry.enum_value("PAGE", description="Somebody looked at a web page.")
    SCREEN = strawberry.enum_value("SCREEN", description="Somebody looked at a screen of an app.")
    GROUP = strawberry.enum_value("GROUP", description="Somebody was said to belong to an account.")
    ALIAS = strawberry.enum_value(
        "ALIAS", description="Two identifiers were said to be one person's."
    )
    NOTE = strawberry.enum_value("NOTE", description="A colleague wrote a note.")
    MERGED = strawberry.enum_value("MERGED", description="Two customers became one.")
    SPLIT = strawberry.enum_value(
        "SPLIT", description="Identifiers were moved to a customer of their own."
    )
    TRAIT_CORRECTED = strawberry.enum_value(
        "TRAIT_CORRECTED", description="A colleague corrected a trait."
    )
    STAGE_MOVED = strawberry.enum_value(
        "STAGE_MOVED", description="A colleague moved the customer to another stage."
    )
    REFUNDED = strawberry.enum_value(
        "REFUNDED", description="A colleague said how much of a conversion is refunded."
    )


@strawberry.enum(description="Where the time of a touchpoint comes from.")
class TouchpointClock(Enum):
    """How far `occurredAt` can be trusted."""

    CORRECTED = strawberry.enum_value(
        "CORRECTED", description="The sender's clock, corrected by how far it was off."
    )
    ORIGINAL = strawberry.enum_value("ORIGINAL", description="The time the sender gave.")
    RECEIVED = strawberry.enum_value(
        "RECEIVED", description="No time was given: when the call was received."
    )
    UNTRUSTED = strawberry.enum_value(
        "UNTRUSTED", description="The given time could not be: when the call was received."
    )
