"""What can be wrong with a map, a table or one of its rows."""

from collections.abc import Sequence
from enum import StrEnum

from touchline.domain.kernel.errors import PathStep, Refused


class ImportCode(StrEnum):
    """Why an import, or one row of it, was refused."""

    MAP_NOT_READABLE = "MAP_NOT_READABLE"
    MAP_INVALID = "MAP_INVALID"
    UNKNOWN_COLUMN = "UNKNOWN_COLUMN"
    UNKNOWN_TIME_ZONE = "UNKNOWN_TIME_ZONE"
    FILE_NOT_READABLE = "FILE_NOT_READABLE"
    FILE_HAS_NO_HEADER = "FILE_HAS_NO_HEADER"
    FILE_NOT_IN_MAP = "FILE_NOT_IN_MAP"
    UNKNOWN_ENCODING = "UNKNOWN_ENCODING"
    BAD_VALUE = "BAD_VALUE"
    BAD_ROW = "BAD_ROW"


class ImportRefused(Refused):
    """The map or the file cannot be used; ``path`` leads into the map."""


class RowRefused(Refused):
    """One row cannot become a call; the rest of the file goes on."""


def map_path(path: Sequence[PathStep]) -> str:
    """A path as a person writes it: ``file[0].call[1].traits.email``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
