"""What a condition is made of.

A condition is a tree without behaviour: the same tree is stored (``storage``), checked
(``validation``), told in words (``explaining``) and compiled to SQL (``compiling``).

All instants and durations are milliseconds. At an instant ``at`` a touchpoint counts when it
occurred at ``at`` or before; within a duration D, when ``at - D < occurred_at <= at``. So it
counts from its own millisecond on, for exactly D milliseconds. Between instants, when
``since <= occurred_at < until``.
"""

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from touchline.domain.kernel.clock import Moment

Scalar: TypeAlias = str | float | bool
"""A value that something is compared with. Numbers are doubles on every database."""


class Operator(StrEnum):
    """How a value is compared.

    Text is never equal to a number. ``CONTAINS`` and ``STARTS_WITH`` look at text and take A–Z
    and a–z as the same; all else is exact. Order is that of numbers among numbers, and of code
    points among texts (so that ISO 8601 dates can be compared); a text is neither less nor more
    than a number. What holds a value of another type, or none, meets ``MISSING`` at most.
    """

    EQUALS = "EQUALS"
    NOT_EQUALS = "NOT_EQUALS"
    ONE_OF = "ONE_OF"
    CONTAINS = "CONTAINS"
    STARTS_WITH = "STARTS_WITH"
    LESS_THAN = "LESS_THAN"
    AT_MOST = "AT_MOST"
    MORE_THAN = "MORE_THAN"
    AT_LEAST = "AT_LEAST"
    EXISTS = "EXISTS"
    MISSING = "MISSING"


class _Part(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A part of a condition."""


class Comparison(_Part, frozen=True):
    """A comparison: ``value`` for one value, ``values`` for ``ONE_OF``, none for existence."""

    operator: Operator
    value: Scalar | None = None
    values: tuple[Scalar, ...] = ()


class Where(_Part, frozen=True):
    """A property of a touchpoint meets a test; dots lead into objects, as in ``product.sku``."""

    property: str
    test: Comparison


class Step(_Part, frozen=True):
    """One step of a sequence: a touchpoint of this name or type (or both) with these properties."""

    event: str | None = None
    type: str | None = None
    where: tuple[Where, ...] = ()


class All(_Part, frozen=True, tag_field="is", tag="all"):
    """Each of the conditions holds."""

    of: tuple["Condition", ...]


class Any(_Part, frozen=True, tag_field="is", tag="any"):
    """At least one of the conditions holds."""

    of: tuple["Condition", ...]


class Not(_Part, frozen=True, tag_field="is", tag="not"):
    """The condition does not hold."""

    of: "Condition"


class Trait(_Part, frozen=True, tag_field="is", tag="trait"):
    """The value of a trait that holds now meets a test."""

    name: str
    test: Comparison


class AccountTrait(_Part, frozen=True, tag_field="is", tag="account_trait"):
    """A trait of the customer's account meets a test."""

    name: str
    test: Comparison


class Identifier(_Part, frozen=True, tag_field="is", tag="identifier"):
    """The customer is known by an identifier of this kind (that meets the test)."""

    kind: str
    test: Comparison | None = None


class Did(_Part, frozen=True, tag_field="is", tag="did"):
    """So many touchpoints of a name or type; without a count at least one."""

    event: str | None = None
    type: str | None = None
    where: tuple[Where, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    within: Moment | None = None
    since: Moment | None = None
    until: Moment | None = None


class Sequence(_Part, frozen=True, tag_field="is", tag="sequence"):
    """Touchpoints in this order, each later than the one before.

    ``span``: the last came less than so long after the first. ``within``: all of them count
    within this duration.
    """

    steps: tuple[Step, ...]
    span: Moment | None = None
    within: Moment | None = None


class Channel(_Part, frozen=True, tag_field="is", tag="channel"):
    """A touchpoint came by a campaign: its source, medium and name as the link said them."""

    source: Comparison | None = None
    medium: Comparison | None = None
    campaign: Comparison | None = None
    within: Moment | None = None


class HasTag(_Part, frozen=True, tag_field="is", tag="tag"):
    """The customer has a tag; with ``states`` in one of these states, else in any that counts."""

    tag: int
    states: tuple[str, ...] = ()


class Score(_Part, frozen=True, tag_field="is", tag="score"):
    """The score by a model lies in a range, or in the band of this name."""

    model: int
    at_least: float | None = None
    at_most: float | None = None
    band: str | None = None


class InStage(_Part, frozen=True, tag_field="is", tag="stage"):
    """The customer is in a stage of the journey."""

    stage: int


class InSegment(_Part, frozen=True, tag_field="is", tag="segment"):
    """The customer is a member of a segment."""

    segment: int


Condition: TypeAlias = (
    All
    | Any
    | Not
    | Trait
    | AccountTrait
    | Identifier
    | Did
    | Sequence
    | Channel
    | HasTag
    | Score
    | InStage
    | InSegment
)


def parts(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly below; none for a leaf."""
    if isinstance(condition, All | Any):
        return condition.of
    return (condition.of,) if isinstance(condition, Not) else ()
