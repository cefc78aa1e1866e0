"""What a goal says: which touchpoints are conversions, what they are worth, what is refunded."""

from enum import StrEnum
from typing import TypeAlias

import msgspec
from msgspec import Struct

from touchline.domain.conditions.tree import Did, Where
from touchline.domain.staleness import facts


class Counting(StrEnum):
    """Whether the first such touchpoint of a customer counts, or each of them."""

    ONCE = "ONCE"
    EACH = "EACH"


class FixedValue(Struct, frozen=True, tag_field="is", tag="fixed"):
    """Every conversion is worth the same, in minor units."""

    minor: int
    currency: str


class PropertyValue(Struct, frozen=True, omit_defaults=True, tag_field="is", tag="property"):
    """The touchpoint says what it is worth; dots lead into objects.

    ``currency`` holds where the touchpoint names none.
    """

    property: str
    currency_property: str | None = None
    currency: str | None = None


class Refunds(Struct, frozen=True, omit_defaults=True):
    """Which touchpoints take a conversion back.

    ``order`` is the property by which they name it, on both sides the same. Without ``value``, or
    where that property holds no number, all of it is refunded.
    """

    events: tuple[str, ...]
    order: str
    value: str | None = None


Value: TypeAlias = FixedValue | PropertyValue


class Definition(Struct, frozen=True, omit_defaults=True):
    """All that decides what a goal makes of the log.

    ``in_lifetime``: whether its value is part of what a customer has brought in.
    """

    event: str
    where: tuple[Where, ...] = ()
    counting: Counting = Counting.EACH
    value: Value | None = None
    refunds: Refunds | None = None
    in_lifetime: bool = True

    @property
    def condition(self) -> Did:
        """What a customer must have done, in the language of conditions."""
        return Did(event=self.event, where=self.where)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all touchpoints that it looks at."""
        return (self.event, *(self.refunds.events if self.refunds is not None else ()))

    @property
    def affected_by(self) -> frozenset[str]:
        """The facts that can change its conversions."""
        return frozenset(map(facts.event, self.names))


def to_text(definition: Definition) -> str:
    """The one text of a definition."""
    return msgspec.json.encode(definition).decode()


def from_text(text: str) -> Definition:
    """The definition of a text that was written by ``to_text``."""
    return msgspec.json.decode(text, type=Definition)
