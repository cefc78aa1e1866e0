"""Whose word counts for a trait.

The customer's own statement outranks a correction by a person, that a connected system, and that
what was inferred. Within a level the latest statement holds; at the same instant the greater JSON
text does, so that the order of arrival never matters.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import orjson

from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.ids import digest


class TraitLevel(IntEnum):
    """The standing of a statement; the higher number wins."""

    INFERRED = 10
    CONNECTED = 20
    CORRECTED = 30
    STATED = 40


@dataclass(frozen=True, slots=True)
class Assertion:
    """Somebody says that a trait of a customer has a value; ``None`` says that it has none."""

    customer_id: int
    link_id: int | None
    name: str
    value: Any
    level: TraitLevel
    source_id: int | None
    actor_name: str | None
    touchpoint_id: int
    observed_at: Moment

    def value_json(self) -> str | None:
        """The value as canonical JSON text."""
        if self.value is None:
            return None
        return orjson.dumps(self.value, option=orjson.OPT_SORT_KEYS).decode()

    def digest(self) -> bytes:
        """The same statement by the same party about the same side of a customer."""
        party = f"{self.link_id}|{int(self.level)}|{self.source_id}|{self.actor_name or ''}"
        return digest(party, self.name, self.value_json() or "")
