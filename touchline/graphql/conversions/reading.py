"""From what a caller sent to the definition of a goal."""

from touchline.domain.conversions.definition import (
    Counting,
    Definition,
    FixedValue,
    PropertyValue,
    Refunds,
    Value,
)
from touchline.domain.conversions.errors import ConversionErrorCode as Code
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.money import exact_minor, is_currency
from touchline.graphql.base.money import MoneyInput
from touchline.graphql.conditions.reading import read_tests
from touchline.graphql.conversions.inputs import (
    ConversionGoalCreateInput,
    ConversionGoalPreviewInput,
    ConversionGoalUpdateInput,
    ConversionRefundsInput,
    ConversionValueInput,
)


def read_definition(
    given: ConversionGoalCreateInput | ConversionGoalPreviewInput, *, in_lifetime: bool = True
) -> Definition:
    """The definition that was sent; raises ``Refused`` where an amount cannot be one."""
    return Definition(
        given.event,
        read_tests(given.where or (), ("where",)),
        Counting(str(given.counting.value)),
        None if given.value is None else _value(given.value),
        None if given.refunds is None else _refunds(given.refunds),
        in_lifetime,
    )


def read_change(held: Definition, given: ConversionGoalUpdateInput) -> Definition:
    """The definition with what was sent in the place of what it said."""
    where, value, refunds = held.where, held.value, held.refunds
    if given.where is not None:
        where = read_tests(given.where.value or (), ("where",))
    if given.value is not None:
        value = None if given.value.value is None else _value(given.value.value)
    if given.refunds is not None:
        refunds = None if given.refunds.value is None else _refunds(given.refunds.value)
    counts = given.counts_to_lifetime_value
    return Definition(
        held.event if given.event is None else given.event.value,
        where,
        held.counting if given.counting is None else Counting(str(given.counting.value.value)),
        value,
        refunds,
        held.in_lifetime if counts is None else counts.value,
    )


def _value(given: ConversionValueInput) -> Value:
    if given.fixed is not None:
        return _fixed(given.fixed.value)
    assert given.property is not None, "exactly one is given"
    told = given.property.value
    return PropertyValue(told.name, told.currency_property, told.currency)


def _fixed(given: MoneyInput) -> FixedValue:
    if not is_currency(given.currency):
        message = f"{given.currency!r} is not the code of a currency, such as EUR."
        raise Refused(Code.CURRENCY_INVALID, message, ("value", "fixed", "currency"))
    minor = exact_minor(given.amount, given.currency)
    if minor is None:
        message = f"{given.amount} is no amount of {given.currency}."
        raise Refused(Code.AMOUNT_INVALID, message, ("value", "fixed", "amount"))
    return FixedValue(minor, given.currency)


def _refunds(given: ConversionRefundsInput) -> Refunds:
    return Refunds(tuple(given.events), given.order_property, given.value_property)
