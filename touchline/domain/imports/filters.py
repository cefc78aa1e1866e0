"""``when``: which rows become a call."""

import re
from collections.abc import Callable, Mapping

from touchline.domain.imports.columns import Cells, Columns, Path, ReadText
from touchline.domain.imports.errors import ImportCode, ImportRefused
from touchline.domain.imports.mapping import Condition

Holds = Callable[[Cells], bool]


def when(
    columns: Columns, conditions: Mapping[str, str | list[str] | Condition], path: Path
) -> Holds:
    """True for the rows in which every named column holds what is asked."""
    tests = [
        _test(columns.reader(name, (*path, name)), _spelled(asked), (*path, name))
        for name, asked in conditions.items()
    ]
    return lambda cells: all(test(cells) for test in tests)


def _spelled(asked: str | list[str] | Condition) -> Condition:
    return asked if isinstance(asked, Condition) else Condition(equals=asked)


def _test(read: ReadText, asked: Condition, path: Path) -> Holds:
    allowed, barred = _texts(asked.equals), _texts(asked.differs)
    pattern = _pattern(asked.matches, path)

    def holds(cells: Cells) -> bool:
        text = read(cells)
        return (
            (asked.empty is None or asked.empty == (not text))
            and (allowed is None or text in allowed)
            and (barred is None or text not in barred)
            and (pattern is None or pattern.search(text) is not None)
        )

    return holds


def _texts(asked: str | list[str] | None) -> frozenset[str] | None:
    if asked is None:
        return None
    return frozenset([asked] if isinstance(asked, str) else asked)


def _pattern(text: str | None, path: Path) -> re.Pattern[str] | None:
    try:
        return None if text is None else re.compile(text)
    except re.error as error:
        message = f"{text!r} is no regular expression: {error}."
        raise ImportRefused(ImportCode.MAP_INVALID, message, (*path, "matches")) from None
