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
    fits = pattern(asked.matches, (*path, "matches")).search

    def holds(cells: Cells) -> bool:
        text = read(cells)
        return (
            (asked.empty is None or asked.empty == (not text))
            and (allowed is None or text in allowed)
            and (barred is None or text not in barred)
            and fits(text) is not None
        )

    return holds


def pattern(text: str | None, path: Path) -> re.Pattern[str]:
    """A regular expression of the map; without one, one that fits everything."""
    try:
        return re.compile(text or "")
    except re.error as error:
        message = f"{text!r} is no regular expression: {error}."
        raise ImportRefused(ImportCode.MAP_INVALID, message, path) from None


def _texts(asked: str | list[str] | None) -> frozenset[str] | None:
    if asked is None:
        return None
    return frozenset([asked] if isinstance(asked, str) else asked)
