"""What adds up to the score of a customer: its lines, and what time will change of them. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

import msgspec
from msgspec import Struct

from touchline.domain.kernel.clock import Moment
from touchline.domain.scoring.bands import Change, Total


class LineKind(StrEnum):
    """Whether a rule of the model says it, or a person."""

    RULE = "RULE"
    ADJUSTMENT = "ADJUSTMENT"


class Line(Struct, frozen=True, array_like=True, gc=False):
    """What one rule or adjustment adds: ``fading`` as kept from the landmark, or ``steady``.

    ``before`` is what fades in the lines that were added before it. ``latest`` tells the last
    occurrence (see ``gathering.LATEST``). It is stored as the list of these values.
    """

    kind: str
    label: str
    rule_id: int | None
    before: int
    fading: int
    steady: int
    occurrences: int
    latest: int | None = None
    actor_name: str | None = None
    expires_at: Moment | None = None


@dataclass(slots=True)
class Sheet:
    """The lines of one customer by their places, what will come or go, and when to look again."""

    lines: dict[str, Line] = field(default_factory=dict)
    fading: int = 0
    steady: int = 0
    changes: list[Change] = field(default_factory=list)
    look_at: Moment | None = None

    def add(self, place: str, line: Line) -> None:
        """Put a line in its place, the sum so far before it."""
        self.lines[place] = line
        self.fading += line.fading
        self.steady += line.steady

    def total(self) -> Total:
        """The sum of the lines."""
        return Total(self.fading, self.steady, tuple(self.changes))

    def look(self, at: Moment) -> None:
        """Look again at ``at``, or before."""
        self.look_at = at if self.look_at is None else min(self.look_at, at)

    def written(self) -> str:
        """The lines as they are stored."""
        return _encode(self.lines).decode()


def read_lines(written: str) -> dict[str, Line]:
    """The lines of a sheet, by their places, of what ``Sheet.written`` gave."""
    return _decode(written)


_decode = msgspec.json.Decoder(dict[str, Line]).decode
_encode = msgspec.json.Encoder().encode
