"""Trying a condition out before anything depends on it."""

from dataclasses import dataclass
from typing import Any

import orjson

from touchline.domain.conditions import queries
from touchline.domain.conditions.compiling import matching
from touchline.domain.conditions.explaining import explain
from touchline.domain.conditions.sql import Query
from touchline.domain.conditions.tree import Condition
from touchline.domain.conditions.validation import check
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now

SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """Of how many customers a condition holds now, some of them, and what it says.

    ``sql`` is the statement with its values in it; only administrators are shown it.
    """

    count: int
    sample: list[int]
    words: str
    sql: str | None


async def preview(actor: Actor, condition: Condition) -> Preview:
    """See of whom a condition holds now; raises ``Refused`` when it cannot be answered."""
    actor.require(Scope.READ)
    await check(condition)
    at = now()
    return Preview(
        await queries.count(condition, at=at),
        await queries.sample(condition, at=at, limit=SAMPLE),
        await explain(condition),
        _shown(matching(condition, at=at)) if actor.may(Scope.ADMIN) else None,
    )


def _shown(query: Query) -> str:
    """The statement as it could be typed, for reading."""
    first, *rest = query.text.split("?")
    values = map(_literal, query.params)
    return first + "".join(f"{value}{part}" for value, part in zip(values, rest, strict=True))


def _literal(value: Any) -> str:
    if isinstance(value, list):
        return f"ARRAY[{', '.join(map(_literal, value))}]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return orjson.dumps(value).decode()
