"""The words of tags."""

from enum import Enum

import strawberry

from touchline.domain.tags.errors import TagErrorCode as Code
from touchline.domain.tags.standing import TagState as State
from touchline.domain.tags.tagging import Pin


@strawberry.enum(description="How a tag stands with a customer.")
class TagState(Enum):
    """The states, described."""

    AUTOMATIC = strawberry.enum_value(State.AUTOMATIC.value, description="A rule says so.")
    SOURCE = strawberry.enum_value(
        State.SOURCE.value, description="A connected system says so, such as a CRM."
    )
    MANUAL = strawberry.enum_value(State.MANUAL.value, description="A colleague added it.")
    PINNED_ON = strawberry.enum_value(
        State.PINNED_ON.value, description="A colleague pinned it on; no rule takes it away."
    )
    PINNED_OFF = strawberry.enum_value(
        State.PINNED_OFF.value,
        description="A colleague pinned it off: the customer does not have it, whatever rules say.",
    )


@strawberry.enum(description="Who set a tag, a stage or a line of a score.")
class JudgeKind(Enum):
    """A person, a rule or a source."""

    PERSON = strawberry.enum_value("PERSON", description="A colleague.")
    RULE = strawberry.enum_value("RULE", description="A published rule.")
    SOURCE = strawberry.enum_value("SOURCE", description="A connected system; it sets only tags.")


@strawberry.enum(description="What a pin says.")
class TagPin(Enum):
    """The three ways of a pin."""

    ON = strawberry.enum_value(Pin.ON.value, description="The customer has the tag, in any case.")
    OFF = strawberry.enum_value(Pin.OFF.value, description="The customer never has the tag.")
    NONE = strawberry.enum_value(
        Pin.NONE.value, description="The pin is taken away; rules decide again."
    )


@strawberry.enum(description="Why a change of tags is refused.")
class TagErrorCode(Enum):
    """The codes of the capability, described."""

    TAG_NOT_FOUND = strawberry.enum_value(
        Code.TAG_NOT_FOUND, description="There is no tag with this id."
    )
    TAG_IN_USE = strawberry.enum_value(
        Code.TAG_IN_USE,
        description="The tag stands with customers, or a rule sets it; `force` deletes it.",
    )
    TAG_NAMED = strawberry.enum_value(
        Code.TAG_NAMED,
        description="Rules, segments, stages or models name the tag; the message says which.",
    )
    NAME_INVALID = strawberry.enum_value(
        Code.NAME_INVALID, description="The name is empty or too long."
    )
    NAME_TAKEN = strawberry.enum_value(
        Code.NAME_TAKEN, description="There is a tag of this name already."
    )
    CATEGORY_INVALID = strawberry.enum_value(
        Code.CATEGORY_INVALID, description="The category is too long."
    )
    COLOR_INVALID = strawberry.enum_value(
        Code.COLOR_INVALID, description="The colour is not written as #rrggbb."
    )
    DESCRIPTION_INVALID = strawberry.enum_value(
        Code.DESCRIPTION_INVALID, description="The description is too long."
    )
    CUSTOMER_NOT_FOUND = strawberry.enum_value(
        Code.CUSTOMER_NOT_FOUND, description="There is no customer with this id."
    )
    EXPIRY_INVALID = strawberry.enum_value(
        Code.EXPIRY_INVALID, description="The instant of expiry has passed."
    )
    NOTHING_CHOSEN = strawberry.enum_value(
        Code.NOTHING_CHOSEN, description="No tags are named, or too many."
    )
