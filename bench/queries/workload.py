"""What a workload is: a question, how each contender is asked it, and the SQL that is the limit.

A workload stands in a file of its own in ``workloads/``. What it varies from request to request is
a *draw*, such as ``{"customer": 17}``; each contender's variables are made of the same draws.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.queries.world import World
from tests.support.deployment import Mode

Draw = Mapping[str, Any]
Variables = dict[str, Any]
Look = Callable[[str], list[Any]]
Shape = Callable[[Any], Any]


def as_drawn(draw: Draw) -> Variables:
    """Variables that are the draw itself."""
    return dict(draw)


def nothing(_draw: Draw) -> Variables:
    """No variables."""
    return {}


def as_it_is(answer: Any) -> Any:
    """An answer that needs no other shape."""
    return answer


@dataclass(frozen=True)
class Ask:
    """How a contender is asked.

    ``shape`` brings an answer that is not in the common shape yet closer to it. ``cursor`` is a
    document by which the contender tells its own cursor for a draw (its ``variables`` are those),
    sent later as ``$after`` with what is ``beside`` it.
    """

    document: str
    variables: Callable[[Draw], Variables] = as_drawn
    shape: Shape = as_it_is
    cursor: str | None = None
    beside: Callable[[Draw], Variables] = nothing


@dataclass(frozen=True)
class Limit:
    """The SQL that one would write by hand: it returns the JSON of the answer, as one value.

    Parameters are ``$1`` … on PostgreSQL and ``?1`` … on SQLite, the values of ``given``. SQLite
    cannot change several tables by one statement: ``sqlite_before`` goes before it, in one
    transaction.
    """

    postgres: str
    sqlite: str
    given: Callable[[Draw], list[Any]] = field(default=lambda draw: list(draw.values()))
    sqlite_before: Sequence[str] = ()


@dataclass(frozen=True, eq=False)
class Workload:
    """A question that is asked again and again.

    ``draws`` are made of the size of the data and, where it takes rows, of a look at them.
    ``peers`` are asks by family of contender; one that is missing is not measured. ``made`` are
    tables that its limit needs besides, ``mended`` is the SQL that takes back what a writing
    workload left behind, once ``settled`` counts nothing any more that is to follow from it.
    """

    key: str
    title: str
    ours: Ask
    limit: Limit
    peers: Mapping[str, Ask]
    draws: Callable[[World, Look], Sequence[Draw]]
    made: Mapping[Mode, Sequence[str]] = field(default_factory=dict)
    settled: str = ""
    mended: Sequence[str] = ()
