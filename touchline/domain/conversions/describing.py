"""What people write of a goal, and whether it can be one."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.conditions.tree import Comparison, Did, Operator, Where
from touchline.domain.conditions.validation import check_shape
from touchline.domain.conversions.definition import (
    Definition,
    FixedValue,
    PropertyValue,
    Refunds,
)
from touchline.domain.conversions.errors import ConversionErrorCode as Code
from touchline.domain.kernel.errors import PathStep, Refused
from touchline.domain.kernel.money import MOST_MINOR, is_currency

MAX_NAME = 100
MAX_DESCRIPTION = 1_000
MOST_REFUND_EVENTS = 10
_SAID = 2
"""The first steps of a path that a condition is refused with: the condition, and ``did``."""


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal as it is written."""

    name: str
    definition: Definition
    description: str | None = None


def checked(text: GoalText) -> GoalText:
    """The same without needless spaces; refuses what makes no sense."""
    name = " ".join(text.name.split())
    if not 1 <= len(name) <= MAX_NAME or "\x00" in name:
        message = f"A goal's name has 1 to {MAX_NAME} characters."
        raise Refused(Code.GOAL_NAME_INVALID, message, ("name",))
    description = (text.description or "").strip() or None
    if description and (len(description) > MAX_DESCRIPTION or "\x00" in description):
        message = f"A description has at most {MAX_DESCRIPTION:,} characters."
        raise Refused(Code.DESCRIPTION_INVALID, message, ("description",))
    check_definition(text.definition)
    return GoalText(name, text.definition, description)


def check_definition(definition: Definition) -> None:
    """Raise ``Refused`` where a definition says nothing that can be counted."""
    _check(definition.condition, ())
    value = definition.value
    if isinstance(value, FixedValue):
        _check_fixed(value)
    elif isinstance(value, PropertyValue):
        _check_property_value(value)
    if definition.refunds is not None:
        _check_refunds(definition.refunds, definition.event)


def _check_fixed(value: FixedValue) -> None:
    if not 0 <= value.minor < MOST_MINOR:
        message = "A conversion is worth nothing or more."
        raise Refused(Code.AMOUNT_INVALID, message, ("value", "fixed", "amount"))
    _check_currency(value.currency, ("value", "fixed", "currency"))


def _check_property_value(value: PropertyValue) -> None:
    at = ("value", "property")
    _check_property(value.property, (*at, "name"))
    if value.currency_property is not None:
        _check_property(value.currency_property, (*at, "currencyProperty"))
    if value.currency is not None:
        _check_currency(value.currency, (*at, "currency"))
    elif value.currency_property is None:
        message = "Say in which currency it is, or which property says it."
        raise Refused(Code.CURRENCY_MISSING, message, (*at, "currency"))


def _check_refunds(refunds: Refunds, event: str) -> None:
    names = refunds.events
    if not 1 <= len(names) <= MOST_REFUND_EVENTS or len(set(names)) < len(names):
        message = f"Name 1 to {MOST_REFUND_EVENTS} events by which it is refunded, each once."
        raise Refused(Code.REFUND_EVENTS_INVALID, message, ("refunds", "events"))
    for number, name in enumerate(names):
        at = ("refunds", "events", number)
        _check(Did(event=name), at, keep=False)
        if name == event:
            message = f"{name} cannot both convert and take back."
            raise Refused(Code.REFUND_EVENTS_INVALID, message, at)
    _check_property(refunds.order, ("refunds", "orderProperty"))
    if refunds.value is not None:
        _check_property(refunds.value, ("refunds", "valueProperty"))


def _check_currency(code: str, at: Sequence[PathStep]) -> None:
    if not is_currency(code):
        message = f"{code!r} is not the code of a currency, such as EUR."
        raise Refused(Code.CURRENCY_INVALID, message, at)


def _check_property(name: str, at: Sequence[PathStep]) -> None:
    test = Where(name, Comparison(Operator.EXISTS))
    _check(Did(event="any", where=(test,)), at, keep=False)


def _check(did: Did, at: Sequence[PathStep], *, keep: bool = True) -> None:
    """Have the language of conditions judge it; a refusal speaks of the place ``at``."""
    try:
        check_shape(did)
    except Refused as refused:
        rest = refused.path[_SAID:] if keep else ()
        raise Refused(refused.code, refused.message, (*at, *rest)) from None
