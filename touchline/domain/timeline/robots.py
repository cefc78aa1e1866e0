"""Which touchpoints robots and prefetches left: what tracked links and pixels say of themselves.

Once in Python and once in SQL, which must come to the same.
"""

from collections.abc import Mapping
from typing import Any

_EVENTS = ("Link Clicked", "Email Opened")
_FLAGS = ("isRobot", "isPrefetch")
_TRUE = (True, 1, "true", "1")


def is_of_robot(kind: str, name: str, properties: Mapping[str, Any]) -> bool:
    """Whether nobody was there: a click or an opening that says so."""
    if kind != "TRACK" or name not in _EVENTS:
        return False
    return any(_says(properties, flag) for flag in _FLAGS)


def _says(properties: Mapping[str, Any], flag: str) -> bool:
    given = properties.get(flag)
    return isinstance(given, bool | int | str) and given in _TRUE


_FLAGGED = " OR ".join(
    f"CAST({{t}}.properties ->> '{flag}' AS TEXT) IN ('true', '1')" for flag in _FLAGS
)
IS_OF_ROBOT = (
    "CASE WHEN {t}.type = 'TRACK' AND {t}.name IN ("
    + ", ".join(f"'{name}'" for name in _EVENTS)
    + f") THEN ({_FLAGGED}) IS TRUE ELSE FALSE END"
)
"""The same of a touchpoint ``{t}``."""
