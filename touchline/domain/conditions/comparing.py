"""Comparing a stored value with what a condition asks, alike on both databases.

A value of a JSON document is compared as JSON, so that 5 equals 5.0, text never equals a number
and nothing fails on a value of another type.
"""

from collections.abc import Callable, Mapping

from touchline.domain.conditions.places import Place
from touchline.domain.conditions.sql import Query
from touchline.domain.conditions.tree import Comparison, Operator

_LOWERED = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def lowered(text: str) -> str:
    """A–Z as a–z, all else as it is: what both databases do alike."""
    return text.translate(_LOWERED)


def compared(place: Place, test: Comparison) -> Query:
    """SQL that holds where the value meets the test. It is never null."""
    query = _OPERATORS[test.operator](place, test)
    return Query(f"COALESCE({query.text}, FALSE)", query.params)


def _exists(place: Place, test: Comparison) -> Query:
    return place.exists()


def _missing(place: Place, test: Comparison) -> Query:
    there = place.exists()
    return Query(f"NOT COALESCE({there.text}, FALSE)", there.params)


def _equals(place: Place, test: Comparison) -> Query:
    assert test.value is not None
    return place.equals(test.value)


def _not_equals(place: Place, test: Comparison) -> Query:
    there, same = place.exists(), _equals(place, test)
    text = f"{there.text} AND NOT COALESCE({same.text}, FALSE)"
    return Query(text, there.params + same.params)


def _one_of(place: Place, test: Comparison) -> Query:
    return place.equals_any(test.values)


def _contains(place: Place, test: Comparison) -> Query:
    part = lowered(str(test.value))
    typed, text = place.is_text(), place.lowered()
    found = f"({typed.text}) AND replace({text.text}, ?, '') <> {text.text}"
    return Query(found, (*typed.params, *text.params, part, *text.params))


def _starts_with(place: Place, test: Comparison) -> Query:
    start = lowered(str(test.value))
    typed, text = place.is_text(), place.lowered()
    found = f"({typed.text}) AND substr({text.text}, 1, {len(start)}) = ?"
    return Query(found, (*typed.params, *text.params, start))


def _in_order(sign: str) -> Callable[[Place, Comparison], Query]:
    def write(place: Place, test: Comparison) -> Query:
        if not isinstance(test.value, str):
            assert test.value is not None
            return place.ordered(sign, float(test.value))
        typed, text = place.is_text(), place.text()
        found = f"({typed.text}) AND {text.text}{place.binary()} {sign} ?"
        return Query(found, (*typed.params, *text.params, test.value))

    return write


_OPERATORS: Mapping[Operator, Callable[[Place, Comparison], Query]] = {
    Operator.EXISTS: _exists,
    Operator.MISSING: _missing,
    Operator.EQUALS: _equals,
    Operator.NOT_EQUALS: _not_equals,
    Operator.ONE_OF: _one_of,
    Operator.CONTAINS: _contains,
    Operator.STARTS_WITH: _starts_with,
    Operator.LESS_THAN: _in_order("<"),
    Operator.AT_MOST: _in_order("<="),
    Operator.MORE_THAN: _in_order(">"),
    Operator.AT_LEAST: _in_order(">="),
}
