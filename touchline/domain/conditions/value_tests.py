"""Whether a comparison makes sense."""

import math
from collections.abc import Sequence

from touchline.domain.conditions.errors import ConditionCode as Code
from touchline.domain.conditions.tree import Comparison, Operator, Scalar
from touchline.domain.kernel.errors import PathStep, Refused

LONGEST_TEXT = 1_000
MOST_VALUES = 100

_ON_TEXT = {Operator.CONTAINS, Operator.STARTS_WITH}
_IN_ORDER = {Operator.LESS_THAN, Operator.AT_MOST, Operator.MORE_THAN, Operator.AT_LEAST}
_ALONE = {Operator.EXISTS, Operator.MISSING}


def check_test(test: Comparison, path: Sequence[PathStep], *, only_text: bool = False) -> None:
    """Raise ``Refused`` unless the value fits the operator."""
    _check_given(test, path)
    for value in (*test.values, *([test.value] if test.value is not None else [])):
        _check_value(test.operator, value, path)
        if only_text and not isinstance(value, str):
            raise Refused(Code.VALUE_INVALID, "This is compared with text.", path)


def check_text(text: str, path: Sequence[PathStep]) -> None:
    """Raise ``Refused`` unless the text can be the name of something."""
    if not text.strip() or len(text) > LONGEST_TEXT or not _storable(text):
        message = f"A name has 1 to {LONGEST_TEXT} characters, none of them NUL."
        raise Refused(Code.NAME_INVALID, message, path)


def _check_given(test: Comparison, path: Sequence[PathStep]) -> None:
    if test.operator in _ALONE:
        if test.value is not None or test.values:
            message = "Whether something exists is not compared with a value."
            raise Refused(Code.VALUE_INVALID, message, path)
    elif test.operator is Operator.ONE_OF:
        if test.value is not None or not 1 <= len(test.values) <= MOST_VALUES:
            message = f"Name 1 to {MOST_VALUES} values."
            raise Refused(Code.VALUE_INVALID, message, path)
    elif test.value is None or test.values:
        raise Refused(Code.VALUE_INVALID, "Name one value to compare with.", path)


def _check_value(operator: Operator, value: Scalar, path: Sequence[PathStep]) -> None:
    if isinstance(value, str):
        empty = not value and operator in _ON_TEXT
        if empty or len(value) > LONGEST_TEXT or not _storable(value):
            message = f"A text has at most {LONGEST_TEXT} characters, none of them NUL."
            raise Refused(Code.VALUE_INVALID, message, path)
    elif operator in _ON_TEXT:
        raise Refused(Code.VALUE_INVALID, "Only text contains or begins with something.", path)
    elif isinstance(value, bool):
        if operator in _IN_ORDER:
            message = "A truth value is neither less nor more than another."
            raise Refused(Code.VALUE_INVALID, message, path)
    elif not math.isfinite(value):
        raise Refused(Code.VALUE_INVALID, "The number is not finite.", path)


def _storable(text: str) -> bool:
    try:
        return "\x00" not in text and bool(text.encode() or True)
    except UnicodeEncodeError:
        return False
