"""What every part of the data set is: rows for a table of the product."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bench.queries.world import World

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """Which columns are filled, by what, and with about how many rows."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[World], Iterator[Row]]
    size: Callable[[World], int]
