"""What a place of the answer is compiled to: SQL that writes JSON, and what is left for Python."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from touchline.graphql.engine.planning.joining import Piece
from touchline.graphql.engine.planning.writing import Writer

Fix = Callable[[Any], Any]
"""Turns a value that was read from the database's JSON into what the schema shows."""


class Uncovered(Exception):
    """A selection that is left to normal execution; the text says why."""


class Unlike(Exception):
    """What was read is not what the schema promises; normal execution says so to the caller."""


class Made(NamedTuple):
    """The SQL of a value; ``fix``, where there is one, completes what it yields.

    An answer without any fix is passed on as the database wrote it.
    """

    piece: Piece
    fix: Fix | None = None


Shape = Callable[[Writer], Made]
"""A compiled place: written once for each dialect and each shape of the arguments."""


def optional(fix: Fix | None) -> Fix | None:
    """The same for a place where null may stand."""
    return (lambda value: None if value is None else fix(value)) if fix else None


def required(fix: Fix | None) -> Fix:
    """The same for a place where null must not stand."""

    def check(value: Any) -> Any:
        if value is None:
            raise Unlike("null where the schema allows none")
        return fix(value) if fix else value

    return check


def patch(fixes: Sequence[tuple[str, Fix | None]]) -> Fix | None:
    """Complete single fields of an object in place."""
    wanted = [(key, fix) for key, fix in fixes if fix is not None]
    if not wanted:
        return None

    def run(value: dict[str, Any]) -> dict[str, Any]:
        for key, fix in wanted:
            value[key] = fix(value[key])
        return value

    return run


def each(fix: Fix | None) -> Fix | None:
    """Complete every item of a list."""
    return (lambda values: [fix(value) for value in values]) if fix else None
