"""SQL with holes: names in braces, in the place of which stands what is known later."""

import re
from collections.abc import Callable

_HOLE = re.compile(r"\{(\w+)\}")


def filled(sql: str, fill: Callable[[str], str]) -> str:
    """The SQL with ``fill`` of each name in its place, from left to right."""
    return _HOLE.sub(lambda hole: fill(hole[1]), sql)
